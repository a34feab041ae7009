"""/status: how the home is, and how the watch over it stands."""

from blinkbot.bot.dispatch.dispatcher import Desk, Handler
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text import status as render


def handlers(desk: Desk) -> list[Handler]:
    """What this file answers."""
    return [desk.command("status", status)]


async def status(request: Request) -> None:
    """/status."""
    await request.answer.show("⏳ Looking at your home…")
    async with request.acting():
        overview = await request.control.overview()
    await request.answer.show(render.status(overview, request.services.clock(), request.services.time_zone))
