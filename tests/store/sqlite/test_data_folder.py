"""The data folder belongs to one user and to one running bot."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from blinkbot.domain.clip_search import ClipQuery
from blinkbot.errors import AlreadyRunning, DataFolderError
from blinkbot.store import DataFolderLock, Store
from tests.clock import FakeClock
from tests.store.things import OWNER, clip, look

HOLD = """
import sys
from pathlib import Path
from blinkbot.store import DataFolderLock
with DataFolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def may_write_everywhere() -> bool:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        return os.access(folder, os.W_OK)


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: mode(path) for path in folder.iterdir()}


def copy_for_all_to_read(folder: Path, target: Path) -> None:
    """A backup brought back carelessly, in the middle of the bot's work."""
    target.mkdir(mode=0o755)
    for name in ("blinkbot.db", "blinkbot.db-wal", "blinkbot.db-shm"):
        shutil.copyfile(folder / name, target / name)
        (target / name).chmod(0o644)


def make(folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)


@pytest.fixture
def wide_open() -> Iterator[None]:
    """A user whose files everybody may read and write unless told otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("wide_open")
async def test_nobody_else_can_read_what_is_kept(data_dir: Path, store: Store) -> None:
    await look(store, clip())
    assert modes_in(data_dir) == {
        "blinkbot.db": 0o600,
        "blinkbot.db-wal": 0o600,
        "blinkbot.db-shm": 0o600,
        "spool": 0o700,
    }
    assert mode(data_dir) == 0o700


async def test_files_that_others_can_read_are_closed_to_them(data_dir: Path, store: Store, tmp_path: Path) -> None:
    await look(store, clip())
    restored = tmp_path / "restored"
    copy_for_all_to_read(data_dir, restored)
    reopened = await Store.open(restored, FakeClock())
    assert set(modes_in(restored).values()) == {0o600, 0o700}
    assert (await reopened.clips.for_chat(OWNER).page(ClipQuery(), 0, 1)).total == 1
    await reopened.close()


async def test_a_folder_that_is_there_already_keeps_its_mode(data_dir: Path, clock: FakeClock) -> None:
    make(data_dir, 0o750)
    await (await Store.open(data_dir, clock)).close()
    assert mode(data_dir) == 0o750


def test_a_second_bot_is_told_who_holds_the_folder(data_dir: Path) -> None:
    with DataFolderLock(data_dir):
        second = DataFolderLock(data_dir)
        with pytest.raises(AlreadyRunning, match=rf"data is used by another blinkbot \(pid {os.getpid()}\)") as refusal:
            second.acquire()
        assert str(data_dir) in str(refusal.value)


def test_a_folder_that_was_let_go_can_be_taken(data_dir: Path) -> None:
    with DataFolderLock(data_dir):
        pass
    with DataFolderLock(data_dir):
        assert (data_dir / "blinkbot.lock").read_text() == f"{os.getpid()}\n"


def test_the_lock_dies_with_its_process(data_dir: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match=f"pid {holder.pid}"):
            DataFolderLock(data_dir).acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with DataFolderLock(data_dir):
        pass


def test_the_lock_file_is_nobody_elses_either(data_dir: Path) -> None:
    with DataFolderLock(data_dir):
        assert mode(data_dir / "blinkbot.lock") == 0o600


def test_a_folder_in_an_impossible_place_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderError, match=r"/file/data cannot be made \(Not a directory\)"):
        DataFolderLock(tmp_path / "file" / "data").acquire()


@pytest.mark.skipif(may_write_everywhere(), reason="this user (root) may write everywhere")
async def test_a_folder_that_cannot_be_written_is_told_by_name(data_dir: Path, clock: FakeClock) -> None:
    make(data_dir, 0o500)
    with pytest.raises(DataFolderError, match=r"data/spool cannot be made \(Permission denied\)"):
        await Store.open(data_dir, clock)


@pytest.mark.skipif(may_write_everywhere(), reason="this user (root) may write everywhere")
async def test_a_database_that_cannot_be_written_is_told_by_name(data_dir: Path, clock: FakeClock) -> None:
    await (await Store.open(data_dir, clock)).close()
    (data_dir / "blinkbot.db").chmod(0o400)
    with pytest.raises(DataFolderError, match=r"blinkbot\.db cannot be written \(Permission denied\)"):
        await Store.open(data_dir, clock)
