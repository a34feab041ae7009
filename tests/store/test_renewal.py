"""The session that two programs share: its kind, and the turns at renewing it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blinkbot.domain import SessionKind, Tokens
from blinkbot.errors import BlinkUnreachable
from blinkbot.store import Store
from tests.clock import FakeClock

SESSION = Tokens("access", "refresh", datetime(2026, 11, 22, 16, tzinfo=UTC), 2**40, "u014")

HOLDER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from blinkbot.store import Store

async def main():
    store = await Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC))
    async with store.tokens.renewal():
        print("mine", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    await store.close()

asyncio.run(main())
"""


@pytest.fixture
async def other(data_dir: Path, clock: FakeClock) -> AsyncIterator[Store]:
    """The same folder, opened by another program."""
    store = await Store.open(data_dir, clock)
    yield store
    await store.close()


@pytest.mark.parametrize("kind", list(SessionKind))
async def test_a_session_comes_back_with_its_kind(store: Store, kind: SessionKind) -> None:
    tokens = Tokens("access", "", SESSION.expires_at, 7, "prod", kind, 2**33)
    await store.tokens.save(tokens)
    assert await store.tokens.load() == tokens


async def test_one_program_sees_the_others_session_at_once(store: Store, other: Store) -> None:
    await store.tokens.save(SESSION)
    assert await other.tokens.load() == SESSION


async def test_a_second_renewal_begins_when_the_first_has_ended(store: Store, other: Store) -> None:
    begun = asyncio.Event()
    order = []

    async def second() -> None:
        begun.set()
        async with other.tokens.renewal():
            order.append("second")

    async with store.tokens.renewal():
        waiting = asyncio.create_task(second())
        await begun.wait()
        await asyncio.sleep(0)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_another_process_is_waited_for(store: Store, data_dir: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        str(data_dir),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"mine\n"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3), store.tokens.renewal():
            raise AssertionError("both held it")
    holder.stdin.write(b"\n")
    async with asyncio.timeout(10), store.tokens.renewal():
        pass
    await holder.communicate()


async def test_a_process_that_dies_lets_go(store: Store, data_dir: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        str(data_dir),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"mine\n"
    holder.kill()
    await holder.communicate()
    async with asyncio.timeout(5), store.tokens.renewal():
        pass


async def test_a_renewal_that_does_not_end_is_told(store: Store, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with store.tokens.renewal():
        monkeypatch.setattr("blinkbot.store.account.RENEWAL_TIMEOUT", 0)
        with pytest.raises(BlinkUnreachable, match="renewing the session"):
            async with other.tokens.renewal():
                raise AssertionError("both held it")
