"""Clips that are found and played again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from blinkbot.domain import Camera, Cause, Family, Home, Network, NoVideo, Seen
from blinkbot.domain.clip_search import ClipDay, ClipEvent, ClipQuery, KeptClip
from blinkbot.domain.deliveries import FileKind, Stage, StoredFile
from blinkbot.errors import NotFound
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, claimed, clip, look

DOCUMENT = StoredFile("file-1", FileKind.DOCUMENT)


async def test_pages_are_newest_first(store: Store) -> None:
    await look(store, *(clip(number) for number in (2, 5, 1, 4, 3)))
    first = await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 2)
    assert [kept.clip.id for kept in first.clips] == [5, 4]
    assert (first.page, first.size, first.total, first.has_older) == (0, 2, 5, True)
    last = await store.clips.for_chat(OWNER).page(ClipQuery(), 2, 2)
    assert [kept.clip.id for kept in last.clips] == [1]
    assert not last.has_older


async def test_clips_of_the_same_moment_keep_one_order(store: Store) -> None:
    await look(store, *(clip(number, recorded_at=NOON) for number in (1, 2, 3)))
    pages = [await store.clips.for_chat(OWNER).page(ClipQuery(), page, 1) for page in range(3)]
    assert [page.clips[0].clip.id for page in pages] == [3, 2, 1]


async def test_a_page_can_be_of_one_camera(store: Store) -> None:
    await look(store, clip(1, camera_id=301), clip(2, camera_id=302), clip(3, camera_id=301))
    page = await store.clips.for_chat(OWNER).page(ClipQuery(301), 0, 10)
    assert [kept.clip.id for kept in page.clips] == [3, 1]
    assert page.total == 2
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(999), 0, 10)).clips == ()


async def test_pages_show_what_can_be_played(store: Store) -> None:
    await look(store, clip(1), clip(2), clip(3), clip(4, partial=True))
    await store.clips.for_chat(OWNER).set_file("cloud:2", FILE)
    await look(store, clip(2, deleted=True), clip(3, deleted=True))
    page = await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)
    assert [(kept.clip.id, kept.file, kept.gone) for kept in page.clips] == [(2, FILE, True), (1, None, False)]
    assert page.total == 2


async def test_a_clip_that_was_never_known_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.clips.for_chat(OWNER).get("cloud:1")


async def test_a_file_id_outlives_a_restart_and_later_entries(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await look(store, clip())
    await store.clips.for_chat(OWNER).set_file("cloud:1", DOCUMENT)
    await look(store, replace(clip(), updated_at=NOON + timedelta(hours=1)))
    await store.close()
    reopened = await Store.open(data_dir, clock)
    kept = await reopened.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert kept.file == DOCUMENT
    await reopened.close()


async def test_a_file_id_that_telegram_does_not_know_can_be_forgotten(store: Store) -> None:
    await look(store, clip())
    await store.clips.for_chat(OWNER).set_file("cloud:1", FILE)
    await store.outbox.forget_file("cloud:1")
    assert await store.clips.for_chat(OWNER).get("cloud:1") == KeptClip(clip())


async def test_each_cameras_newest_clip_is_known(store: Store) -> None:
    await look(store, clip(1), clip(2), clip(3, camera_id=302), clip(4, partial=True), clip(5, deleted=True))
    assert await store.clips.last_of_each_camera() == {301: clip(2), 302: clip(3, camera_id=302)}


async def ids(store: Store, query: ClipQuery) -> list[int]:
    return [kept.clip.id for kept in (await store.clips.for_chat(OWNER).page(query, 0, 50)).clips]


async def test_clips_are_found_from_one_moment_until_just_before_another(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 6)))
    two, four = clip(2).recorded_at, clip(4).recorded_at
    assert await ids(store, ClipQuery(since=two, until=four)) == [3, 2]
    assert await ids(store, ClipQuery(until=two)) == [1]
    assert await ids(store, ClipQuery(since=four)) == [5, 4]
    assert await ids(store, ClipQuery(302, since=two)) == []


async def test_clips_can_be_had_from_an_offset_on(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 6)))
    clips = store.clips.for_chat(OWNER)
    found = await clips.slice(ClipQuery(until=clip(5).recorded_at), 1, 2)
    assert [kept.clip.id for kept in found] == [3, 2]
    assert await clips.slice(ClipQuery(), 5, 10) == ()


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("UTC", {date(2026, 10, 25): 2, date(2026, 10, 24): 2}),
        ("Europe/Berlin", {date(2026, 10, 26): 1, date(2026, 10, 25): 3}),
        ("Asia/Kathmandu", {date(2026, 10, 26): 1, date(2026, 10, 25): 3}),
        ("America/Chicago", {date(2026, 10, 25): 1, date(2026, 10, 24): 3}),
    ],
)
async def test_days_are_those_of_the_zone_also_when_its_clocks_change(
    store: Store, zone: str, days: dict[date, int]
) -> None:
    # Berlin's midnight is at 22:00 before, and at 23:00 UTC after its clocks are set back on October 25.
    times = [(24, 22, 0), (24, 23, 59), (25, 3, 0), (25, 23, 0)]
    recorded = [datetime(2026, 10, day, hour, minute, tzinfo=UTC) for day, hour, minute in times]
    await look(store, *(clip(number, recorded_at=at) for number, at in enumerate(recorded, 1)))
    assert await store.clips.for_chat(OWNER).days(ClipQuery(), ZoneInfo(zone)) == [
        ClipDay(day, count) for day, count in days.items()
    ]


async def test_days_are_of_what_matches_and_can_be_played(store: Store) -> None:
    await look(store, clip(1), clip(2, camera_id=302), clip(3, deleted=True), clip(4, partial=True))
    assert await store.clips.for_chat(OWNER).days(ClipQuery(301), UTC) == [ClipDay(NOON.date(), 1)]
    assert await store.clips.for_chat(OWNER).days(ClipQuery(since=clip(2).recorded_at), UTC) == [
        ClipDay(NOON.date(), 1)
    ]


async def test_what_was_withheld_from_a_chat_is_marked_there_alone(store: Store) -> None:
    await look(store, clip())
    withheld = await claimed(store, NOON)
    await store.outbox.suppress(withheld)
    for chat_id in (OWNER, FAMILY):
        expected = KeptClip(clip(), suppressed=chat_id == withheld.chat_id)
        assert (await store.clips.for_chat(chat_id).page(ClipQuery(), 0, 5)).clips == (expected,)
        assert await store.clips.for_chat(chat_id).get("cloud:1") == expected


async def test_what_was_deleted_from_blink_is_gone_unless_telegram_has_it(store: Store) -> None:
    await look(store, clip(1), clip(2), clip(3))
    await store.clips.for_chat(OWNER).set_file("cloud:2", FILE)
    await store.clips.mark_deleted(["cloud:1", "cloud:2", "cloud:404"])
    assert await ids(store, ClipQuery()) == [3, 2]
    await look(store, clip(1), clip(2))
    assert await ids(store, ClipQuery()) == [3, 2]


async def test_forgetting_a_file_forgets_its_pictures_too(store: Store) -> None:
    await look(store, clip())
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.PHOTO, photo_id="photo", sheet_id="sheet")
    await store.outbox.forget_file("cloud:1")
    second = await claimed(store, NOON)
    assert (second.file, second.photo_id, second.sheet_id) == (None, None, None)


async def delays(store: Store, since: datetime = NOON) -> dict[int, float | None]:
    """The delay of each camera's event."""
    return {happening.camera_id: happening.delay for happening in await store.clips.for_chat(OWNER).events(since)}


