"""/start, /help, and what is said to words that mean nothing here."""

from telegram.ext import filters

from blinkbot.bot.dispatch.dispatcher import Dispatcher, Handler
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.formatting import quoted

HELP = """\
Every clip that your Blink cameras record arrives in this chat. And you can ask me:

/status — how the home is
/arm, /disarm — one network, or “all”
/snap — a new picture, by one camera or “all”
/live — ten seconds of live view, as a video
/light, /siren — where a camera or a network has one
/clips — watch clips again: “/clips garage yesterday”
/stats — how busy it was, as a picture
/mute, /unmute — “/mute porch 1h”, “/mute until 7:00”; this chat only
/snooze — the same, in Blink's app too
/quiet — hours of each day without a sound
/alerts — what this chat is told, and how loudly
/topics — a topic per camera, in a group that has topics
/schedule — Blink's own schedules, on and off
/signin, /pin — sign in to Blink, when I ask for it

A name may be shortened: “/snap front” is enough for Front Door."""

HINT = "I did not understand that. /help shows what I can do."


def handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers, before the other files."""
    return [dispatcher.command("start", start), dispatcher.command("help", show_help)]


def last_handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers when nobody else did."""
    return [dispatcher.message(filters.COMMAND, unknown_command), dispatcher.message(filters.TEXT, plain_text)]


async def start(request: Request) -> None:
    """/start: a greeting. The menu is shown again, since Telegram refuses it before somebody has pressed Start."""
    await request.reply.show(f"👋 Hello! {HELP}")
    await request.services.announcer.show_menu(request.chat_id)


async def show_help(request: Request) -> None:
    """/help."""
    await request.reply.show(HELP)


async def unknown_command(request: Request) -> None:
    """A command nobody knows. In a group it may be another bot's, unless it names this one."""
    name, _, bot_name = request.command.partition("@")
    if bot_name.lower() == request.bot.username.lower() or (request.private and not bot_name):
        await request.reply.show(f"There is no command {quoted('/' + name)}. /help shows what I can do.")


async def plain_text(request: Request) -> None:
    """Words without a command: silence in groups, where people talk to each other."""
    if request.private:
        await request.reply.show(HINT)
