"""The demo's guard against other web pages: any site open in the same browser can send requests to loopback."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

# For responses that do not set them themselves.
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
    """Refuses requests of other pages, and lets the page load nothing from elsewhere.

    The Host must name loopback, with any port (it may be forwarded), against DNS rebinding. A request that changes
    something must carry JSON, which no foreign form can send, and no foreign Origin; programs may send none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = _refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send_guarded)
        else:
            status, why = refusal
            await JSONResponse({"error": why}, status)(scope, receive, send_guarded)


def _refusal(method: str, headers: Headers) -> tuple[int, str] | None:
    """The status and the reason of a refusal; None when the request may pass."""
    host = headers.get("host", "")
    if _host_name(f"http://{host}") not in LOOPBACK_NAMES:
        return 421, "this page is served to this computer only"
    if method in ("GET", "HEAD"):
        return None
    is_own = headers.get("origin", f"http://{host}") == f"http://{host}"
    if not is_own or headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "another site may not use this page"
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return 415, "JSON expected"
    return None


def _host_name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # an unclosed bracket, say
        return None
