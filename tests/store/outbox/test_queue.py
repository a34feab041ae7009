"""Which delivery goes next."""

from datetime import timedelta

import pytest

from blinkbot.bot.delivery import failure_policy as verdicts
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Delivery, Queue, Stage
from blinkbot.domain.preferences import EVERYTHING, ChatAlerts, Mute
from blinkbot.store import Store
from blinkbot.store.outbox.queue import FIRST_MESSAGE_TIMEOUT, LONGEST_DELAY, LONGEST_HOLD
from blinkbot.store.sqlite.mapping import moment
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, claimed, clip, look, mute_chat

LATER = NOON + timedelta(hours=1)
NOBODY: tuple[int, ...] = ()


async def sights(store: Store) -> list[int]:
    """The ids of the clips of the owner's first messages that are due, in the order in which they are claimed."""
    found: list[int] = []
    while delivery := await store.outbox.claim(Queue.ALERTS, NOON, limited=[FAMILY]):
        found.append(delivery.clip.id)
    return found


async def album(store: Store, most: int = 10, limited: tuple[int, ...] = NOBODY) -> tuple[set[int], list[int]]:
    """The chats and the clips of the next album."""
    found = await store.outbox.claim_album(LATER, most=most, limited=limited)
    return {each.chat_id for each in found}, [each.clip.id for each in found]


async def backlog(store: Store, *numbers: int, chats: tuple[int, ...] = (OWNER, FAMILY)) -> None:
    """Clips of a store whose clock stands at LATER: all of them old."""
    await look(store, *(clip(number) for number in numbers), chats=chats)


# -- first messages


async def test_a_few_alerts_come_in_the_order_in_which_they_happened(store: Store) -> None:
    await look(store, clip(3), clip(1), clip(2), chats=[OWNER])
    assert await sights(store) == [1, 2, 3]


async def test_many_alerts_come_newest_first_until_few_are_left(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 10)), chats=[OWNER])
    assert await sights(store) == [9, 8, 7, 1, 2, 3, 4, 5, 6]


async def test_a_press_of_the_bell_goes_before_everything(store: Store) -> None:
    await look(store, clip(1), clip(2, cause=Cause.DOORBELL), clip(3), chats=[OWNER])
    assert await sights(store) == [2, 1, 3]


async def test_what_was_recorded_long_before_it_was_seen_is_no_alert(store: Store, clock: FakeClock) -> None:
    clock.now = clip(1).recorded_at + timedelta(minutes=15, microseconds=1)
    await look(store, clip(1), clip(2), chats=[OWNER])
    assert await sights(store) == [2]
    assert await album(store) == ({OWNER}, [1])


async def test_how_long_an_alert_is_fresh_is_set_when_the_store_is_opened(store: Store) -> None:
    impatient = await Store.open(store.spool_dir.parent, FakeClock(NOON), fresh_for=timedelta(seconds=5))
    await look(impatient, clip(1, recorded_at=NOON - timedelta(seconds=6)), chats=[OWNER])
    assert [each.backlog for each in await impatient.outbox.claim_album(NOON, most=10)] == [True]
    await impatient.close()


async def test_an_alert_that_grew_old_while_it_waited_joins_the_backlog(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    assert await store.outbox.next_due_at(Queue.BACKLOG) is None
    late = clip(2).recorded_at + timedelta(minutes=15)
    assert (await claimed(store, late)).clip.id == 2
    assert [(each.clip.id, each.backlog) for each in await store.outbox.claim_album(late, most=10)] == [(1, True)]


async def test_what_was_shown_never_joins_the_backlog(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.TEXT)
    assert await store.outbox.claim(Queue.ALERTS, LATER) is None
    assert await album(store) == (set(), [])
    assert (await claimed(store, LATER, Queue.VIDEOS)).clip.id == 1


async def test_of_too_many_alerts_all_but_the_newest_join_the_backlog(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 14)), chats=[OWNER])
    await look(store, clip(20), chats=[FAMILY])
    assert await sights(store) == [9, 10, 11, 12, 13]
    assert await album(store) == ({OWNER}, [8, 7, 6, 5, 4, 3, 2, 1])


async def test_a_dozen_alerts_are_not_too_many(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 13)), chats=[OWNER])
    assert len(await sights(store)) == 12


async def test_a_press_of_the_bell_is_not_lost_in_a_crowd(store: Store) -> None:
    await look(store, clip(0, cause=Cause.DOORBELL), *(clip(number) for number in range(1, 15)), chats=[OWNER])
    assert await sights(store) == [0, 10, 11, 12, 13, 14]


async def test_a_first_sight_waits_for_nobodys_upload(store: Store) -> None:
    await look(store, clip())
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.PHOTO)
    await claimed(store, NOON, Queue.VIDEOS)
    assert (await claimed(store, NOON)).chat_id == FAMILY


async def test_the_backlog_is_not_claimed_one_by_one(store: Store) -> None:
    with pytest.raises(ValueError, match="claim_album"):
        await store.outbox.claim(Queue.BACKLOG, NOON)


# -- videos


