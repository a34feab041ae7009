"""The store as a whole: what it forgets, its spool folder, and its end by force."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot.domain.clip_search import ClipQuery
from blinkbot.domain.deliveries import Queue
from blinkbot.domain.preferences import EVERYTHING, Mute
from blinkbot.errors import DataFolderError, NotFound
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, claimed, clip, look, mute_chat, pending_count

LATER = NOON + timedelta(days=60)

SENDING = """
import asyncio, sys
from pathlib import Path
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import claimed, clip, FAMILY, FILE, look, mute_chat, NOON, OWNER, pending_count

async def main():
    store = await Store.open(Path(sys.argv[1]), FakeClock(NOON))
    await store.chats.authorize([OWNER, FAMILY])
    await look(store, clip(1), clip(2), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), 10, FILE)
    await claimed(store, NOON)
    print("sending", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""

WRITING = """
import asyncio, itertools, sys
from pathlib import Path
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, clip, look

async def main():
    store = await Store.open(Path(sys.argv[1]), FakeClock(NOON))
    await store.chats.authorize([OWNER, FAMILY])
    for number in itertools.count():
        await look(store, clip(number))
        print(number, flush=True)

asyncio.run(main())
"""


def killed_after(script: str, data_dir: Path, line: str) -> None:
    """Run a program on the folder, and kill it when it has printed this line."""
    program = subprocess.Popen([sys.executable, "-c", script, str(data_dir)], stdout=subprocess.PIPE, text=True)
    with program:
        assert program.stdout is not None
        assert any(printed.strip() == line for printed in program.stdout)
        program.send_signal(signal.SIGKILL)


async def test_what_a_killed_bot_was_sending_waits_again(data_dir: Path, clock: FakeClock) -> None:
    killed_after(SENDING, data_dir, "sending")
    store = await Store.open(data_dir, clock)
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None
    assert await store.outbox.recover() == 1
    assert (await claimed(store, NOON)).clip == clip(2)
    assert await pending_count(store) == 1
    await store.close()


async def test_a_killed_bot_leaves_no_clip_without_its_deliveries(data_dir: Path, clock: FakeClock) -> None:
    killed_after(WRITING, data_dir, "30")
    store = await Store.open(data_dir, clock)
    clips = (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 1)).total
    assert clips >= 31
    assert await pending_count(store) == 2 * clips
    await store.close()


async def test_old_deliveries_are_forgotten_and_what_can_be_played_is_kept(store: Store, clock: FakeClock) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), message_id=10, file=FILE)
    await store.outbox.give_up(await claimed(store, NOON))
    await look(store, clip(1, deleted=True), clip(2, deleted=True))
    clock.now = LATER
    assert await store.prune(LATER - timedelta(days=30)) == 3  # both deliveries, and the clip nobody can play
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)).total == 1
    with pytest.raises(NotFound):
        await store.clips.for_chat(OWNER).get("cloud:2")


async def test_what_was_withheld_is_forgotten_with_its_time(store: Store, clock: FakeClock) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.suppress(await claimed(store, NOON))
    assert await store.prune(NOON) == 0
    assert await store.prune(LATER) == 1
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert not kept.suppressed


async def test_incidents_are_forgotten_after_the_last_of_their_deliveries(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    first, second = await claimed(store, NOON), await claimed(store, NOON)
    await store.outbox.join_burst(first, timedelta(minutes=5))
    incident = await store.outbox.join_burst(second, timedelta(minutes=5))
    await store.outbox.mark_sent(first, 10, FILE)
    assert await store.prune(LATER) == 1
    assert replace(incident, count=1) == await store.outbox.burst(incident.id)
    await store.outbox.mark_sent(second, 11, FILE)
    assert await store.prune(LATER) == 2
    with pytest.raises(LookupError):
        await store.outbox.burst(incident.id)


async def test_a_mute_is_remembered_for_a_day_after_its_end(store: Store, clock: FakeClock) -> None:
    await mute_chat(store, OWNER, Mute(EVERYTHING, NOON, NOON + timedelta(hours=1)))
    clock.now = NOON + timedelta(hours=25)
    assert await store.prune(NOON - timedelta(days=90)) == 0
    clock.forward(1)
    assert await store.prune(NOON - timedelta(days=90)) == 1


async def test_what_is_still_on_its_way_is_not_forgotten(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await claimed(store, NOON)
    await look(store, clip(1, deleted=True), clip(2, deleted=True))
    assert await store.prune(LATER) == 0
    assert await pending_count(store) == 2


async def test_what_is_recent_is_not_forgotten(store: Store) -> None:
    await look(store, clip(1), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), message_id=10, file=FILE)
    await store.chats.first_meeting(666)
    assert await store.prune(NOON) == 0


async def test_strangers_of_long_ago_are_forgotten(store: Store) -> None:
    await store.chats.first_meeting(666)
    assert await store.prune(LATER) == 1
    assert await store.chats.first_meeting(666)


async def test_a_clip_whose_delivery_was_forgotten_is_not_pushed_again(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), message_id=10, file=FILE)
    assert await store.prune(LATER) == 1
    assert await look(store, clip(), chats=[OWNER, FAMILY]) == []


async def test_the_spool_folder_is_emptied_but_for_what_is_needed(store: Store) -> None:
    needed, left_over = store.spool_dir / "1.mp4", store.spool_dir / "2.mp4"
    for path in (needed, left_over, store.spool_dir / "parts" / "3.mp4"):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert await store.clean_spool(keep=[needed]) == 2
    assert list(store.spool_dir.iterdir()) == [needed]
    assert await store.clean_spool() == 1


async def test_emptying_the_spool_does_not_follow_links(store: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "photo.jpg").touch()
    (store.spool_dir / "link").symlink_to(elsewhere)
    assert await store.clean_spool() == 1
    assert (elsewhere / "photo.jpg").exists()


async def test_a_spool_folder_that_is_gone_is_told(store: Store) -> None:
    store.spool_dir.rmdir()
    with pytest.raises(DataFolderError, match=r"spool cannot be written \(No such file"):
        await store.clean_spool()


async def test_closing_carries_out_what_was_begun(store: Store, data_dir: Path) -> None:
    looks = [look(store, clip(number)) for number in range(20)]
    tasks = [asyncio.create_task(each) for each in looks]
    await asyncio.sleep(0)
    await store.close()
    assert sum(len(pushed) for pushed in await asyncio.gather(*tasks)) == 20
    reader = sqlite3.connect(data_dir / "blinkbot.db")
    assert reader.execute("SELECT count(*) FROM deliveries").fetchone() == (40,)
    reader.close()
