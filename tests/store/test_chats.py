"""Who has rights, also when a group gets a new id; and strangers."""

import asyncio
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.domain import Chat, Role
from blinkbot.domain.deliveries import Queue
from blinkbot.store import Store
from blinkbot.store import chats as chats_module
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, claimed, clip, held_up, look, pending_count

SUPERGROUP = -1_000_000_555
STRANGER = 666


def test_nobody_has_rights_in_a_new_store(data_dir: Path, clock: FakeClock) -> None:
    async def chats() -> object:
        store = await Store.open(data_dir, clock)
        try:
            return store.chats.all()
        finally:
            await store.close()

    assert asyncio.run(chats()) == ()


async def test_the_chats_of_the_settings_own_the_home(store: Store) -> None:
    directory: ports.ChatDirectory = store.chats
    assert directory.all() == (Chat(OWNER, Role.OWNER), Chat(FAMILY, Role.OWNER))
    assert directory.find(FAMILY) == Chat(FAMILY)
    assert directory.find(STRANGER) is None


async def test_rights_outlive_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert [chat.id for chat in reopened.chats.all()] == [OWNER, FAMILY]
    await reopened.close()


async def test_a_chat_named_twice_is_one_chat(store: Store) -> None:
    await store.chats.authorize([FAMILY, OWNER, FAMILY])
    assert [chat.id for chat in store.chats.all()] == [FAMILY, OWNER]


async def test_a_chat_that_left_the_settings_has_no_rights_and_gets_nothing_more(store: Store) -> None:
    await look(store, clip())
    assert await store.chats.authorize([FAMILY]) == (Chat(FAMILY),)
    assert store.chats.find(OWNER) is None
    assert await pending_count(store) == 1
    assert (await claimed(store, NOON)).chat_id == FAMILY


async def test_what_was_being_sent_to_a_chat_without_rights_is_not_sent_again(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await claimed(store, NOON)
    await store.chats.authorize([FAMILY])
    assert await store.outbox.recover() == 0
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None


async def test_a_chat_can_come_back(store: Store) -> None:
    await store.chats.authorize([OWNER])
    await store.chats.authorize([OWNER, FAMILY])
    await look(store, clip())
    assert await pending_count(store) == 2


async def test_a_chat_keeps_the_language_it_has_chosen(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.chats.set_language(FAMILY, "de")
    assert store.chats.find(FAMILY) == Chat(FAMILY, language="de")
    assert store.chats.find(OWNER) == Chat(OWNER, language=None)
    await store.chats.authorize([FAMILY, OWNER])
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert reopened.chats.all() == (Chat(FAMILY, language="de"), Chat(OWNER))
    await reopened.chats.set_language(FAMILY, None)
    await reopened.chats.set_language(STRANGER, "de")
    assert reopened.chats.all() == (Chat(FAMILY), Chat(OWNER))
    assert reopened.chats.find(STRANGER) is None
    await reopened.close()


async def test_a_group_that_becomes_a_supergroup_keeps_its_language(store: Store) -> None:
    await store.chats.set_language(FAMILY, "de")
    await store.chats.migrate(FAMILY, SUPERGROUP)
    assert store.chats.find(SUPERGROUP) == Chat(SUPERGROUP, language="de")


async def test_a_group_that_becomes_a_supergroup_keeps_its_rights(store: Store) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    assert store.chats.find(FAMILY) is None
    assert [chat.id for chat in store.chats.all()] == [OWNER, SUPERGROUP]


async def test_the_settings_may_go_on_naming_the_old_id(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert [chat.id for chat in await reopened.chats.authorize([OWNER, FAMILY])] == [OWNER, SUPERGROUP]
    assert [chat.id for chat in await reopened.chats.authorize([FAMILY, SUPERGROUP])] == [SUPERGROUP]
    await reopened.close()


async def test_a_group_that_moves_twice_is_still_found(store: Store) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await store.chats.migrate(SUPERGROUP, -777)
    assert [chat.id for chat in await store.chats.authorize([FAMILY])] == [-777]
    assert [chat.id for chat in await store.chats.authorize([SUPERGROUP])] == [-777]


async def test_a_group_that_moves_back_is_still_found(store: Store) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await store.chats.migrate(SUPERGROUP, FAMILY)
    assert [chat.id for chat in await store.chats.authorize([FAMILY])] == [FAMILY]
    assert [chat.id for chat in await store.chats.authorize([SUPERGROUP])] == [FAMILY]


async def test_an_id_that_is_in_use_again_means_itself(store: Store) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await store.chats.migrate(OWNER, FAMILY)
    assert [chat.id for chat in await store.chats.authorize([FAMILY])] == [FAMILY]


async def test_what_was_on_its_way_to_the_group_goes_to_the_supergroup(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[FAMILY])
    first = await claimed(store, NOON)
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await store.outbox.postpone(first, NOON)
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP


async def test_a_clip_on_its_way_to_both_ids_goes_to_the_one_chat_once(store: Store) -> None:
    await store.chats.authorize([FAMILY, SUPERGROUP])
    await look(store, clip(), chats=[FAMILY, SUPERGROUP])
    await store.chats.migrate(FAMILY, SUPERGROUP)
    assert await pending_count(store) == 1
    assert [chat.id for chat in store.chats.all()] == [SUPERGROUP]


async def test_a_look_that_began_before_the_move_reaches_the_supergroup(store: Store) -> None:
    await store.chats.migrate(FAMILY, SUPERGROUP)
    await look(store, clip(), chats=[FAMILY])
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP


async def test_a_strangers_move_gives_nobody_rights(store: Store) -> None:
    await store.chats.migrate(STRANGER, SUPERGROUP)
    await store.chats.migrate(STRANGER, OWNER)
    assert [chat.id for chat in store.chats.all()] == [OWNER, FAMILY]
    assert [chat.id for chat in await store.chats.authorize([OWNER])] == [OWNER]


async def test_moving_to_the_same_id_changes_nothing(store: Store) -> None:
    await look(store, clip())
    await store.chats.migrate(FAMILY, FAMILY)
    assert [chat.id for chat in store.chats.all()] == [OWNER, FAMILY]
    assert await pending_count(store) == 2


async def test_the_directory_follows_though_whoever_asked_was_cancelled(store: Store) -> None:
    with held_up(store):
        moving = asyncio.create_task(store.chats.migrate(FAMILY, SUPERGROUP))
        await asyncio.sleep(0)
        moving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await moving
    await pending_count(store)
    assert [chat.id for chat in store.chats.all()] == [OWNER, SUPERGROUP]


async def test_a_stranger_is_met_for_the_first_time_once(store: Store, data_dir: Path, clock: FakeClock) -> None:
    assert await store.chats.first_meeting(STRANGER)
    assert not await store.chats.first_meeting(STRANGER)
    assert await store.chats.first_meeting(STRANGER + 1)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert not await reopened.chats.first_meeting(STRANGER)
    await reopened.close()


async def test_a_flood_of_strangers_does_not_fill_the_disk(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats_module, "STRANGERS_KEPT", 3)
    for stranger in range(5):
        clock.forward(1)
        assert await store.chats.first_meeting(stranger)
    assert not await store.chats.first_meeting(4)
    assert not await store.chats.first_meeting(2)
    assert await store.chats.first_meeting(1)
