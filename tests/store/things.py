"""Clips, chats and moments to keep."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from blinkbot.domain import Cause, Clip
from blinkbot.domain.deliveries import Delivery, DeliveryState, Queue, StoredFile
from blinkbot.domain.preferences import Mute
from blinkbot.store import Store
from tests.clock import FakeClock

OWNER = 4_711
FAMILY = -100_200_300
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""When clip 0 was recorded; each following one a minute later. The clock of the tests stands there at first."""

FILE = StoredFile("file-1")


def clip(
    number: int = 1,
    *,
    camera_id: int = 301,
    recorded_at: datetime | None = None,
    updated_at: datetime | None = None,
    partial: bool = False,
    deleted: bool = False,
    cause: Cause | str = Cause.MOTION,
) -> Clip:
    """A clip as Blink lists it."""
    recorded = recorded_at or NOON + timedelta(minutes=number)
    return Clip(
        key=f"cloud:{number}",
        id=number,
        network_id=10,
        network_name="Home & <Garden>",
        camera_id=camera_id,
        camera_name="Porch 🏡",
        recorded_at=recorded,
        updated_at=updated_at or recorded + timedelta(seconds=20),
        cause=cause,
        video=f"/api/v3/media/clip/{number}.mp4",
        thumbnail=f"/api/v3/media/thumb/{number}",
        time_zone="America/Chicago",
        partial=partial,
        deleted=deleted,
    )


class Everything:
    """Every clip is to be pushed."""

    def __contains__(self, key: object) -> bool:
        return True


async def look(store: Store, *clips: Clip, push: bool = True, chats: Sequence[int] = (OWNER, FAMILY)) -> list[Clip]:
    """One look at Blink's list."""
    cursor = max((clip.updated_at for clip in clips), default=None)
    return await store.clips.record(clips, to_push=Everything() if push else (), chats=chats, cursor=cursor)


async def claimed(store: Store, now: datetime, queue: Queue = Queue.ALERTS) -> Delivery:
    """The delivery that is due; there has to be one."""
    delivery = await store.outbox.claim(queue, now)
    assert delivery is not None
    return delivery


async def pending_count(store: Store) -> int:
    """How many deliveries are on their way: waiting or being sent."""
    return await store.database.run(
        lambda db: db.table("deliveries").count_where("state IN (?, ?)", [DeliveryState.WAITING, DeliveryState.SENDING])
    )


async def mute_chat(store: Store, chat_id: int, mute: Mute) -> None:
    """A chat mutes the target at the time of the mute's begin."""
    clock = store._clock
    assert isinstance(clock, FakeClock)
    now, clock.now = clock.now, mute.since
    await store.preferences.for_chat(chat_id).mute(mute.target, mute.until)
    clock.now = now


@contextmanager
def held_up(store: Store) -> Iterator[None]:
    """Keeps the database's thread busy, so that what is asked for inside has to queue."""
    go_on = threading.Event()
    store.database.hand_in(lambda _: go_on.wait(30))
    try:
        yield
    finally:
        go_on.set()
