"""Reading the sign-in page."""

import pytest

from blinkbot.blink.signin.page import csrf_token
from blinkbot.errors import BlinkResponseError

PAGE = """<!doctype html><script id="other" type="application/json">{"csrf-token": "not this"}</script>
<script type='application/json' id='oauth-args'>{"csrf-token": "page-token", "x": "\\u003c"}</script><form></form>"""


def test_the_token_stands_in_the_pages_arguments() -> None:
    assert csrf_token(PAGE) == "page-token"


def test_escaped_arguments_are_read_too() -> None:
    page = '<script id="oauth-args">{&quot;csrf-token&quot;: &quot;a&amp;b&#x27;c&quot;}</script>'
    assert csrf_token(page) == "a&b'c"


def test_what_looks_escaped_inside_plain_arguments_stays_as_it_is() -> None:
    assert csrf_token('<script id="oauth-args">{"csrf-token": "a&amp;b"}</script>') == "a&amp;b"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html><form>",
        '<script id="oauth-args">not json</script>',
        '<script id="oauth-args">{"csrf-token": 5}</script>',
        '<script id="oauth-args">[]</script>',
        '<script id="oauth-args">{"csrf-token": ""}</script>',
        '<script id="oauth-args"></script>',
        "<" * 5000,
    ],
)
def test_a_page_without_it_is_an_error(page: str) -> None:
    with pytest.raises(BlinkResponseError):
        csrf_token(page)
