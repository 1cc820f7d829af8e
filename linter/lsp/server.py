"""The server: open documents, and one thread that checks them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import FeatureNotificationError, JsonRpcContentModified
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from linter.lsp.checking import Checked, Checker
from linter.lsp.diagnostics import SOURCE, diagnostics
from linter.lsp.documents import Document
from linter.version import __version__

_T = TypeVar("_T")
SETTLED = 0.005
"""Seconds without another edit after which a text is checked."""


class _OwnDocuments(LanguageServerProtocol):
    """Leaves documents to us: pygls would cut lines at U+2028 and its like, which no editor counts as an end."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: types.DidOpenTextDocumentParams
    ) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class Server(LanguageServer):
    """Open documents, each with the check of its latest version. Checks are made on a thread of their own."""

    def __init__(self) -> None:
        super().__init__(SOURCE, __version__, protocol_cls=_OwnDocuments)
        self.documents: dict[str, Document] = {}
        self.checker = Checker(Path())
        self.worker = ThreadPoolExecutor(1, "postlint")
        self.pages = TemporaryDirectory(prefix="postlint-")
        self._checks: dict[str, tuple[Document, asyncio.Task[Checked | None]]] = {}
        self._publishing: dict[str, asyncio.Task[None]] = {}

    @property
    def encoding(self) -> str:
        """The units that positions are counted in, as agreed with the editor."""
        return str(types.PositionEncodingKind(self.workspace.position_encoding).value)

    def can(self, capability: str) -> bool:
        """Whether the editor says that it can do something."""
        return bool(get_capability(self.client_capabilities, capability))

    def shows_markdown(self, capability: str) -> bool:
        """Whether Markdown is among the formats that the editor names for something."""
        return types.MarkupKind.Markdown in (get_capability(self.client_capabilities, capability) or ())

    async def checked(self, uri: str) -> Checked | None:
        """The check of a document as it now stands; None where it is no longer, or not one of ours.

        Raises JsonRpcContentModified where the text moved on meanwhile.
        """
        document = self.documents.get(uri)
        if document is None or not document.is_ours:
            return None
        known = self._checks.get(uri)
        if known is None or known[0] is not document:
            known = document, asyncio.create_task(self.on_worker(self._check, document))
            self._checks[uri] = known
        found = await asyncio.shield(known[1])
        if found is None:
            raise JsonRpcContentModified
        return found

    async def on_worker(self, work: Callable[..., _T], *given: Any) -> _T:
        """Something done on the thread of the checks, since neither rules nor spaCy may be used by two at once."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, work, *given)

    def _check(self, document: Document) -> Checked | None:
        if self.documents.get(document.uri) is not document:
            return None  # a newer text waits behind this one
        return self.checker.check(document)

    def put(self, document: Document, wait: float = 0) -> None:
        """Take a document as it now stands, and say what there is to say of it once it has settled."""
        self.documents[document.uri] = document
        if waiting := self._publishing.get(document.uri):
            waiting.cancel()
        if not self.can("text_document.diagnostic"):
            self._publishing[document.uri] = task = asyncio.create_task(self._publish(document, wait))
            task.add_done_callback(self._report)

    async def _publish(self, document: Document, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            found = await self.checked(document.uri)
        except JsonRpcContentModified:
            return
        if found is not None:
            self._send(document, diagnostics(found))

    def _send(self, document: Document, found: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(document.uri, found, document.version)
        self.text_document_publish_diagnostics(params)

    def _report(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._report_server_error(error, FeatureNotificationError)

    def check_anew(self, but: str = "") -> None:
        """Check every open document once more, except one: what was said elsewhere may bear on it."""
        for uri, document in self.documents.items():
            if uri != but:
                self._checks.pop(uri, None)
                self.put(document)
        if self.can("workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)
        if self.can("workspace.code_lens.refresh_support"):
            self.workspace_code_lens_refresh(None)

    def reload(self) -> None:
        """Read configurations and rules anew, and check every open document by them."""
        self.worker.submit(self.checker.reload)
        self.check_anew()

    def drop(self, uri: str) -> None:
        """Forget a document that was closed."""
        document = self.documents.pop(uri, None)
        self._checks.pop(uri, None)
        if waiting := self._publishing.pop(uri, None):
            waiting.cancel()
        if document is not None and not self.can("text_document.diagnostic"):
            self._send(Document(uri, None, "", "", document.encoding), [])

    def shutdown(self) -> None:
        """Stop, and let a check that runs come to its end."""
        self.worker.shutdown(cancel_futures=True)
        self.pages.cleanup()
        super().shutdown()  # type: ignore[no-untyped-call]
