"""blinkbot: a Blink home in a Telegram chat.

domain/          what a user talks about; frozen values
errors.py        the whole error tree
translations.py  sentences for people, through gettext
lean_imports.py  libraries without the parts that the bot has no use for
locks.py         a lock for each key
ports/           the Protocols between the two sides
tls.py           certificate authorities, read once
config.py        settings from TOML and environment, every problem at once
logs.py          logging and what is never in it
blink/           the Blink cloud: a client that could be a package of its own
store/           SQLite: clips, deliveries, chats, tokens; one worker thread
media/           what is done to pictures and videos; no I/O of its own
watch/           from cloud to outbox
control/         from command to cloud, limited to what a chat may do
bot/             the Telegram side
scheduler.py     the job table; the only file that knows apscheduler
parts.py         the program's parts, put together from the settings
app.py           build, start, serve, stop; signals
cli/             run, demo, check, api, simulate
simulator/       a Blink cloud and a Telegram Bot API on loopback, and the demo's phone page
"""

__version__ = "0.1.0"
