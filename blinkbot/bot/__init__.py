"""The Telegram side: requests in, answers and clips out.

build.py       bot and application; connect, start, stop
polling.py     asking Telegram for updates; checkup.py what `blinkbot check` asks it
access.py      the gate before every handler
turns.py       one update at a time within a chat, chats side by side
desk.py        updates become Requests, handlers become tasks; spinner.py ends a tap's wait; mishaps.py when one fails
requests.py    what a handler is handed
progress.py    the one message that answers a command
announce.py    what the bot says by itself; menu.py the command menu

Commands and the buttons of their answers:
start.py status.py arming.py snap.py schedule.py signin.py stats.py   a file a command
devices.py     /live, /light, /siren
clips.py       /clips: clip_words.py, timewords.py, timescan.py, timepieces.py what is asked for; clip_lists.py
               the lists; clip_playing.py and clip_albums.py one clip or all; clip_deleting.py
mute.py        /mute and /unmute; snooze.py /snooze; silence.py and durations.py their words, read by timescan.py, too
alerts.py      /alerts; quiet.py /quiet; forum.py /topics
under_clip.py  the buttons under a clip; clip_buttons.py what the further ones do; clip_source.py its file;
               unfolded.py which of them stand there now
taps.py        what buttons mean; callback_data.py how they say it; keyboards.py

Clips and word of troubles on their way into chats:
delivery.py    from the outbox into the chats, in three lanes; verdicts.py what becomes of a delivery that failed;
               last_words.py what the chat is told then
sight.py incidents.py completion.py doorbell.py albums.py   what the lanes do; means.py with what
downloads.py budget.py upload_speed.py   clips from Blink, Telegram's limits, the line's speed
notices.py     troubles of devices; topics.py where in a chat each camera's messages go
attachments.py pictures and videos as messages; footage.py made fit for Telegram; patience.py which calls are made again

Pure:
captions.py    what stands under a clip
render.py render_schedule.py words.py names.py complaints.py   texts and names
"""

from blinkbot.bot.announce import TelegramAnnouncer
from blinkbot.bot.build import ChatBot, TelegramAccess, build_bot
from blinkbot.bot.delivery import Courier
from blinkbot.bot.requests import Services

__all__ = ["ChatBot", "Courier", "Services", "TelegramAccess", "TelegramAnnouncer", "build_bot"]
