"""The Blink cloud: a client that could be a package of its own.

client.py      a signed-in account: one short method per thing a user does, domain types out
operations.py  the table of operations: name, method, path per camera family, arguments, body
spec.py        what a row of that table is, and how it becomes a request
transport.py   one request(): timeouts, the retry rule, streamed downloads
refusals.py    status and body of an answer → JSON or the right error
download.py    a body that becomes a file only when it is whole and an MP4
auth.py        tokens on requests: one refresh at a time, no token to a foreign host
signin.py      signing in step by step: start → Tokens | PinRequest; finish(pin)
commands.py    waiting for what a device does; one command at a time per network
wire.py        JSON → domain; with operations.py the only place that knows Blink's words
fields.py      reading JSON objects field by field, with errors that name the field
hosts.py       where Blink is, and which hosts may see a token
timing.py      clock, sleep and chance, passed in

Source of everything here: the project's page on the Blink protocol, quoted as "protocol §N".
"""

from blinkbot.blink.client import BlinkClient
from blinkbot.blink.hosts import BlinkUrls
from blinkbot.blink.signin import OAuthSignIn
from blinkbot.blink.timing import Timing

__all__ = ["BlinkClient", "BlinkUrls", "OAuthSignIn", "Timing"]
