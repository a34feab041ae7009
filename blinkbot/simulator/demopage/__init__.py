"""The demo's page: a phone in its chats with the bot, and beside it the home that the bot watches.

actions.py      what a visitor of the demo's page does
events.py       the live side of the demo's page
same_origin.py  keeps other web pages out of the demo
server.py       the demo's page
views.py        the JSON that the demo's page gets of the chat and of the home
"""

from blinkbot.simulator.demopage.server import PhonePage

__all__ = ["PhonePage"]
