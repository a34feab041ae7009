"""The Blink session, the hardware id, the tries at signing in."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.domain import Tokens
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import NOON, held_up

TOKENS = Tokens(access="access-1", refresh="refresh-1", expires_at=NOON, account_id=2**62, tier="u014")


async def test_there_is_no_session_at_first(store: Store) -> None:
    assert await store.tokens.load() is None


async def test_a_session_outlives_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    keeper: ports.TokenStore = store.tokens
    await keeper.save(TOKENS)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.tokens.load() == TOKENS
    await reopened.close()


async def test_a_renewed_session_takes_the_old_ones_place(store: Store) -> None:
    await store.tokens.save(TOKENS)
    renewed = replace(TOKENS, access="access-2", refresh="refresh-2")
    await store.tokens.save(renewed)
    assert await store.tokens.load() == renewed


async def test_a_session_can_be_forgotten(store: Store) -> None:
    await store.tokens.save(TOKENS)
    await store.tokens.forget()
    assert await store.tokens.load() is None


async def test_a_session_is_kept_though_whoever_renewed_it_was_cancelled(store: Store) -> None:
    with held_up(store):
        saving = asyncio.create_task(store.tokens.save(TOKENS))
        await asyncio.sleep(0)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving
    assert await store.tokens.load() == TOKENS


async def test_the_hardware_id_is_made_once_and_kept_for_ever(store: Store, data_dir: Path, clock: FakeClock) -> None:
    made = await store.account.hardware_id()
    assert re.fullmatch(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}", made)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.account.hardware_id() == made
    await reopened.close()


async def test_every_installation_has_its_own_hardware_id(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    other = await Store.open(tmp_path / "other", clock)
    assert await other.account.hardware_id() != await store.account.hardware_id()
    await other.close()


async def test_tries_at_signing_in_are_counted_from_a_moment_on(store: Store) -> None:
    tries = [NOON, NOON + timedelta(minutes=10), NOON + timedelta(minutes=20)]
    for moment in tries:
        await store.account.note_sign_in_attempt(moment)
    assert await store.account.sign_in_attempts(since=tries[1]) == tries[1:]


async def test_tries_of_long_ago_are_forgotten(store: Store) -> None:
    await store.account.note_sign_in_attempt(NOON)
    await store.account.note_sign_in_attempt(NOON + timedelta(days=31))
    assert await store.account.sign_in_attempts(since=NOON) == [NOON + timedelta(days=31)]


async def test_the_credentials_that_were_tried_last_are_known(store: Store) -> None:
    assert await store.account.credentials_tried() is None
    await store.account.set_credentials_tried("ann")
    await store.account.set_credentials_tried("ben")
    assert await store.account.credentials_tried() == "ben"
