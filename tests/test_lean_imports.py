"""What the bot's process does not load, in an environment that has everything."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

import blinkbot.bot
from blinkbot.lean_imports import lean

NEEDLESS = (
    *("numpy", "pandas", "rich", "pygments", "cryptography", "dateutil", "multiprocessing"),
    *("av", "PIL", "matplotlib", "starlette", "uvicorn", "blinkbot.simulator"),
)


STAND_INS = ("numpy", "pandas", "rich", "pygments", "cryptography", "dateutil", "dateutil/parser")

LOADED = {
    *("blinkbot", "apscheduler", "httpx", "platformdirs", "pydantic", "pydantic_settings", "sqlite_utils", "telegram"),
    # What these stand on.
    *("aiolimiter", "annotated_types", "click", "dotenv", "idna", "pluggy", "pydantic_core", "sqlite_fts4"),
    *("typing_extensions", "typing_inspection", "tzdata", "tzlocal"),
}
"""All that is loaded at a start, beside the standard library: 58 MB, of which an empty process has 9."""


def output_of(program: str, *path: Path) -> str:
    """What a program prints in a process of its own; on its path stand these folders first."""
    found = os.pathsep.join([*map(str, path), *sys.path])
    environment = {**os.environ, "PYTHONPATH": found}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def loaded_by(program: str, *path: Path) -> set[str]:
    return set(output_of(f"{program}\nimport sys\nprint(*sys.modules)", *path).split())


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """A folder in which the libraries lie that can be done without, as far as their import goes."""
    for name in STAND_INS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    return tmp_path


def test_the_bot_loads_no_library_that_it_does_not_use(everything: Path) -> None:
    assert loaded_by("import blinkbot.app", everything).isdisjoint(NEEDLESS)


def test_what_the_bot_loads_is_known() -> None:
    loaded = {name.partition(".")[0] for name in loaded_by("import blinkbot.app") - loaded_by("")}
    assert {name for name in loaded - sys.stdlib_module_names if name[0] != "_"} <= LOADED


def test_what_is_imported_late_is_found_once() -> None:
    vars(blinkbot.bot).pop("menu", None)
    assert blinkbot.bot.menu is vars(blinkbot.bot)["menu"]


def test_the_bot_has_not_loaded_them_either_once_it_can_work(everything: Path) -> None:
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
    assert loaded_by(program, everything).isdisjoint(NEEDLESS)


@pytest.mark.parametrize("library", ["numpy", "cryptography", "rich", "dateutil.parser", "multiprocessing.pool"])
def test_what_was_hidden_can_be_imported_afterwards(library: str, everything: Path) -> None:
    assert output_of(f"import blinkbot.app, {library}\nprint({library}.__name__)", everything) == f"{library}\n"


def test_a_library_is_as_it_was_after_the_block(everything: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite_utils.recipes

    monkeypatch.syspath_prepend(everything)
    before = dict(sys.modules)
    assert gc.isenabled()
    with lean("sqlite_utils"), lean("telegram"):
        assert not gc.isenabled()
        with pytest.raises(ImportError):
            import numpy  # noqa: F401
    assert gc.isenabled()
    assert dict(sys.modules) == before
    assert sys.modules["sqlite_utils.recipes"] is sqlite_utils.recipes
