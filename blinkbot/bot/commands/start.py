"""/start, /help, and what is said to words that mean nothing here."""

from telegram.ext import filters

from blinkbot.bot.commands import routers
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import quoted
from blinkbot.translations import Sentence

HELP = """\
Every clip that your Blink cameras record arrives in this chat. And you can ask me:

{commands}

A name may be shortened: “/snap front” is enough for Front Door."""

HINT = "I did not understand that. /help shows what I can do."

router = Router()


@router.command("start", Sentence("say hello"), in_menu=False)
async def start(request: Request) -> None:
    """/start: a greeting. The menu is shown again, since Telegram refuses it before somebody has pressed Start."""
    await request.reply.show(f"👋 Hello! {help_text()}")
    await request.tools.announcer.show_menu(request.chat_id)


@router.command("help", Sentence("see what I can do"))
async def show_help(request: Request) -> None:
    """/help."""
    await request.reply.show(help_text())


@router.message(filters.COMMAND)
async def unknown_command(request: Request) -> None:
    """A command nobody knows. In a group it may be another bot's, unless it names this one."""
    name, _, bot_name = request.command.partition("@")
    if bot_name.lower() == request.bot.username.lower() or (request.private and not bot_name):
        await request.reply.show(f"There is no command {quoted('/' + name)}. /help shows what I can do.")


@router.message(filters.TEXT)
async def plain_text(request: Request) -> None:
    """Words without a command: silence in groups, where people talk to each other."""
    if request.private:
        await request.reply.show(HINT)


def help_text() -> str:
    """What the bot can do, a line a command."""
    return HELP.format(commands="\n".join(f"/{name} — {what}" for name, what in routers.menu()))
