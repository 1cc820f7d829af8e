"""Our own server for tests: the real one in a process of its own, asked over loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

COMMAND = ("-m", "linter", "page", "--no-browser")
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Serving:
    """A server by its address."""

    address: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def port(self) -> int:
        return int(self.host.partition(":")[2])

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """An answer to a request with these headers and no others but `Content-Length`; `_` in a name stands for `-`, Host is ours unless given."""
        given = {"host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection(self.host, timeout=SECONDS)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value:
                    connection.putheader(name, value)
            if body:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def post(self, path: str, **draft: str) -> Answer:
        """An answer to a draft."""
        return self.ask("POST", path, json.dumps(draft).encode(), content_type="application/json")


@contextmanager
def serving(folder: Path, command: Sequence[str] = COMMAND, told: str = "") -> Iterator[Serving]:
    """A server begun in a folder; at the end Ctrl-C has to end it with 0, quietly but for what is to be `told` of a fault."""
    with TemporaryDirectory() as home, _begun(folder, command, home) as process:
        assert process.stdout is not None
        yield Serving(process.stdout.readline().split()[0])
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (0, ""), (process.returncode, out, err)
    assert told in err if told else not err, err


@contextmanager
def _begun(folder: Path, command: Sequence[str], home: str) -> Iterator[subprocess.Popen[str]]:
    """A process whose cache is empty, and which is gone at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


REPORT = """
import sys
import time
from pathlib import Path
from linter.errors import Mistake, MistakesError
from linter.page.redrawn import report_app
from linter.page.server import address_of, listening, serve

source = Path(sys.argv[1])

def draw():
    words = source.read_text("utf-8")
    if "broken" in words:
        raise MistakesError([Mistake("<source>", 1, "this is broken & cannot be read")])
    if "slow" in words:
        source.with_suffix(".begun").touch()
        time.sleep(600)
    return words

sock = listening(0)
serve(report_app(draw, lambda: str(source.stat().st_mtime_ns)), sock, lambda: print(address_of(sock)))
"""
"""A server of a report that is a file as it stands."""


@contextmanager
def serving_report(source: Path, told: str = "") -> Iterator[Serving]:
    """A server that shows a file of HTML as if it were a report."""
    with serving(source.parent, ("-c", REPORT, str(source)), told) as one:
        yield one
