"""Two programs on one session: the bot, and `blinkbot api` beside it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import Tokens
from blinkbot.errors import SessionEnded
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.store import Store


def now() -> datetime:
    return datetime.now(UTC)


class Programs:
    """Two clients, each with a store of its own on the same folder."""

    def __init__(self, cloud: BlinkCloud, stores: list[Store], clients: list[BlinkClient]) -> None:
        self.cloud = cloud
        self.stores = stores
        self.clients = clients


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[Programs]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    urls = BlinkUrls(oauth=cloud.url, rest=cloud.url)
    stores = [await Store.open(tmp_path, now) for _ in range(2)]
    hardware_id = await stores[0].account.hardware_id()
    tokens = await OAuthSignIn(urls, cloud.email, cloud.password, hardware_id).start()
    assert isinstance(tokens, Tokens)
    await stores[0].tokens.save(tokens)
    clients = [BlinkClient(urls, store.tokens, hardware_id) for store in stores]
    yield Programs(cloud, stores, clients)
    for client in clients:
        await client.aclose()
    for store in stores:
        await store.close()
    await cloud.stop()


async def test_when_the_token_ends_for_both_it_is_renewed_once(programs: Programs) -> None:
    programs.cloud.expire_tokens()
    # Slow, so that the second program finds the first one in the middle of it.
    programs.cloud.slow("/oauth/token", 0.3)
    before = programs.cloud.count("/oauth/token")
    homes = await asyncio.gather(*(client.home() for client in programs.clients))
    assert all(home.cameras for home in homes)
    assert programs.cloud.count("/oauth/token") - before == 1
    assert await programs.stores[0].tokens.load() == await programs.stores[1].tokens.load()


async def test_what_one_renewed_the_other_uses(programs: Programs) -> None:
    first, second = programs.clients
    for _ in range(3):
        programs.cloud.expire_tokens()
        before = programs.cloud.count("/oauth/token")
        await first.home()
        await second.home()
        assert programs.cloud.count("/oauth/token") - before == 1


async def test_when_one_signs_out_the_other_learns_that_its_session_has_ended(programs: Programs) -> None:
    bot, terminal = programs.clients
    await bot.home()
    await terminal.logout()
    with pytest.raises(SessionEnded, match="another program"):
        await bot.home()


async def test_when_blink_ends_the_session_both_learn_it(programs: Programs) -> None:
    for client in programs.clients:
        await client.home()
    programs.cloud.expire_tokens()
    programs.cloud.revoke_refresh()
    for client in programs.clients:
        with pytest.raises(SessionEnded):
            await client.home()


async def test_a_new_sign_in_by_one_serves_the_other(programs: Programs) -> None:
    bot, terminal = programs.clients
    await bot.home()
    await terminal.logout()
    urls = BlinkUrls(oauth=programs.cloud.url, rest=programs.cloud.url)
    hardware_id = await programs.stores[1].account.hardware_id()
    tokens = await OAuthSignIn(urls, programs.cloud.email, programs.cloud.password, hardware_id).start()
    assert isinstance(tokens, Tokens)
    await programs.stores[1].tokens.save(tokens)
    assert (await bot.home()).cameras
