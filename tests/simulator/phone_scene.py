"""What the tests of the demo's page share: both servers, the page before them, and a bot to write with."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from telegram import Bot

from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.blinkcloud.pictures.pictures import jpeg_of
from blinkbot.simulator.botapi import Phone, TelegramServer
from blinkbot.simulator.demopage.server import PhonePage
from tests.plain_http import plain_bot

CHAT = 1001
FAMILY = -1_000_000_001_234


@dataclass(slots=True)
class Scene:
    """A running demo without its bot: the tests write with `bot` themselves."""

    telegram: TelegramServer
    phone: Phone
    cloud: BlinkCloud
    page: PhonePage
    bot: Bot


@asynccontextmanager
async def running_scene() -> AsyncIterator[Scene]:
    """Everything up, and down again at the end. The cloud is not started: the page needs no HTTP of it."""
    telegram, cloud = TelegramServer(), BlinkCloud(clip_seconds=1, seed=11)
    await telegram.start()
    phone = telegram.phone(CHAT, first_name="Ada")
    family = telegram.group(FAMILY, "The family", [phone], bot_is_admin=True, forum=True)
    page = PhonePage(telegram, [phone, family], cloud, look_seconds=0.02)
    await page.start()
    try:
        async with plain_bot(telegram) as bot:
            yield Scene(telegram, phone, cloud, page, bot)
    finally:
        await page.stop()
        await cloud.stop()
        await telegram.stop()


def thumbnail() -> bytes:
    """A picture small enough for Telegram to take it as a thumbnail."""
    return jpeg_of("porch", "Porch", datetime(2026, 11, 22, 13, 4, tzinfo=UTC), size=(320, 180), seed=3)


class LiveEvents:
    """One open event stream of the page, read event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self, name: str) -> Any:
        """The value of the next event of this name; others before it are passed over. Raises TimeoutError."""
        async with asyncio.timeout(10):
            current = ""
            async for line in self._lines:
                if line.startswith("event: "):
                    current = line.removeprefix("event: ")
                elif line.startswith("data: ") and current == name:
                    return json.loads(line.removeprefix("data: "))
        raise EOFError(f"the stream ended without {name!r}")

    async def end(self) -> None:
        """Read to the end of the stream."""
        async for _ in self._lines:
            pass


@asynccontextmanager
async def live_events(client: httpx.AsyncClient) -> AsyncIterator[LiveEvents]:
    """Open the page's event stream."""
    async with client.stream("GET", "/events", timeout=10) as response:
        yield LiveEvents(response)
