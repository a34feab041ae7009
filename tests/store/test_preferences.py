"""What chats want to be told, and what is muted in them."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from blinkbot import ports
from blinkbot.domain.preferences import EVERYTHING, AlertKind, ChatAlerts, Mute, QuietHours, Scope, Target
from blinkbot.store import Store
from blinkbot.store import preferences as alert_rows
from blinkbot.store.sqlite.migrations import migrations
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, mute_chat

PORCH = Target(Scope.CAMERA, 301)
HOUSE = Target(Scope.NETWORK, 301)
HOUR = timedelta(hours=1)

CHOICES = st.builds(
    ChatAlerts,
    kinds=st.frozensets(st.sampled_from(AlertKind)),
    hidden_cameras=st.frozensets(st.integers(0, 2**63 - 1), max_size=4),
    sheet_first=st.booleans(),
    loud=st.booleans(),
    quiet=st.none() | st.builds(QuietHours, st.times(), st.times()),
    doorbell_in_quiet=st.booleans(),
    topics=st.booleans(),
    silent=st.frozensets(st.sampled_from(AlertKind)),
)


@pytest.fixture(scope="module")
def db() -> sqlite_utils.Database:
    database = sqlite_utils.Database(memory=True, strict=True)
    migrations.apply(database)
    return database


async def test_a_chat_that_never_chose_has_the_defaults(store: Store) -> None:
    preferences: ports.ChatPreferences = store.preferences.for_chat(OWNER)
    assert await preferences.alerts() == ChatAlerts()
    assert await preferences.mutes() == ()


@given(choices=st.lists(CHOICES, min_size=1, max_size=3))
def test_the_last_choice_is_kept_as_it_was_made(db: sqlite_utils.Database, choices: list[ChatAlerts]) -> None:
    for choice in choices:
        alert_rows._choose(db, OWNER, choice)
    assert alert_rows.alerts_of(db, OWNER) == choices[-1]
    assert alert_rows.alerts_of(db, FAMILY) == ChatAlerts()


async def test_choices_and_mutes_outlive_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    chosen = ChatAlerts(frozenset({AlertKind.MOTION}), frozenset({301}), topics=True)
    await store.preferences.for_chat(OWNER).choose_alerts(chosen)
    await mute_chat(store, OWNER, Mute(PORCH, NOON, NOON + HOUR))
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.preferences.for_chat(OWNER).alerts() == chosen
    assert await reopened.preferences.for_chat(OWNER).mutes() == (Mute(PORCH, NOON, NOON + HOUR),)
    await reopened.close()


async def test_mutes_end_by_themselves_and_are_told_ending_soonest_first(store: Store, clock: FakeClock) -> None:
    short, long, house = (
        Mute(PORCH, NOON, NOON + HOUR),
        Mute(EVERYTHING, NOON, NOON + 3 * HOUR),
        Mute(HOUSE, NOON, NOON + 2 * HOUR),
    )
    for mute in (long, short, house):
        await mute_chat(store, OWNER, mute)
    assert await store.preferences.for_chat(OWNER).mutes() == (short, house, long)
    clock.now = short.until
    assert await store.preferences.for_chat(OWNER).mutes() == (house, long)
    assert await store.preferences.for_chat(FAMILY).mutes() == ()


async def test_a_mute_takes_the_place_of_an_earlier_one_of_the_same_target(store: Store) -> None:
    await mute_chat(store, OWNER, Mute(PORCH, NOON, NOON + 5 * HOUR))
    await mute_chat(store, OWNER, Mute(PORCH, NOON, NOON + HOUR))
    assert await store.preferences.for_chat(OWNER).mutes() == (Mute(PORCH, NOON, NOON + HOUR),)


async def test_one_mute_can_be_ended_or_all(store: Store) -> None:
    mutes = [Mute(target, NOON, NOON + HOUR) for target in (PORCH, HOUSE, EVERYTHING)]
    for mute in mutes:
        await mute_chat(store, OWNER, mute)
        await mute_chat(store, FAMILY, mute)
    assert await store.preferences.for_chat(OWNER).unmute(HOUSE) == (mutes[1],)
    assert await store.preferences.for_chat(OWNER).unmute(HOUSE) == ()
    assert set(await store.preferences.for_chat(OWNER).unmute(None)) == {mutes[0], mutes[2]}
    assert await store.preferences.for_chat(OWNER).mutes() == ()
    assert len(await store.preferences.for_chat(FAMILY).mutes()) == 3


async def test_a_mute_that_is_over_cannot_be_ended(store: Store, clock: FakeClock) -> None:
    await mute_chat(store, OWNER, Mute(PORCH, NOON, NOON + HOUR))
    clock.forward(3600)
    assert await store.preferences.for_chat(OWNER).unmute(None) == ()


async def test_what_a_group_has_chosen_holds_in_its_supergroup(store: Store) -> None:
    chosen = ChatAlerts(hidden_cameras=frozenset({301}), quiet=QuietHours(NOON.time(), NOON.time()))
    await store.preferences.for_chat(FAMILY).choose_alerts(chosen)
    await mute_chat(store, FAMILY, Mute(PORCH, NOON, NOON + HOUR))
    await store.chats.migrate(FAMILY, -77)
    assert await store.preferences.for_chat(-77).alerts() == chosen
    assert await store.preferences.for_chat(-77).mutes() == (Mute(PORCH, NOON, NOON + HOUR),)
    assert await store.preferences.for_chat(FAMILY).alerts() == ChatAlerts()
