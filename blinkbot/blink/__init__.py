"""The Blink cloud: a client that could be a package of its own.

client.py    a signed-in account; its methods stand in endpoints/
models.py    what Blink tells beyond the domain; camera_settings.py: what can be set at a camera
commands.py  waiting for what a device does; one command at a time per network
odd_entries.py  entries of lists that could not be read
protocol/    the table of operations, and what the codes in bodies mean
http/        one request(): timeouts, the retry rule, tokens, downloads
signin/      signing in, today's way and the older one
endpoints/   methods in groups: account, networks, schedules, cameras, media, USB storage
wire/        JSON → domain; with protocol/ the only place that knows Blink's words
liveview/    a live view and its frames

Source of everything here: the project's page on the Blink protocol, quoted as "protocol §N".
"""

from blinkbot.lean_imports import lean

with lean("httpx"):
    from blinkbot.blink.client import BlinkClient
    from blinkbot.blink.http.budget import RequestBudget
    from blinkbot.blink.http.clock import Timing
    from blinkbot.blink.http.hosts import BlinkUrls
    from blinkbot.blink.http.transport import Call
    from blinkbot.blink.protocol.operation import FILLED_IN, Argument, ArgumentKind, Operation, ResponseKind, Route
    from blinkbot.blink.protocol.operations import OPERATIONS
    from blinkbot.blink.signin import new_sign_in

__all__ = [
    "FILLED_IN",
    "OPERATIONS",
    "Argument",
    "ArgumentKind",
    "BlinkClient",
    "BlinkUrls",
    "Call",
    "Operation",
    "RequestBudget",
    "ResponseKind",
    "Route",
    "Timing",
    "new_sign_in",
]
