"""/status: how the home is, and how the watch over it stands."""

from blinkbot.bot.dispatch.dispatcher import Dispatcher, Handler
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text import status as render


def handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers."""
    return [dispatcher.command("status", status)]


async def status(request: Request) -> None:
    """/status."""
    await request.reply.show("⏳ Looking at your home…")
    async with request.acting():
        overview = await request.control.overview()
    await request.reply.show(render.status(overview, request.services.clock(), request.services.time_zone))
