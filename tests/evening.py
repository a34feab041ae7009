"""A whole evening at home: both simulators as real servers, the owner's phone, and the shipped bot between them."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from blinkbot.app import App, utc_now
from blinkbot.config import Settings
from blinkbot.logs import Redactor
from blinkbot.ports import Clock
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.botapi import Phone, TelegramServer

ADA = 1001


class Evening:
    """Everything that a story needs. The bot is started and stopped by the story; the servers stay."""

    def __init__(
        self, folder: Path, *, pin_required: bool = False, telegram: TelegramServer | None = None, **cloud: Any
    ) -> None:
        self.cloud = BlinkCloud(pin_required=pin_required, command_seconds=0.05, clip_seconds=1, **cloud)
        # A module that has its list ready at once: the waiting in between is tested with the client.
        self.cloud.usb.polls = 0
        self.telegram = telegram or TelegramServer()
        self.phone: Phone = self.telegram.phone(ADA, first_name="Ada")
        self.data_dir = folder / "data"
        self.clock: Clock = utc_now
        self.redactor = Redactor()
        self._bot: tuple[App, asyncio.Task[None]] | None = None

    async def __aenter__(self) -> Self:
        await self.cloud.start()
        await self.telegram.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bot:
            await self.stop_bot()
        await self.telegram.stop()
        await self.cloud.stop()

    def environment(self, chats: Sequence[int] = (ADA,)) -> dict[str, str]:
        """The settings as another process is given them."""
        return {
            "BLINKBOT_TELEGRAM__TOKEN": self.telegram.token,
            "BLINKBOT_TELEGRAM__CHATS": str(list(chats)),
            "BLINKBOT_TELEGRAM__API_URL": self.telegram.url,
            "BLINKBOT_BLINK__EMAIL": self.cloud.email,
            "BLINKBOT_BLINK__PASSWORD": self.cloud.password,
            "BLINKBOT_BLINK__OAUTH_URL": self.cloud.url,
            "BLINKBOT_BLINK__REST_URL": self.cloud.url,
            "BLINKBOT_WATCH__INTERVAL": "1",
            "BLINKBOT_DATA_DIR": str(self.data_dir),
        }

    def settings(self, chats: Sequence[int] = (ADA,), **changes: Any) -> Settings:
        """The settings for a bot in this process. Polls come faster than people may set, so that tests wait less.

        `changes` may tell `email`, `password`, `interval`, and what stands under `alerts`.
        """
        return Settings.model_validate(
            {
                "telegram": {"api_url": self.telegram.url, "token": self.telegram.token, "chats": list(chats)},
                "blink": {
                    "email": changes.get("email", self.cloud.email),
                    "password": changes.get("password", self.cloud.password),
                    "oauth_url": self.cloud.url,
                    "rest_url": self.cloud.url,
                },
                "watch": {"interval": changes.get("interval", 0.05), "usb_interval": changes.get("usb_interval", 0.05)},
                "alerts": changes.get("alerts", {}),
                "data_dir": self.data_dir,
            },
            context={"interval_floor": 0.01},
        )

    async def start_bot(self, chats: Sequence[int] = (ADA,), **changes: Any) -> None:
        """Start the bot and wait until it serves the chat; not for a sign-in or a first look at Blink."""
        app = App(self.settings(chats, **changes), self.redactor, lambda: self.clock())
        running = asyncio.create_task(app.run())
        self._bot = app, running
        menus = len(self.telegram.calls_of("setMyCommands"))
        serving = asyncio.create_task(
            self.telegram.wait_for_call("setMyCommands", lambda _: len(self.telegram.calls_of("setMyCommands")) > menus)
        )
        await asyncio.wait({running, serving}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            serving.cancel()
            self._bot = None
            await running

    async def start_watching(self, chats: Sequence[int] = (ADA,), **changes: Any) -> None:
        """Start the bot and wait until it has looked at the home and at what clips are there already."""
        await self.start_bot(chats, **changes)
        await self.watched()

    async def watched(self) -> None:
        """Wait for the bot's next whole look at Blink's clips: for one that begins after now to be answered."""
        before = len(self.cloud.requests)
        await self.cloud.wait_for_request("/media*?s*=", after=before, times=2)

    async def stop_bot(self) -> None:
        """Stop the bot as SIGTERM does."""
        assert self._bot is not None
        app, running = self._bot
        self._bot = None
        app.stop()
        async with asyncio.timeout(5):
            await running

    async def crash_bot(self) -> None:
        """End the bot without its stop order, as near to a power cut as one process allows."""
        assert self._bot is not None
        _, running = self._bot
        self._bot = None
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    async def wait_a_day_for_videos(self) -> None:
        """Restart the bot as if what it waits for had been listed a day ago."""
        await self.stop_bot()
        await asyncio.to_thread(_a_day_older, self.data_dir / "blinkbot.db")
        await self.start_bot()


def _a_day_older(database: Path) -> None:
    day = timedelta(days=1) // timedelta(microseconds=1)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE deliveries SET queued_at = queued_at - ?, not_before = 0", [day])