async def shown(store: Store) -> None:
    """Every alert is shown."""
    number = 0
    while shown := await store.outbox.claim(Queue.ALERTS, NOON):
        number += 1
        await store.outbox.mark_shown(shown, number, Stage.PHOTO)


async def test_the_freshest_video_goes_first(store: Store) -> None:
    await look(store, clip(3), clip(1), clip(2), chats=[OWNER])
    await shown(store)
    assert [(await claimed(store, NOON, Queue.VIDEOS)).clip.id for _ in range(3)] == [3, 2, 1]


async def test_a_clip_is_uploaded_once_and_the_other_chats_wait_for_its_file(store: Store) -> None:
    await look(store, clip(1), clip(2))
    await shown(store)
    upload = await claimed(store, NOON, Queue.VIDEOS)
    assert (upload.clip.id, upload.chat_id, upload.file) == (2, OWNER, None)
    assert (await claimed(store, NOON, Queue.VIDEOS)).clip.id == 1
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    assert await store.outbox.next_due_at(Queue.VIDEOS) is None
    await store.outbox.mark_sent(upload, 10, FILE)
    second = await claimed(store, NOON, Queue.VIDEOS)
    assert (second.clip.id, second.chat_id, second.file) == (2, FAMILY, FILE)


async def test_a_clip_with_a_file_goes_to_all_chats_side_by_side(store: Store) -> None:
    await look(store, clip())
    await shown(store)
    await store.clips.for_chat(OWNER).set_file("cloud:1", FILE)
    assert {(await claimed(store, NOON, Queue.VIDEOS)).chat_id for _ in range(2)} == {OWNER, FAMILY}


async def half_shown(store: Store, cause: Cause = Cause.MOTION) -> Delivery:
    """A clip that one chat was shown, while its first message is on its way to the other, whose delivery this is."""
    await look(store, clip(cause=cause))
    on_its_way = await claimed(store, NOON)
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.PHOTO)
    return on_its_way


async def test_a_first_sight_that_is_the_video_itself_is_the_one_upload(store: Store) -> None:
    direct = await half_shown(store)
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    await store.outbox.mark_sent(direct, 11, FILE)
    second = await claimed(store, NOON, Queue.VIDEOS)
    assert (second.chat_id, second.file) == (FAMILY, FILE)


async def test_a_first_sight_that_was_a_picture_holds_up_no_upload(store: Store) -> None:
    await store.outbox.mark_shown(await half_shown(store), 11, Stage.PHOTO)
    assert (await claimed(store, NOON, Queue.VIDEOS)).file is None


async def test_a_first_sight_that_did_not_succeed_holds_up_no_upload(store: Store) -> None:
    await store.outbox.postpone(await half_shown(store), NOON + timedelta(seconds=60))
    assert (await claimed(store, NOON, Queue.VIDEOS)).chat_id == FAMILY


async def test_a_chat_for_which_telegram_does_not_answer_holds_up_no_upload_for_long(store: Store) -> None:
    await half_shown(store)
    assert await store.outbox.claim(Queue.VIDEOS, NOON + FIRST_MESSAGE_TIMEOUT - timedelta(seconds=1)) is None
    assert await store.outbox.next_due_at(Queue.VIDEOS) == moment(0)
    assert (await claimed(store, NOON + FIRST_MESSAGE_TIMEOUT, Queue.VIDEOS)).chat_id == FAMILY


async def test_a_first_sight_of_a_press_is_no_video_so_no_upload_waits_for_it(store: Store) -> None:
    await half_shown(store, Cause.DOORBELL)
    assert (await claimed(store, NOON, Queue.VIDEOS)).chat_id == FAMILY


async def test_a_clip_with_a_file_waits_for_no_first_sight(store: Store) -> None:
    await half_shown(store)
    await store.clips.for_chat(OWNER).set_file("cloud:1", FILE)
    assert (await claimed(store, NOON, Queue.VIDEOS)).chat_id == FAMILY


async def test_when_an_upload_is_given_up_the_next_chat_has_its_turn(store: Store) -> None:
    await look(store, clip())
    await shown(store)
    await store.outbox.give_up(await claimed(store, NOON, Queue.VIDEOS))
    assert (await claimed(store, NOON, Queue.VIDEOS)).chat_id == FAMILY


async def test_an_upload_that_brought_no_file_is_made_again_for_the_next_chat(store: Store) -> None:
    await look(store, clip())
    await shown(store)
    await store.outbox.mark_sent(await claimed(store, NOON, Queue.VIDEOS), 10, None)
    second = await claimed(store, NOON, Queue.VIDEOS)
    assert (second.chat_id, second.file) == (FAMILY, None)


# -- the backlog


async def test_an_album_is_of_one_chats_newest_clips(store: Store, clock: FakeClock) -> None:
    clock.now = LATER
    await backlog(store, 1, 2, 3, 4, chats=(OWNER,))
    await backlog(store, 5, 6, 7, chats=(FAMILY,))
    assert await album(store, most=2) == ({FAMILY}, [7, 6])
    assert await album(store, most=2) == ({FAMILY}, [5])
    assert await album(store, most=3) == ({OWNER}, [4, 3, 2])


