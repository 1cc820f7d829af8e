"""An editor for tests: it starts the real server and speaks with it over pipes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, LanguageClient, register_lsp_features

SERVER = (sys.executable, "-m", "linter", "lsp")
CHANGED = "textDocument/publishDiagnostics"
SECONDS = 60
Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument


class Editor:
    """An editor's open documents by name, with their versions."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.answered: types.InitializeResult | None = None
        self.versions: dict[str, int] = {}
        self.pushed: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.registered: list[types.RegistrationParams] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.told: list[types.ShowMessageParams] = []

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.folder / name).as_uri()

    def which(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str, language: str = "markdown") -> None:
        self.versions[name] = 1
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, name: str, *changes: Change) -> None:
        self.versions[name] += 1
        which = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(which, changes))

    def rewrite(self, name: str, text: str) -> None:
        self.edit(name, types.TextDocumentContentChangeWholeDocument(text))

    def show(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.shown.append(params)
        return types.ShowDocumentResult(True)

    def save(self, name: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.which(name)))

    def close(self, name: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.which(name)))

    async def pull(self, name: str) -> Sequence[types.Diagnostic]:
        params = types.DocumentDiagnosticParams(self.which(name))
        report = await asyncio.wait_for(self.client.text_document_diagnostic_async(params), SECONDS)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return report.items

    async def pushes(self, name: str) -> types.PublishDiagnosticsParams:
        """The next diagnostics pushed for the version of a document that is open now."""
        while True:
            params = await asyncio.wait_for(self.pushed.get(), SECONDS)
            if params.uri == self.uri(name) and params.version == self.versions[name]:
                return params

    async def hover(self, name: str, line: int, character: int) -> str:
        at = types.HoverParams(self.which(name), types.Position(line, character))
        found = await self.client.text_document_hover_async(at)
        contents = found.contents if found else ""
        return contents.value if isinstance(contents, types.MarkupContent) else str(contents)

    async def actions(self, name: str, place: types.Range, only: list[str] | None = None) -> list[Any]:
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(self.which(name), place, context)
        return list(await self.client.text_document_code_action_async(params) or ())

    async def completions(self, name: str, line: int, character: int) -> list[types.CompletionItem]:
        at = types.CompletionParams(self.which(name), types.Position(line, character))
        found = await self.client.text_document_completion_async(at)
        assert not isinstance(found, types.CompletionList)
        return list(found or ())

    async def lens(self, name: str) -> list[str]:
        found = await self.client.text_document_code_lens_async(types.CodeLensParams(self.which(name)))
        return [lens.command.title for lens in found or () if lens.command]


def capabilities(
    encoding: str = "utf-16", *, pulls: bool = True, more: bool = True
) -> types.ClientCapabilities:
    """What an editor says that it can do: pull diagnostics or not, and `more` of the rest or next to nothing."""
    items = types.ClientCompletionItemOptions(documentation_format=[types.MarkupKind.Markdown])
    text = types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
            related_information=True, version_support=True
        ),
        diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
        completion=types.CompletionClientCapabilities(completion_item=items if more else None),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown] if more else None),
    )
    if not more:
        return types.ClientCapabilities(text_document=text)
    edits = types.WorkspaceEditClientCapabilities(document_changes=True)
    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    return types.ClientCapabilities(
        text_document=text,
        general=types.GeneralClientCapabilities(position_encodings=[encoding, "utf-16"]),
        window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(True)),
        workspace=types.WorkspaceClientCapabilities(workspace_edit=edits, did_change_watched_files=watching),
    )


@asynccontextmanager
async def editor(
    folder: Path, able: types.ClientCapabilities | None = None, server: Sequence[str] = SERVER
) -> AsyncIterator[Editor]:
    """An editor with a folder open; at the end the server has to go by itself, with 0."""
    client = LanguageClient(converter_factory=default_converter)
    one = Editor(client, folder)
    own: dict[str, Any] = {
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: one.pushed.put_nowait(params),
        types.CLIENT_REGISTER_CAPABILITY: lambda params: one.registered.append(params),
        types.WINDOW_SHOW_MESSAGE: lambda params: one.told.append(params),
        types.WINDOW_SHOW_DOCUMENT: lambda params: one.show(params),
    }
    register_lsp_features(client, {**DEFAULT_CLIENT_FEATURES, **own})
    await client.start_io(*server)
    params = types.InitializeParams(capabilities=able or capabilities(), root_uri=folder.as_uri())
    one.answered = await client.initialize_session(params)
    try:
        yield one
    finally:
        await asyncio.wait_for(client.shutdown_session(), SECONDS)
        left = client._server.returncode if client._server else None
        await client.stop()  # type: ignore[no-untyped-call]
    assert left == 0
    assert [message.message for message in one.told if message.type == types.MessageType.Error] == []
