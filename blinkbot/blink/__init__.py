"""The Blink cloud: a client that could be a package of its own.

client.py      a signed-in account; its methods stand in groups:
               account, networks, programs, cameras, media, storage (USB), liveview
operations.py  the table of operations: name, method, path per camera family, arguments, body
spec.py        what a row of that table is, and how it becomes a request
calls.py       what the groups of methods stand on
transport.py   one request(): timeouts, the retry rule, streamed downloads
refusals.py    status and body of an answer → JSON or the right error
meanings.py    what the codes in bodies mean
download.py    a body that becomes a file only when it is whole and an MP4
auth.py        tokens on requests: one refresh at a time, no token to a foreign host
signin.py      signing in step by step: start → Tokens | PinRequest; finish(pin)
legacy.py      the same, the older way
pages.py       reading the sign-in page
commands.py    waiting for what a device does; one command at a time per network
immi.py        the frames of a live view
wire.py        JSON → domain; with its likes and operations.py the only place that knows Blink's words:
               wire_account, wire_devices, wire_media, wire_programs, wire_live
values.py      what Blink tells beyond the domain
fields.py      reading JSON objects field by field, with errors that name the field
hosts.py       where Blink is, and which hosts may see a token
timing.py      clock, sleep and chance, passed in

Source of everything here: the project's page on the Blink protocol, quoted as "protocol §N".
"""

from blinkbot.blink.client import BlinkClient
from blinkbot.blink.hosts import BlinkUrls
from blinkbot.blink.legacy import LegacySignIn
from blinkbot.blink.signin import OAuthSignIn
from blinkbot.blink.timing import Timing
from blinkbot.domain import SessionKind

__all__ = ["BlinkClient", "BlinkUrls", "LegacySignIn", "OAuthSignIn", "Timing", "new_sign_in"]


def new_sign_in(
    kind: SessionKind, urls: BlinkUrls, email: str, password: str, hardware_id: str, timing: Timing | None = None
) -> OAuthSignIn | LegacySignIn:
    """The way of signing in that the settings choose (`blink.signin`)."""
    way = LegacySignIn if kind is SessionKind.LEGACY else OAuthSignIn
    return way(urls, email, password, hardware_id, timing)