async def test_an_event_counts_from_its_recording_until_a_first_chat_sees_it(store: Store, clock: FakeClock) -> None:
    await look(store, clip())
    clock.now = clip().recorded_at + timedelta(seconds=7.5)
    first = await claimed(store, clock())
    await store.outbox.mark_shown(first, 10, Stage.PHOTO)
    clock.forward(60)
    await store.outbox.mark_sent(await claimed(store, clock()), 11, FILE)
    await store.outbox.mark_sent(first, 10, FILE)
    assert await store.clips.for_chat(OWNER).events(NOON) == [ClipEvent(clip().recorded_at, 301, "Porch 🏡", 10, 7.5)]


async def test_what_came_in_an_album_or_not_at_all_has_no_delay(store: Store, clock: FakeClock) -> None:
    clock.now = NOON + timedelta(hours=1)
    await look(store, clip(1, camera_id=301), chats=[OWNER])
    await look(store, clip(2, camera_id=302), push=False)
    (late,) = await store.outbox.claim_album(clock(), most=10)
    await store.outbox.mark_sent(late, 10, FILE)
    assert await delays(store) == {301: None, 302: None}


async def test_what_somebody_asked_for_is_no_event(store: Store) -> None:
    causes = [Cause.SNAPSHOT, Cause.LIVE_VIEW, Cause.DOORBELL, Cause.MOTION, "hamster"]
    await look(store, *(clip(number, camera_id=number, cause=cause) for number, cause in enumerate(causes)))
    assert set(await delays(store)) == {2, 3, 4}


