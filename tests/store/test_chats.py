"""Who has rights, also when a group gets a new id; and strangers."""

import asyncio
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.domain import Chat, Role
from blinkbot.domain.deliveries import Lane
from blinkbot.store import Store
from blinkbot.store import chats as chats_module
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, claimed, clip, held_up, look

SUPERGROUP = -1_000_000_555
STRANGER = 666


def test_nobody_has_rights_in_a_new_store(data_dir: Path, clock: FakeClock) -> None:
    async def chats() -> object:
        store = await Store.open(data_dir, clock)
        try:
            return store.chats()
        finally:
            await store.close()

    assert asyncio.run(chats()) == ()


async def test_the_chats_of_the_settings_own_the_home(store: Store) -> None:
    directory: ports.ChatDirectory = store
    assert directory.chats() == (Chat(OWNER, Role.OWNER), Chat(FAMILY, Role.OWNER))
    assert directory.find(FAMILY) == Chat(FAMILY)
    assert directory.find(STRANGER) is None


async def test_rights_outlive_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert [chat.id for chat in reopened.chats()] == [OWNER, FAMILY]
    await reopened.close()


async def test_a_chat_named_twice_is_one_chat(store: Store) -> None:
    await store.authorize([FAMILY, OWNER, FAMILY])
    assert [chat.id for chat in store.chats()] == [FAMILY, OWNER]


async def test_a_chat_that_left_the_settings_has_no_rights_and_gets_nothing_more(store: Store) -> None:
    await look(store, clip())
    assert await store.authorize([FAMILY]) == (Chat(FAMILY),)
    assert store.find(OWNER) is None
    assert await store.pending_count() == 1
    assert (await claimed(store, NOON)).chat_id == FAMILY


async def test_what_was_being_sent_to_a_chat_without_rights_is_not_sent_again(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await claimed(store, NOON)
    await store.authorize([FAMILY])
    assert await store.recover() == 0
    assert await store.claim(Lane.SIGHT, NOON) is None


async def test_a_chat_can_come_back(store: Store) -> None:
    await store.authorize([OWNER])
    await store.authorize([OWNER, FAMILY])
    await look(store, clip())
    assert await store.pending_count() == 2


async def test_a_chat_keeps_the_language_it_has_chosen(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.set_language(FAMILY, "de")
    assert store.find(FAMILY) == Chat(FAMILY, language="de")
    assert store.find(OWNER) == Chat(OWNER, language=None)
    await store.authorize([FAMILY, OWNER])
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert reopened.chats() == (Chat(FAMILY, language="de"), Chat(OWNER))
    await reopened.set_language(FAMILY, None)
    await reopened.set_language(STRANGER, "de")
    assert reopened.chats() == (Chat(FAMILY), Chat(OWNER))
    assert reopened.find(STRANGER) is None
    await reopened.close()


async def test_a_group_that_becomes_a_supergroup_keeps_its_language(store: Store) -> None:
    await store.set_language(FAMILY, "de")
    await store.migrate_chat(FAMILY, SUPERGROUP)
    assert store.find(SUPERGROUP) == Chat(SUPERGROUP, language="de")


async def test_a_group_that_becomes_a_supergroup_keeps_its_rights(store: Store) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    assert store.find(FAMILY) is None
    assert [chat.id for chat in store.chats()] == [OWNER, SUPERGROUP]


async def test_the_settings_may_go_on_naming_the_old_id(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert [chat.id for chat in await reopened.authorize([OWNER, FAMILY])] == [OWNER, SUPERGROUP]
    assert [chat.id for chat in await reopened.authorize([FAMILY, SUPERGROUP])] == [SUPERGROUP]
    await reopened.close()


async def test_a_group_that_moves_twice_is_still_found(store: Store) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await store.migrate_chat(SUPERGROUP, -777)
    assert [chat.id for chat in await store.authorize([FAMILY])] == [-777]
    assert [chat.id for chat in await store.authorize([SUPERGROUP])] == [-777]


async def test_a_group_that_moves_back_is_still_found(store: Store) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await store.migrate_chat(SUPERGROUP, FAMILY)
    assert [chat.id for chat in await store.authorize([FAMILY])] == [FAMILY]
    assert [chat.id for chat in await store.authorize([SUPERGROUP])] == [FAMILY]


async def test_an_id_that_is_in_use_again_means_itself(store: Store) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await store.migrate_chat(OWNER, FAMILY)
    assert [chat.id for chat in await store.authorize([FAMILY])] == [FAMILY]


async def test_what_was_on_its_way_to_the_group_goes_to_the_supergroup(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[FAMILY])
    first = await claimed(store, NOON)
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await store.postpone(first, NOON, "moved")
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP


async def test_a_clip_on_its_way_to_both_ids_goes_to_the_one_chat_once(store: Store) -> None:
    await store.authorize([FAMILY, SUPERGROUP])
    await look(store, clip(), chats=[FAMILY, SUPERGROUP])
    await store.migrate_chat(FAMILY, SUPERGROUP)
    assert await store.pending_count() == 1
    assert [chat.id for chat in store.chats()] == [SUPERGROUP]


async def test_a_look_that_began_before_the_move_reaches_the_supergroup(store: Store) -> None:
    await store.migrate_chat(FAMILY, SUPERGROUP)
    await look(store, clip(), chats=[FAMILY])
    assert (await claimed(store, NOON)).chat_id == SUPERGROUP


async def test_a_strangers_move_gives_nobody_rights(store: Store) -> None:
    await store.migrate_chat(STRANGER, SUPERGROUP)
    await store.migrate_chat(STRANGER, OWNER)
    assert [chat.id for chat in store.chats()] == [OWNER, FAMILY]
    assert [chat.id for chat in await store.authorize([OWNER])] == [OWNER]


async def test_moving_to_the_same_id_changes_nothing(store: Store) -> None:
    await look(store, clip())
    await store.migrate_chat(FAMILY, FAMILY)
    assert [chat.id for chat in store.chats()] == [OWNER, FAMILY]
    assert await store.pending_count() == 2


async def test_the_directory_follows_though_whoever_asked_was_cancelled(store: Store) -> None:
    with held_up(store):
        moving = asyncio.create_task(store.migrate_chat(FAMILY, SUPERGROUP))
        await asyncio.sleep(0)
        moving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await moving
    await store.pending_count()
    assert [chat.id for chat in store.chats()] == [OWNER, SUPERGROUP]


async def test_a_stranger_is_met_for_the_first_time_once(store: Store, data_dir: Path, clock: FakeClock) -> None:
    assert await store.first_meeting(STRANGER)
    assert not await store.first_meeting(STRANGER)
    assert await store.first_meeting(STRANGER + 1)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert not await reopened.first_meeting(STRANGER)
    await reopened.close()


async def test_a_flood_of_strangers_does_not_fill_the_disk(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats_module, "STRANGERS_KEPT", 3)
    for stranger in range(5):
        clock.forward(1)
        assert await store.first_meeting(stranger)
    assert not await store.first_meeting(4)
    assert not await store.first_meeting(2)
    assert await store.first_meeting(1)
