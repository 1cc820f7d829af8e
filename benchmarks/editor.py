"""How fast and how large the language server is.

    python -m benchmarks.editor [--edits N] [--drafts N]

Milliseconds from an edit (didChange) to its findings (publishDiagnostics) over standard input and output of a warm
server, with a post of 1,500 characters to which words are added and from which they are taken: alone, and in a git
repository of drafts in the same rooms; and once with words on which spaCy has to try a token pattern. The next edit is made when the findings of the last have come, as by a person who
types slower than that; then as many edits again in a burst, as by a paste of a macro. Memory is the server's resident
set. benchmarks/editor.txt is one run of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from benchmarks.repository import repository
from benchmarks.speed import PATTERNED, generated

_LENGTH = 1_500
_WARM = 20
_SECONDS = 60
_FRONT = "---\nroom: mill\ndate: 2030-02-05\n---\n"
_ADDED = "They said no. Isn't it time? "


class _Session:
    """One draft, open in a client of the server."""

    def __init__(self, path: Path, front: str, words: str) -> None:
        self.client = LanguageClient("benchmark", "1")
        self.pushed: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.uri = path.as_uri()
        self.line = front.count("\n")
        self.text = front + words
        self.version = 1
        feature = self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        feature(lambda params: self.pushed.put_nowait(params))

    async def start(self, folder: Path) -> float:
        """Start the server and open the draft; gives the seconds until the first findings."""
        began = time.perf_counter()
        await self.client.start_io(sys.executable, "-m", "linter", "lsp")
        able = types.ClientCapabilities()
        await self.client.initialize_async(
            types.InitializeParams(capabilities=able, root_uri=folder.as_uri(), process_id=os.getpid())
        )
        self.client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(self.uri, "markdown", self.version, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await self.answer()
        return time.perf_counter() - began

    def edit(self) -> None:
        """Put words in at the start of the text, or take them out again."""
        self.version += 1
        start = types.Position(self.line, 0)
        end = start if self.version % 2 == 0 else types.Position(self.line, len(_ADDED))
        new = _ADDED if self.version % 2 == 0 else ""
        change = types.TextDocumentContentChangePartial(types.Range(start, end), new)
        which = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(which, [change]))

    async def answer(self) -> None:
        """Wait for the findings of the latest version."""
        while (await asyncio.wait_for(self.pushed.get(), _SECONDS)).version != self.version:
            pass

    def memory(self) -> float:
        """The server's resident set, in MB."""
        assert self.client._server is not None
        lines = Path(f"/proc/{self.client._server.pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    async def stop(self) -> None:
        """End the server as an editor does."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]


async def measured(path: Path, front: str, words: str, edits: int) -> str:
    """A row: time to the first findings, latencies in turn, a burst, and memory before and after."""
    session = _Session(path, front, words)
    first = await session.start(path.parent)
    taken = []
    for number in range(edits + _WARM):
        began = time.perf_counter()
        session.edit()
        await session.answer()
        if number >= _WARM:
            taken.append(1000 * (time.perf_counter() - began))
        elif number == _WARM - 1:
            before = session.memory()
    began = time.perf_counter()
    for _ in range(edits):
        session.edit()
    await session.answer()
    burst = time.perf_counter() - began
    after = session.memory()
    await session.stop()
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"{p50:6.1f} {p95:6.1f} {max(taken):6.1f} {first:8.2f} {burst:8.2f} {before:8.0f} {after:8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--drafts", type=int, default=400)
    options = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"pygls {version('pygls')}; a post of {_LENGTH:,} characters, {options.edits:,} edits; "
        f"load by others at the start {os.getloadavg()[0]:.1f}"
    )
    print(
        f"{'':30}{'p50 ms':>6} {'p95 ms':>6} {'max':>6} {'first s':>8} {'burst s':>8} {'MB':>8} {'MB after':>8}"
    )
    with tempfile.TemporaryDirectory() as name:
        alone = Path(name) / "alone"
        alone.mkdir()
        team = repository(Path(name) / "team", options.drafts)
        words = " ".join(" ".join(islice(generated(), 4)).split())[:_LENGTH]
        patterned = f"{PATTERNED} {words}"[:_LENGTH]
        rows = (
            ("alone", alone / "post.md", "", words),
            ("alone, with a token pattern", alone / "post.md", "", patterned),
            (f"beside {options.drafts} drafts", team / "drafts" / "post.md", _FRONT, words),
        )
        for title, path, front, text in rows:
            print(f"{title:30}{asyncio.run(measured(path, front, text, options.edits))}", flush=True)


if __name__ == "__main__":
    main()
