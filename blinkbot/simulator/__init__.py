"""A Blink cloud and a Telegram Bot API on loopback, and the demo's phone page: real HTTP servers, stateful and strict.

They serve `demo`, `simulate` and the tests. Nothing here imports the code under test, so that it cannot share its
mistakes.

blinkcloud/    the Blink cloud
botapi/        the Telegram Bot API
demopage/      the demo's page; what it shows is in page/ (HTML, CSS, JavaScript)
simulation.py  both simulators together
verbs.py       functions as HTTP calls, for the control APIs of both and for the page
ranges.py      bytes from memory over HTTP, whole or in part
hosting.py     an ASGI app on a loopback port, that can also go away like a real server does
"""
