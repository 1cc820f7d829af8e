"""Who is answered: our own page in a browser of this machine, and nobody else's."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load: its own files. An answer that is no page of ours may bring another."""
_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_OURS = ("same-origin", "none")
"""Where a browser says that a request comes from: our page, or somebody who typed the address."""


class Guard:
    """Passes on what names us as `Host` and comes from no other site; the rest is refused with 403.

    A page elsewhere may make a browser call a machine's own servers, even under a name of its own that leads to
    127.0.0.1; it cannot make it lie about `Host`, `Origin` and `Sec-Fetch-Site`.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
        self._origins = [f"http://{host}" for host in self._hosts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        fault = self._fault(Headers(scope=scope))
        app = PlainTextResponse(f"{fault}\n", 403) if fault else self._app
        await app(scope, receive, headed)

    def _fault(self, headers: Headers) -> str:
        if headers.getlist("host") not in ([host] for host in self._hosts):
            return f"This server is asked for as {self._hosts[0]}, by no other name."
        for name, ours in (("origin", self._origins), ("sec-fetch-site", _OURS)):
            if any(value not in ours for value in headers.getlist(name)):
                return "Another site asks here, and is not answered."
        return ""
