"""A database of an earlier blinkbot, taken over."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from blinkbot.domain import Home, Network
from blinkbot.domain.clip_search import ClipQuery
from blinkbot.domain.deliveries import FileKind, Queue, Stage, StoredFile
from blinkbot.domain.preferences import AlertKind, ChatAlerts
from blinkbot.store import Store
from blinkbot.store.preferences import alerts_of
from blinkbot.store.sqlite.mapping import micros, row_of
from blinkbot.store.sqlite.migrations import migrations
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, claimed, clip, pending_count

HOUSE = Network(10, "House", armed=True)
LONG_AGO = NOON.replace(hour=3)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data folder of a blinkbot that knew one way of sending, stopped in the middle of one.

    Clip 1 was sent to the owner and waits for the family, clip 2 was being sent, clip 3 waits since long ago.
    """
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    db = sqlite_utils.Database(folder / "blinkbot.db", strict=True)
    db.enable_wal()
    migrations.apply(db, stop_before="telegram_files")
    seen = {"first_seen_at": micros(NOON), "file_id": None}
    with db.atomic():
        db.table("chats").insert_all(
            {"id": chat_id, "role": "owner", "position": position} for position, chat_id in enumerate((OWNER, FAMILY))
        )
        columns = set(db.table("clips").columns_dict)
        for stored in (clip(1), clip(2), clip(3, recorded_at=LONG_AGO)):
            row = row_of(stored) | seen | ({"file_id": "file-1"} if stored.id == 1 else {})
            db.table("clips").insert({name: value for name, value in row.items() if name in columns})
        sent = {"state": "sent", "priority": 0, "message_id": 10, "finished_at": micros(NOON)}
        db.table("deliveries").insert_all(
            {"queued_at": micros(NOON), "clip_key": f"cloud:{number}", "chat_id": chat_id, **row}
            for number, chat_id, row in (
                (1, OWNER, sent),
                (1, FAMILY, {**sent, "state": "waiting", "message_id": None, "finished_at": None}),
                (2, OWNER, {**sent, "state": "sending", "message_id": None, "finished_at": None}),
                (3, OWNER, {**sent, "state": "waiting", "message_id": None, "finished_at": None}),
            )
        )
        db.table("networks").insert(row_of(HOUSE) | {"position": 0, "last_seen": micros(NOON)})
        db.table("facts").insert({"name": "home seen at", "value": str(micros(NOON))})
    db.close()
    return folder


async def test_what_waited_before_the_update_is_delivered_after_it(store: Store) -> None:
    assert await store.outbox.recover() == 1
    first, second = await claimed(store, NOON), await claimed(store, NOON)
    assert [(each.clip, each.chat_id, each.stage, each.message_id) for each in (first, second)] == [
        (clip(1), FAMILY, Stage.NOTHING, None),
        (clip(2), OWNER, Stage.NOTHING, None),
    ]
    assert [each.clip.id for each in await store.outbox.claim_album(NOON, most=10)] == [3]
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None


async def test_files_of_before_the_update_are_videos(store: Store) -> None:
    page = await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)
    assert [kept.file for kept in page.clips] == [None, StoredFile("file-1", FileKind.VIDEO), None]


async def test_the_home_of_before_the_update_has_no_sirens_until_it_is_seen_again(store: Store) -> None:
    before = Home(networks=(HOUSE,))
    assert await store.home.load() == before
    await store.home.save(replace(before, siren_networks=frozenset({10})))
    assert await store.home.load() == replace(before, siren_networks=frozenset({10}))


async def test_an_update_is_made_once(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await pending_count(reopened) == 3
    await reopened.close()


@pytest.mark.parametrize(("unwanted", "left"), [("motion battery", {"doorbell", "offline"}), ("", {*AlertKind})])
def test_a_chat_that_wanted_no_motion_wants_nothing_that_is_seen_in_it_either(
    tmp_path: Path, unwanted: str, left: set[str]
) -> None:
    db = sqlite_utils.Database(tmp_path / "blinkbot.db", strict=True)
    migrations.apply(db, stop_before="kinds_of_recordings")
    chosen = {"chat_id": OWNER, "unwanted": unwanted, "sheet_first": 0, "loud": 1, "doorbell_in_quiet": 1, "topics": 0}
    db.table("chat_alerts").insert(chosen)
    migrations.apply(db)
    alerts = alerts_of(db, OWNER)
    assert {kind.value for kind in alerts.kinds} == left
    assert alerts == replace(ChatAlerts(), kinds=alerts.kinds)
    db.close()
