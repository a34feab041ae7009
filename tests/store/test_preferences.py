"""What chats want to be told, and what is muted in them."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.control.base import AlertStore
from blinkbot.domain.preferences import EVERYTHING, AlertKind, ChatAlerts, Mute, QuietHours, Scope, Target
from blinkbot.store import Store
from blinkbot.store import preferences as alert_rows
from blinkbot.store.sqlite.migrations import migrations
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER

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
)


@pytest.fixture(scope="module")
def db() -> sqlite_utils.Database:
    database = sqlite_utils.Database(memory=True, strict=True)
    migrations.apply(database)
    return database


async def test_a_chat_that_never_chose_has_the_defaults(store: Store) -> None:
    alerts: AlertStore = store
    assert await alerts.chat_alerts(OWNER) == ChatAlerts()
    assert await alerts.mutes(OWNER, NOON) == ()


@given(choices=st.lists(CHOICES, min_size=1, max_size=3))
def test_the_last_choice_is_kept_as_it_was_made(db: sqlite_utils.Database, choices: list[ChatAlerts]) -> None:
    for choice in choices:
        alert_rows._choose(db, OWNER, choice)
    assert alert_rows.alerts_of(db, OWNER) == choices[-1]
    assert alert_rows.alerts_of(db, FAMILY) == ChatAlerts()


async def test_choices_and_mutes_outlive_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    chosen = ChatAlerts(frozenset({AlertKind.MOTION}), frozenset({301}), topics=True)
    await store.choose_alerts(OWNER, chosen)
    await store.mute(OWNER, Mute(PORCH, NOON, NOON + HOUR))
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.chat_alerts(OWNER) == chosen
    assert await reopened.mutes(OWNER, NOON) == (Mute(PORCH, NOON, NOON + HOUR),)
    await reopened.close()


async def test_mutes_end_by_themselves_and_are_told_ending_soonest_first(store: Store) -> None:
    short, long, house = (
        Mute(PORCH, NOON, NOON + HOUR),
        Mute(EVERYTHING, NOON, NOON + 3 * HOUR),
        Mute(HOUSE, NOON, NOON + 2 * HOUR),
    )
    for mute in (long, short, house):
        await store.mute(OWNER, mute)
    assert await store.mutes(OWNER, NOON) == (short, house, long)
    assert await store.mutes(OWNER, short.until) == (house, long)
    assert await store.mutes(FAMILY, NOON) == ()


async def test_a_mute_takes_the_place_of_an_earlier_one_of_the_same_target(store: Store) -> None:
    await store.mute(OWNER, Mute(PORCH, NOON, NOON + 5 * HOUR))
    await store.mute(OWNER, Mute(PORCH, NOON, NOON + HOUR))
    assert await store.mutes(OWNER, NOON) == (Mute(PORCH, NOON, NOON + HOUR),)


async def test_one_mute_can_be_ended_or_all(store: Store) -> None:
    mutes = [Mute(target, NOON, NOON + HOUR) for target in (PORCH, HOUSE, EVERYTHING)]
    for mute in mutes:
        await store.mute(OWNER, mute)
        await store.mute(FAMILY, mute)
    assert await store.unmute(OWNER, HOUSE) == (mutes[1],)
    assert await store.unmute(OWNER, HOUSE) == ()
    assert set(await store.unmute(OWNER, None)) == {mutes[0], mutes[2]}
    assert await store.mutes(OWNER, NOON) == ()
    assert len(await store.mutes(FAMILY, NOON)) == 3


async def test_a_mute_that_is_over_cannot_be_ended(store: Store, clock: FakeClock) -> None:
    await store.mute(OWNER, Mute(PORCH, NOON, NOON + HOUR))
    clock.forward(3600)
    assert await store.unmute(OWNER, None) == ()


async def test_what_a_group_has_chosen_holds_in_its_supergroup(store: Store) -> None:
    chosen = ChatAlerts(hidden_cameras=frozenset({301}), quiet=QuietHours(NOON.time(), NOON.time()))
    await store.choose_alerts(FAMILY, chosen)
    await store.mute(FAMILY, Mute(PORCH, NOON, NOON + HOUR))
    await store.migrate_chat(FAMILY, -77)
    assert await store.chat_alerts(-77) == chosen
    assert await store.mutes(-77, NOON) == (Mute(PORCH, NOON, NOON + HOUR),)
    assert await store.chat_alerts(FAMILY) == ChatAlerts()
