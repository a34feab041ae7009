"""The Telegram side: requests in, answers and clips out.

build.py       bot and application; connect, start, stop
access.py      the gate before every handler
turns.py       one update at a time within a chat, chats side by side
desk.py        updates become Requests, handlers become tasks
progress.py    the one message that answers a command
start.py status.py arming.py snap.py clips.py schedule.py signin.py   a file a command
announce.py    what the bot says by itself; menu.py the command menu
delivery.py    from the outbox into the chats, in three lanes; verdicts.py what becomes of a delivery that failed
sight.py incidents.py completion.py doorbell.py albums.py   what the lanes do; means.py with what
downloads.py budget.py upload_speed.py   clips from Blink, Telegram's limits, the line's speed
captions.py    pure: what stands under a clip
render.py render_schedule.py words.py names.py keyboards.py complaints.py   pure: texts, buttons, names
attachments.py pictures and videos as messages; patience.py which calls are made again
"""

from blinkbot.bot.announce import TelegramAnnouncer
from blinkbot.bot.build import ChatBot, TelegramAccess, build_bot
from blinkbot.bot.delivery import Courier
from blinkbot.bot.desk import Services

__all__ = ["ChatBot", "Courier", "Services", "TelegramAccess", "TelegramAnnouncer", "build_bot"]
