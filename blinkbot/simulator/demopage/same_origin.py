"""The demo's guard against other web pages: any site open in the same browser can send requests to loopback."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

# For answers that do not say otherwise themselves.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SameOriginOnly:
    """Refuses what did not come from the page itself, and lets the page load nothing from elsewhere.

    The Host must name loopback, with any port (it may be forwarded), so that no other name can be bound to the
    same address. A request that changes something must carry JSON, which no foreign form can send, and no foreign
    Origin; programs that send no Origin at all are let in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_missing(MutableHeaders(scope=message), _HEADERS.items())
            await send(message)

        refusal = _refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send_guarded)
        else:
            status, why = refusal
            await JSONResponse({"error": why}, status)(scope, receive, send_guarded)


def _refusal(method: str, headers: Headers) -> tuple[int, str] | None:
    """The status and the reason with which a request is refused; None when it may pass."""
    host = headers.get("host", "")
    if _host_name(f"http://{host}") not in LOOPBACK_NAMES:
        return 421, "this page is served to this computer only"
    if method in ("GET", "HEAD"):
        return None
    if headers.get("origin", f"http://{host}") != f"http://{host}":
        return 403, "another site may not use this page"
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "another site may not use this page"
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return 415, "JSON expected"
    return None


def _host_name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # an unclosed bracket, say
        return None


def _add_missing(headers: MutableHeaders, wanted: Iterable[tuple[str, str]]) -> None:
    for name, value in wanted:
        headers.setdefault(name, value)
