"""What the bot's process does not load, in an environment that has everything."""

import gc
import subprocess
import sys

import pytest

from blinkbot.lean_imports import lean

NEEDLESS = (
    *("numpy", "pandas", "rich", "pygments", "cryptography", "dateutil", "multiprocessing"),
    *("av", "PIL", "matplotlib", "starlette", "uvicorn", "blinkbot.simulator"),
)


def output_of(program: str) -> str:
    """What a program prints in a process of its own."""
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


def loaded_by(program: str) -> set[str]:
    return set(output_of(f"{program}\nimport sys\nprint(*sys.modules)").split())


def test_the_bot_loads_no_library_that_it_does_not_use() -> None:
    assert loaded_by("import blinkbot.app").isdisjoint(NEEDLESS)


@pytest.mark.parametrize(
    "module", ["bot.timeparse.past", "bot.timeparse.quiet", "bot.text.times", "bot.text.formatting"]
)
def test_words_are_had_without_telegram(module: str) -> None:
    assert loaded_by(f"import blinkbot.{module}").isdisjoint({"telegram", "httpx"})


def test_the_bot_has_not_loaded_them_either_once_it_can_work() -> None:
    program = """
import asyncio, pathlib, tempfile
import blinkbot.app
from blinkbot.app import utc_now
from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.bot import TelegramAccess, build_bot
from blinkbot.scheduler import Job, Scheduler
from blinkbot.store import Store

async def work():
    bot = build_bot(TelegramAccess("123456789:AAH", "http://127.0.0.1:9"))
    scheduler = Scheduler()
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(pathlib.Path(folder), utc_now)
        scheduler.start([Job("rare", 3600, asyncio.Event().wait)])
        async with BlinkClient(BlinkUrls(), store, "x"):
            await asyncio.sleep(0)
        await scheduler.stop()
        await store.close()

asyncio.run(work())
"""
    assert loaded_by(program).isdisjoint(NEEDLESS)


@pytest.mark.parametrize("library", ["numpy", "cryptography", "rich", "dateutil.parser", "multiprocessing.pool"])
def test_what_was_hidden_can_be_imported_afterwards(library: str) -> None:
    pytest.importorskip(library)
    assert output_of(f"import blinkbot.app, {library}\nprint({library}.__name__)") == f"{library}\n"


def test_a_library_is_as_it_was_after_the_block() -> None:
    import sqlite_utils.recipes

    before = dict(sys.modules)
    assert gc.isenabled()
    with lean("sqlite_utils"), lean("telegram"):
        assert not gc.isenabled()
        with pytest.raises(ImportError):
            import numpy  # noqa: F401
    assert gc.isenabled()
    assert dict(sys.modules) == before
    assert sys.modules["sqlite_utils.recipes"] is sqlite_utils.recipes
