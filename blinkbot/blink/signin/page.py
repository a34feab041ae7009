"""Reading the sign-in page (protocol §3 step 2)."""

from html import unescape
from html.parser import HTMLParser

from blinkbot.blink.http.responses import json_of
from blinkbot.errors import BlinkResponseError

PAGE = "the sign-in page"
_ARGUMENTS_ID = "oauth-args"
_TOKEN = "csrf-token"  # noqa: S105 - a field name, not a secret


def csrf_token(page: str) -> str:
    """The page's token against forged forms. Raises BlinkResponseError where the page has none."""
    reader = _ArgumentsReader()
    reader.feed(page)
    reader.close()
    if not reader.found:
        raise BlinkResponseError(PAGE, "it holds no sign-in form", _ARGUMENTS_ID)
    try:
        arguments = _arguments("".join(reader.found))
    except ValueError as error:
        raise BlinkResponseError(PAGE, "its arguments are not JSON", _ARGUMENTS_ID) from error
    token = arguments.get(_TOKEN) if isinstance(arguments, dict) else None
    if not isinstance(token, str) or not token:
        raise BlinkResponseError(PAGE, "it is missing", _TOKEN)
    return token


def _arguments(text: str) -> object:
    """The JSON in the element. HTML leaves a script's text alone, but template engines like to escape it."""
    try:
        return json_of(text.encode("utf-8", "replace"))
    except ValueError:
        return json_of(unescape(text).encode("utf-8", "replace"))


class _ArgumentsReader(HTMLParser):
    """The text of the script element with the page's arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("id", _ARGUMENTS_ID) in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)
