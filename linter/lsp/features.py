"""What an editor asks, and who answers: a table of every request and notification."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.uris import to_fs_path

from linter.lsp.actions import KINDS, actions
from linter.lsp.checking import Checker
from linter.lsp.diagnostics import SOURCE, diagnostics
from linter.lsp.documents import Document
from linter.lsp.server import SETTLED, Server


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """The folder that is open is where texts that are not saved yet belong."""
    folders = [folder.uri for folder in params.workspace_folders or ()]
    root = next(iter(folders), params.root_uri)
    path = to_fs_path(root) if root else params.root_path
    ls.checker = Checker(Path(path or "."))


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document is open."""
    ls.put(Document.opened(params.text_document, ls.encoding))


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Its text is another."""
    document = ls.documents.get(params.text_document.uri)
    if document is not None:
        ls.put(document.edited(params.text_document.version, params.content_changes), SETTLED)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """It is closed."""
    ls.drop(params.text_document.uri)


async def pulled(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """What there is to say of a document, for an editor that asks."""
    found = await ls.checked(params.text_document.uri)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics(found) if found else [])


async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done in a range."""
    found = await ls.checked(params.text_document.uri)
    versioned = ls.can("workspace.workspace_edit.document_changes")
    return actions(found, params, versioned) if found else []


FEATURES: dict[str, tuple[Callable[[Server, Any], Any], Any]] = {
    types.INITIALIZE: (initialize, None),
    types.TEXT_DOCUMENT_DID_OPEN: (did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (did_change, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (did_close, None),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (pulled, types.DiagnosticOptions(True, False, SOURCE)),
    types.TEXT_DOCUMENT_CODE_ACTION: (code_action, types.CodeActionOptions(KINDS)),
}
"""By method: who answers, and what the editor is told of it."""


def serve() -> None:
    """Answer an editor on standard input and output until it says that it is done."""
    server = Server()
    for method, (answer, options) in FEATURES.items():
        server.feature(method, options)(answer)
    server.start_io()
