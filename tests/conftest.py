"""Fixtures that any test may use."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.evening import Evening
    from tests.watched_home import WatchedHome

# As every bot of ours has it (`build_bot`), also where a test makes one of the library's errors before any bot.
os.environ.setdefault("PTB_TIMEDELTA", "true")

LONG_FILES = (
    "tests/test_languages_story.py",
    "tests/test_process.py",
    "tests/test_story.py",
    "tests/cli/test_demo.py",
    "tests/test_alerts_story.py",
    "tests/test_usb_story.py",
    "tests/simulator/test_page_in_browser.py",
    "tests/simulator/test_home_in_browser.py",
    "tests/bot/test_buttons_story.py",
    "tests/peer/test_blinkpy.py",
    "tests/bot/client/test_polling.py",
)
"""Few tests that take long, since they start processes and browsers: begun last, workers would wait for one another."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""

    def rank(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES)

    items.sort(key=rank)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Keep the garbage collector from going through thousands of tests again and again: none of them is garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database as all migrations in turn make it, in one file."""
    from blinkbot.store.sqlite import database

    path = tmp_path_factory.mktemp("new") / "blinkbot.db"
    made = database._connect(path)
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    return path.read_bytes()


@pytest.fixture(autouse=True)
def _quick_new_databases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have new databases be copies of one that was migrated once, since thousands of them are made.

    Those of the tests of the database itself (`tests/store/sqlite`) go through the migrations, as do those of
    processes that a test starts.
    """
    database = sys.modules.get("blinkbot.store.sqlite.database")
    if database is None or request.path.parent.name == "sqlite":
        return
    from blinkbot.store.sqlite.data_folder import open_private

    new, connect = request.getfixturevalue("new_database"), database._connect

    def copied(path: Path) -> object:
        if not path.exists():
            descriptor = open_private(path)
            os.write(descriptor, new)
            os.close(descriptor)
        return connect(path)

    monkeypatch.setattr(database, "_connect", copied)


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator["Evening"]:
    """A home and a phone, on real servers; the bot is started by the test."""
    # Imported here, so that a test of one part needs that part alone.
    from tests.evening import Evening

    async with Evening(tmp_path) as whole:
        yield whole


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator["WatchedHome"]:
    """The inside of a signed-in bot, without Telegram."""
    from tests.watched_home import WatchedHome

    async with WatchedHome(tmp_path / "data") as whole:
        yield whole
