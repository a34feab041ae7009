"""/status: how the home is, and how the watch over it stands."""

from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import status as render
from blinkbot.translations import Sentence

router = Router()


@router.command("status", Sentence("see how the home is"))
async def status(request: Request) -> None:
    """/status."""
    await request.reply.show("⏳ Looking at your home…")
    async with request.acting():
        overview = await request.control.overview()
    await request.reply.show(render.status(overview, request.now(), request.time_zone))
