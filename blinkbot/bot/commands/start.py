"""/start, /help, and what is said to words that mean nothing here."""

from telegram.ext import filters

from blinkbot.bot import commands
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import dispatch as text
from blinkbot.translations import Sentence

router = Router()


@router.command("start", Sentence("say hello"), in_menu=False)
async def start(request: Request) -> None:
    """/start: a greeting. The menu is shown again, since Telegram refuses it before Start is pressed."""
    await request.reply.show(f"{text.HELLO()} {text.help_text(commands.menu())}")
    await request.tools.announcer.show_menu(request.chat_id)


@router.command("help", Sentence("see what I can do"))
async def show_help(request: Request) -> None:
    await request.reply.show(text.help_text(commands.menu()))


@router.message(filters.COMMAND)
async def unknown_command(request: Request) -> None:
    """A command that there is not. In a group it may be another bot's, unless it names this one."""
    name, _, bot_name = request.command.partition("@")
    if bot_name.lower() == request.bot.username.lower() or (request.private and not bot_name):
        await request.reply.show(text.no_such_command(name))


@router.message(filters.TEXT)
async def plain_text(request: Request) -> None:
    """Words without a command: silence in groups, where people talk to each other."""
    if request.private:
        await request.reply.show(text.NOT_UNDERSTOOD())
