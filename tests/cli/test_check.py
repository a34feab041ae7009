"""`blinkbot check`: what it finds, and what it says about it. As a process it is in test_process."""

import contextlib
import io
from pathlib import Path

import pytest

from blinkbot.cli.check import check_everything
from blinkbot.cli.footprint import footprint, libraries
from blinkbot.cli.terminal import CommandFailed
from tests.evening import Evening


async def told(evening: Evening, chats: tuple[int, ...] = (1001,), *, verbose: bool = False) -> str:
    """The table, and what is said below it."""
    out = io.StringIO()
    error = ""
    with contextlib.redirect_stdout(out):
        try:
            await check_everything(evening.settings(chats), verbose=verbose)
        except CommandFailed as failed:
            error = str(failed)
    return "\n".join(" ".join(line.split()) for line in out.getvalue().splitlines()) + f"\n{error}"


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


async def test_before_the_first_start_all_is_well_but_nothing_is_known_of_the_password(evening: Evening) -> None:
    evening.phone.start()
    text = await told(evening)
    assert "✗" not in text
    assert "made at the first start" in text
    assert "the password is untested" in text


async def test_telegram_that_cannot_be_reached_is_told_in_plain_words(evening: Evening) -> None:
    await evening.telegram.refuse_connections()
    text = await told(evening)
    assert "✗ Telegram Telegram can't be reached. Check the internet connection." in text
    assert "Needs fixing: Telegram." in text
    assert "httpx" not in text


async def test_a_chat_that_never_wrote_to_the_bot_is_told_what_to_do(evening: Evening) -> None:
    evening.phone.start()
    text = await told(evening, (1001, 4711))
    assert (
        "✗ chat 4711 Telegram doesn't know this chat. Write to the bot from it once, or correct telegram.chats." in text
    )
    assert "chat 1001" not in text.splitlines()[-1]


async def test_blink_that_cannot_be_reached_is_told(evening: Evening) -> None:
    evening.phone.start()
    await evening.start_watching()
    await evening.stop_bot()
    evening.cloud.fail("*", times=1000, status=503)
    assert "✗ Blink Blink's servers are having trouble" in await told(evening)


async def test_verbose_shows_what_the_bot_loads(evening: Evening) -> None:
    evening.phone.start()
    text = await told(evening, verbose=True)
    assert "MB when the bot has loaded everything" in text
    assert "telegram 2" in text
    assert "numpy" not in text


async def test_the_bots_own_process_is_looked_at() -> None:
    kilobytes, modules = await footprint()
    assert 10_000 < kilobytes < 200_000
    assert "blinkbot.app" in modules
    # This process has pytest in it, and most of what the bot leaves out.
    assert "pytest" not in modules


def test_libraries_are_those_that_are_not_pythons_own() -> None:
    modules = ("json", "json.decoder", "json.encoder", "json.scanner", "small", *(f"big.m{n}" for n in range(5)))
    assert libraries(modules) == ["big 5"]


async def test_a_data_folder_without_rights_above_is_told(evening: Evening, tmp_path: Path) -> None:
    evening.phone.start()
    (tmp_path / "file").write_text("")
    evening.data_dir = tmp_path / "file" / "data"
    text = await told(evening)
    assert "✗ data folder" in text
    assert "Choose another one with data_dir." in text