async def test_events_are_told_oldest_first_from_a_moment_on_though_blink_has_deleted_them(store: Store) -> None:
    await look(store, clip(3, camera_id=3), clip(1, camera_id=1), clip(2, camera_id=2))
    await store.clips.mark_deleted(["cloud:2"])
    assert list(await delays(store, clip(2).recorded_at)) == [2, 3]


async def test_pages_and_days_can_be_of_what_was_seen(store: Store) -> None:
    seen: list[tuple[Seen | str, ...]] = [(Seen.PERSON,), ("persons",), (Seen.ANIMAL, Seen.PERSON), (), (Seen.ANIMAL,)]
    await look(store, *(replace(clip(number), seen=what) for number, what in enumerate(seen, start=1)))
    assert await ids(store, ClipQuery(seen=Seen.PERSON)) == [3, 1]
    assert await ids(store, ClipQuery(since=clip(4).recorded_at, seen=Seen.ANIMAL)) == [5]
    assert await ids(store, ClipQuery(seen=Seen.VEHICLE)) == []
    (day,) = await store.clips.for_chat(OWNER).days(ClipQuery(seen=Seen.PERSON), UTC)
    assert day.count == 2


async def test_an_event_tells_of_people_and_of_videos_that_are_not_kept(store: Store) -> None:
    await look(
        store,
        replace(clip(1), seen=(Seen.ANIMAL, Seen.PERSON)),
        replace(clip(2), no_video=NoVideo.NO_SUBSCRIPTION, video=""),
        replace(clip(3), seen=("personnel",)),
    )
    events = await store.clips.for_chat(OWNER).events(NOON)
    assert [(each.of_people, each.has_video) for each in events] == [(True, True), (False, False), (False, True)]


# -- names of before

PORCH = Camera(301, 10, "Porch", Family.CAMERA, "catalina", motion=True, online=True)
PLACE = Home(networks=(Network(10, "Home", armed=True),), cameras=(PORCH,))


async def test_clips_of_a_camera_that_was_replaced_are_those_of_the_new_one(store: Store) -> None:
    await store.home.save(PLACE)
    await look(store, clip(1, camera_id=301), clip(2, camera_id=302), clip(3, camera_id=999))
    await store.home.save(replace(PLACE, cameras=(replace(PORCH, id=302),)))
    page = await store.clips.for_chat(OWNER).page(ClipQuery(302), 0, 10)
    assert [kept.clip.id for kept in page.clips] == [2, 1]


async def test_a_namesake_that_is_still_there_is_another_camera(store: Store) -> None:
    await store.home.save(replace(PLACE, cameras=(PORCH, replace(PORCH, id=302))))
    await look(store, clip(1, camera_id=301), clip(2, camera_id=302))
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(302), 0, 10)).total == 1


async def test_names_that_no_camera_has_now_are_remembered(store: Store) -> None:
    await store.home.save(PLACE)
    shed = replace(clip(1, camera_id=400), camera_name="Shed")
    yard = replace(clip(2, camera_id=301), camera_name="Front yard")
    await look(store, shed, yard, replace(clip(3, camera_id=301), camera_name="porch"))
    former = await store.clips.for_chat(OWNER).former_cameras()
    assert [(camera.id, camera.name) for camera in former] == [(301, "Front yard"), (400, "Shed")]
