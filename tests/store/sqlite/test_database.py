"""One thread, whole transactions, and files that cannot be used."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from blinkbot.errors import DataFolderError
from blinkbot.store.sqlite.database import Database
from blinkbot.store.sqlite.migrations import migrations
from blinkbot.store.sqlite.repository import read_fact, write_fact


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "blinkbot.db")
    yield database
    await database.close()


async def test_all_work_runs_on_one_thread_that_is_not_the_event_loops(database: Database) -> None:
    threads = await asyncio.gather(*(database.run(lambda _: threading.get_ident()) for _ in range(20)))
    assert len(set(threads)) == 1
    assert threading.get_ident() not in threads


async def test_work_runs_in_the_order_it_was_handed_in(database: Database) -> None:
    order: list[int] = []

    def note(number: int, _: sqlite_utils.Database) -> None:
        order.append(number)

    await asyncio.gather(*(database.run(partial(note, number)) for number in range(50)))
    assert order == list(range(50))


async def test_what_fails_leaves_nothing_behind(database: Database) -> None:
    def half(db: sqlite_utils.Database) -> None:
        write_fact(db, "first", "written")
        raise LookupError("no second")

    with pytest.raises(LookupError, match="no second"):
        await database.run(half)
    assert await database.run(lambda db: read_fact(db, "first")) is None


async def test_a_failure_takes_nobody_elses_writes_with_it(database: Database) -> None:
    def fail(db: sqlite_utils.Database) -> None:
        write_fact(db, "failed", "no")
        raise LookupError

    names = [f"fact {number}" for number in range(100)]
    work = [
        job for name in names for job in (database.run(partial(write_fact, name=name, value="yes")), database.run(fail))
    ]
    results = await asyncio.gather(*work, return_exceptions=True)
    assert sum(isinstance(result, LookupError) for result in results) == 100
    assert await database.run(lambda db: [read_fact(db, name) for name in names]) == ["yes"] * 100
    assert await database.run(lambda db: read_fact(db, "failed")) is None


async def test_cancelling_the_awaiter_does_not_stop_the_write(database: Database) -> None:
    go_on = threading.Event()
    told: list[str] = []

    def write(db: sqlite_utils.Database) -> str:
        go_on.wait(30)
        write_fact(db, "kept", "yes")
        return "committed"

    writing = asyncio.create_task(database.run(write, after=told.append))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    assert await database.run(lambda db: read_fact(db, "kept")) == "yes"
    assert told == ["committed"]


async def test_a_failure_that_nobody_waits_for_any_more_is_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    go_on = threading.Event()

    def fail(_: sqlite_utils.Database) -> None:
        go_on.wait(30)
        raise LookupError("of no use")

    failing = asyncio.create_task(database.run(fail))
    await asyncio.sleep(0)
    failing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await failing
    go_on.set()
    await database.run(lambda _: None)
    assert [record.getMessage() for record in caplog.records] == ["Nothing was written: of no use"]


async def test_closing_waits_for_what_was_handed_in(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "blinkbot.db")
    writes = [database.hand_in(partial(write_fact, name=f"fact {n}", value="yes")) for n in range(50)]
    await database.close()
    assert all(write.done() for write in writes)
    with sqlite3.connect(tmp_path / "blinkbot.db") as reader:
        assert reader.execute("SELECT count(*) FROM facts").fetchone() == (50,)
    reader.close()


async def test_a_closed_database_says_so(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "blinkbot.db")
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError, match="the store is closed"):
        await database.run(lambda _: None)


async def test_no_other_program_can_write_between_our_reading_and_our_writing(
    database: Database, tmp_path: Path
) -> None:
    def read_then_write(db: sqlite_utils.Database) -> None:
        seen = read_fact(db, "count")
        other = sqlite3.connect(tmp_path / "blinkbot.db", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO facts VALUES ('count', 'theirs')")
        other.close()
        write_fact(db, "count", f"{seen} and ours")

    await database.run(read_then_write)
    assert await database.run(lambda db: read_fact(db, "count")) == "None and ours"


async def test_another_program_that_writes_is_waited_for(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "blinkbot.db", check_same_thread=False)
    other.execute("INSERT INTO facts VALUES ('count', 'theirs')")
    writing = database.hand_in(lambda db: write_fact(db, "count", "ours"))
    await asyncio.to_thread(other.commit)
    await writing
    other.close()
    assert await database.run(lambda db: read_fact(db, "count")) == "ours"


async def test_the_connection_is_set_up_for_safety(database: Database) -> None:
    def settings(db: sqlite_utils.Database) -> list[object]:
        return [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")]

    assert await database.run(settings) == ["wal", 1, 2]


async def test_every_table_is_strict(database: Database) -> None:
    assert await database.run(lambda db: [table.name for table in db.tables if not table.strict]) == []


async def test_an_update_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half = Migrations("blinkbot")

    @half()
    def works(db: sqlite_utils.Database) -> None:
        db.table("works").create({"id": int})

    @half()
    def fails(db: sqlite_utils.Database) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("blinkbot.store.sqlite.database.migrations", half)
    with pytest.raises(DataFolderError, match="disk I/O error"):
        await Database.open(tmp_path / "blinkbot.db")
    with sqlite3.connect(tmp_path / "blinkbot.db") as reader:
        assert reader.execute("SELECT name FROM sqlite_master").fetchall() == []
    reader.close()


async def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    first = await Database.open(tmp_path / "blinkbot.db")
    await first.run(lambda db: write_fact(db, "kept", "yes"))
    await first.close()
    second = await Database.open(tmp_path / "blinkbot.db")
    assert await second.run(lambda db: read_fact(db, "kept")) == "yes"
    await second.close()


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "blinkbot.db"
    path.write_bytes(b"My diary. " * 500)
    with pytest.raises(DataFolderError, match=r"blinkbot\.db cannot be used as .* \(file is not a database\)"):
        await Database.open(path)
    assert path.read_bytes() == b"My diary. " * 500


async def test_a_folder_in_the_databases_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "blinkbot.db").mkdir()
    with pytest.raises(DataFolderError, match=r"blinkbot\.db cannot be written \(Is a directory\)"):
        await Database.open(tmp_path / "blinkbot.db")


async def test_a_database_of_a_newer_blinkbot_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "blinkbot.db"
    await (await Database.open(path)).close()
    newer = sqlite_utils.Database(path)
    newer.table("_sqlite_migrations").insert(
        {"migration_set": migrations.name, "name": "holograms", "applied_at": "2031-01-01"}
    )
    newer.close()
    with pytest.raises(DataFolderError, match=r"written by a newer blinkbot \(holograms\)"):
        await Database.open(path)


async def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "blinkbot.db"
    await (await Database.open(path)).close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(DataFolderError, match=r"blinkbot\.db cannot be used .* malformed"):
        await Database.open(path)


async def test_a_full_disk_is_told_and_loses_nothing(database: Database) -> None:
    await database.run(lambda db: write_fact(db, "kept", "yes"))
    await database.run(lambda db: next(db.query("PRAGMA max_page_count = 1")))
    with pytest.raises(DataFolderError, match=r"blinkbot\.db failed \(database or disk is full"):
        await database.run(lambda db: write_fact(db, "large", "x" * 1_000_000))
    assert await database.run(lambda db: read_fact(db, "kept")) == "yes"


async def test_a_mistake_of_ours_is_not_blamed_on_the_file(database: Database) -> None:
    def twice(db: sqlite_utils.Database) -> None:
        db.table("strangers").insert_all([{"chat_id": 1, "met_at": 1}, {"chat_id": 1, "met_at": 2}])

    with pytest.raises(sqlite3.IntegrityError):
        await database.run(twice)
