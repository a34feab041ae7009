"""The demo's page: a phone in its chats with the bot, and beside it the home that the bot watches.

actions.py      writing and tapping on the phone, and events at home
events.py       server-sent events
same_origin.py  the guard against other web pages
server.py       the server of the page
views.py        the JSON that the page gets of the chat and of the home
"""

from blinkbot.simulator.demopage.server import PhonePage

__all__ = ["PhonePage"]
