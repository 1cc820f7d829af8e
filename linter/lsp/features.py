"""What an editor asks, and who answers: a table of every request and notification."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified
from pygls.uris import to_fs_path

from linter.lsp.actions import EXPLAIN, KINDS, actions
from linter.lsp.checking import Checker
from linter.lsp.completion import completion
from linter.lsp.diagnostics import SOURCE, diagnostics, uri_of
from linter.lsp.documents import RULE_SUFFIXES, Document
from linter.lsp.hover import explained, in_brief
from linter.lsp.hover import hover as hovered
from linter.lsp.lens import lenses
from linter.lsp.server import SETTLED, Server

_HOVER = "text_document.hover.content_format"
_ITEM = "text_document.completion.completion_item.documentation_format"
_WATCHED = "**/*.{md,markdown,txt,yaml,yml}"


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """The folder that is open is where texts that are not saved yet belong."""
    folders = [folder.uri for folder in params.workspace_folders or ()]
    root = next(iter(folders), params.root_uri)
    path = to_fs_path(root) if root else params.root_path
    ls.checker = Checker(Path(path or "."))


def initialized(ls: Server, params: types.InitializedParams) -> None:
    """An editor that can is asked to tell of files that change on the disk."""
    if ls.can("workspace.did_change_watched_files.dynamic_registration"):
        watched = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        ls.client_register_capability(types.RegistrationParams([types.Registration(SOURCE, method, watched)]))


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document is open."""
    document = Document.opened(params.text_document, ls.encoding)
    if document.path is None or not document.path.resolve().is_relative_to(Path(ls.pages.name).resolve()):
        ls.put(document)


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A document is saved: configurations and rules hold from now on, and other drafts may look back to this one."""
    document = ls.documents.get(params.text_document.uri)
    if document is not None and document.is_draft:
        ls.check_anew(but=document.uri)
    elif document is not None and document.is_ours:
        ls.reload()


def did_change_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk, by whatever hand."""
    if any(change.uri.endswith(RULE_SUFFIXES) for change in params.changes):
        ls.reload()
    else:
        ls.check_anew()


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


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What is known of the words under the pointer."""
    found = await ls.checked(params.text_document.uri)
    if found is None:
        return None
    offset = found.document.table.offset(params.position)
    words = await ls.on_worker(hovered, ls.checker, found, offset)
    if not words:
        return None
    shown = types.MarkupContent(types.MarkupKind.Markdown, words) if ls.shows_markdown(_HOVER) else words
    return types.Hover(shown)


async def code_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    """How a post scores."""
    found = await ls.checked(params.text_document.uri)
    return await ls.on_worker(lenses, found) if found else []


async def complete(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    """What may stand in front matter, a configuration or a rule."""
    document = ls.documents.get(params.text_document.uri)
    if document is None or not document.is_ours:
        return []
    offset = document.table.offset(params.position)
    work = partial(completion, ls.checker, document, offset, markdown=ls.shows_markdown(_ITEM))
    return await ls.on_worker(work)


async def explain(ls: Server, *given: str) -> str:
    """A rule's page, shown as a document where the editor can, else as a message. Given its id, and for which document."""
    rule, uri = (*given, "", "")[:2]
    document = ls.documents.get(uri)
    page = await ls.on_worker(explained, ls.checker, document, rule)
    if page and ls.can("window.show_document.support"):
        path = Path(ls.pages.name) / f"{rule}.md"
        path.write_text(page, "utf-8")
        await ls.window_show_document_async(types.ShowDocumentParams(uri_of(path), take_focus=True))
    elif page:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, in_brief(page)))
    return page


FEATURES: dict[str, tuple[Callable[[Server, Any], Any], Any]] = {
    types.INITIALIZE: (initialize, None),
    types.INITIALIZED: (initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (did_change, None),
    types.TEXT_DOCUMENT_DID_SAVE: (did_save, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (did_close, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (did_change_files, None),
    types.TEXT_DOCUMENT_HOVER: (hover, None),
    types.TEXT_DOCUMENT_CODE_LENS: (code_lens, None),
    types.TEXT_DOCUMENT_COMPLETION: (complete, types.CompletionOptions(trigger_characters=[":", " "])),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (pulled, types.DiagnosticOptions(True, False, SOURCE)),
    types.TEXT_DOCUMENT_CODE_ACTION: (code_action, types.CodeActionOptions(KINDS)),
}
"""By method: who answers, and what the editor is told of it."""


def serve() -> None:
    """Answer an editor on standard input and output until it says that it is done."""
    server = Server()
    for method, (answer, options) in FEATURES.items():
        server.feature(method, options)(answer)
    server.command(EXPLAIN)(explain)
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_worth_saying)
    server.start_io()


def _worth_saying(record: logging.LogRecord) -> bool:
    """Whether somebody who reads the editor's log wants to know: not that a request was overtaken or let go."""
    overtaken = record.exc_info is not None and isinstance(record.exc_info[1], JsonRpcContentModified)
    return record.levelno >= logging.ERROR and not overtaken
