"""A person at a terminal."""

import asyncio
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click.testing

from blinkbot.cli.main import main
from blinkbot.simulator.blinkcloud import BlinkCloud


class Terminal:
    """A person who types `blinkbot api …`."""

    def __init__(self, cloud: BlinkCloud, folder: Path) -> None:
        self.cloud = cloud
        self.data_dir = folder / "data"
        self.environment = {
            "BLINKBOT_TELEGRAM__TOKEN": "123456789:AAHsomethingthatlooksabitlikeatoken0",
            "BLINKBOT_TELEGRAM__CHATS": "[1001]",
            "BLINKBOT_BLINK__EMAIL": cloud.email,
            "BLINKBOT_BLINK__PASSWORD": cloud.password,
            "BLINKBOT_BLINK__OAUTH_URL": cloud.url,
            "BLINKBOT_BLINK__REST_URL": cloud.url,
            "BLINKBOT_DATA_DIR": str(self.data_dir),
        }

    async def types(self, *words: str, answers: Sequence[str] = ()) -> click.testing.Result:
        """Run it to its end; `answers` are typed where it asks."""
        handlers = list(logging.getLogger().handlers)
        runner = click.testing.CliRunner(env={"BLINKBOT_CONFIG": None, **self.environment})
        typed = "".join(f"{answer}\n" for answer in answers)
        try:
            return await asyncio.to_thread(runner.invoke, main, ["api", *words], input=typed)
        finally:
            for handler in set(logging.getLogger().handlers) - set(handlers):
                logging.getLogger().removeHandler(handler)

    async def gets(self, *words: str, answers: Sequence[str] = ()) -> Any:
        """The JSON of an operation that went well."""
        result = await self.types(*words, answers=answers)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    async def fails(self, *words: str, code: int = 1, answers: Sequence[str] = ()) -> str:
        """What it says when it did not go well."""
        result = await self.types(*words, answers=answers)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.output
        return result.stderr