async def test_an_album_that_is_uploaded_serves_the_other_chats_afterwards(store: Store, clock: FakeClock) -> None:
    clock.now = LATER
    await backlog(store, 1, 2, 3)
    uploads = await store.outbox.claim_album(LATER, most=2)
    assert await album(store) == ({OWNER}, [1])
    for number, upload in enumerate(uploads):
        await store.outbox.mark_sent(upload, number, FILE)
    second = await store.outbox.claim_album(LATER, most=10)
    assert [(each.chat_id, each.clip.id, each.file) for each in second] == [(FAMILY, 3, FILE), (FAMILY, 2, FILE)]


async def test_an_alert_overtakes_whatever_waits_for_albums(store: Store, clock: FakeClock) -> None:
    clock.now = LATER
    await backlog(store, *range(30), chats=(OWNER,))
    await look(store, clip(60), chats=[OWNER])
    assert (await claimed(store, LATER)).clip.id == 60


# -- every queue


@pytest.mark.parametrize("queue", list(Queue))
async def test_chats_that_rest_are_left_out(store: Store, clock: FakeClock, queue: Queue) -> None:
    clock.now = LATER if queue is Queue.BACKLOG else NOON
    await look(store, clip(1))
    if queue is Queue.VIDEOS:
        await shown(store)

    async def chat_of_next(limited: list[int]) -> int | None:
        if queue is Queue.BACKLOG:
            return next(
                (each.chat_id for each in await store.outbox.claim_album(clock(), most=1, limited=limited)), None
            )
        delivery = await store.outbox.claim(queue, clock(), limited=limited)
        return None if delivery is None else delivery.chat_id

    assert await chat_of_next([OWNER, FAMILY]) is None
    assert await chat_of_next([OWNER]) == FAMILY


async def test_a_chat_is_not_held_for_as_long_as_the_clock_was_set_back(store: Store) -> None:
    await look(store, clip(60), chats=[OWNER])
    await store.chats.hold_chat(OWNER, NOON + timedelta(days=1))
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    assert await store.outbox.next_due_at(Queue.ALERTS) == NOON + LONGEST_HOLD
    assert await store.outbox.claim(Queue.ALERTS, NOON + LONGEST_HOLD - timedelta(seconds=1)) is None
    await claimed(store, NOON + LONGEST_HOLD)


async def test_nor_does_a_delivery_wait_as_long(store: Store) -> None:
    await look(store, clip(60), chats=[OWNER])
    await store.outbox.postpone(await claimed(store, NOON), NOON + timedelta(days=1))
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None
    assert await store.outbox.next_due_at(Queue.ALERTS) == NOON + LONGEST_DELAY
    await claimed(store, NOON + LONGEST_DELAY)


async def test_a_wait_that_is_no_longer_than_any_is_waited_out(store: Store) -> None:
    await look(store, clip(60), chats=[OWNER])
    await store.chats.hold_chat(OWNER, NOON + LONGEST_HOLD)
    await store.outbox.postpone(await claimed(store, NOON + LONGEST_HOLD), NOON + LONGEST_DELAY)
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None
    assert await store.outbox.next_due_at(Queue.ALERTS) == NOON + LONGEST_DELAY


def test_no_delay_is_longer_than_the_longest() -> None:
    schedules = [value for name, value in vars(verdicts).items() if name.endswith("_DELAYS")]
    assert verdicts.BLINK_DELAYS in schedules
    assert max(max(schedule) for schedule in schedules) <= LONGEST_DELAY.total_seconds()


async def test_whatever_is_claimed_tells_what_its_chat_wants(store: Store) -> None:
    wanted = ChatAlerts(sheet_first=True)
    over = Mute(EVERYTHING, NOON - timedelta(hours=30), NOON - timedelta(hours=23))
    await store.preferences.for_chat(OWNER).choose_alerts(wanted)
    await mute_chat(store, OWNER, over)
    await look(store, clip(1), clip(2))
    for chat_id, alerts, mutes in ((OWNER, wanted, (over,)), (FAMILY, ChatAlerts(), ())):
        delivery = await claimed(store, NOON)
        assert (delivery.chat_id, delivery.alerts, delivery.mutes) == (chat_id, alerts, mutes)
        await store.outbox.mark_shown(delivery, 10, Stage.PHOTO)
    assert (await claimed(store, NOON, Queue.VIDEOS)).alerts == wanted


async def test_a_clip_that_blink_has_deleted_meanwhile_is_claimed_as_deleted(store: Store) -> None:
    await look(store, clip(1), chats=[OWNER])
    await store.clips.mark_deleted(["cloud:1"])
    assert (await claimed(store, NOON)).clip.deleted


async def test_old_mutes_are_not_handed_along_for_ever(store: Store) -> None:
    await mute_chat(store, OWNER, Mute(EVERYTHING, NOON - timedelta(days=2), NOON - timedelta(days=1)))
    await look(store, clip(), chats=[OWNER])
    assert (await claimed(store, NOON)).mutes == ()
