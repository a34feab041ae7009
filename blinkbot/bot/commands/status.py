"""/status: how the home is, and how the watch over it stands."""

from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import status as text
from blinkbot.bot.text.dispatch import LOOKING_AT_HOME
from blinkbot.bot.text.locale import Locale
from blinkbot.translations import Sentence

router = Router()


@router.command("status", Sentence("see how your home is"))
async def status(request: Request) -> None:
    await request.reply.show(LOOKING_AT_HOME())
    async with request.acting():
        overview = await request.control.overview()
    await request.reply.show(text.status(overview, Locale(overview.home, request.now(), request.context.time_zone)))
