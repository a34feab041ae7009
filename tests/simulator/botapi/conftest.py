"""A running simulator, a bot that talks to it over HTTP, and things to send."""

import io
from collections.abc import AsyncIterator

import httpx
import pytest
from PIL import Image
from telegram import Bot

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.clock import FakeClock
from tests.plain_http import NO_CERTIFICATES, plain_bot


@pytest.fixture(autouse=True)
def timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let python-telegram-bot give lengths of time as timedelta; it warns of the numbers it gave before."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=clock) as running:
        yield running


@pytest.fixture
def phone(server: TelegramServer) -> Phone:
    return server.phone(1001, first_name="Ada", username="ada_l")


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with plain_bot(server) as running:
        yield running


class RawApi:
    """Calls without a library in between: whatever a program could send."""

    def __init__(self, client: httpx.AsyncClient, prefix: str) -> None:
        self.client = client
        self.prefix = prefix

    async def __call__(self, method: str, **fields: object) -> httpx.Response:
        return await self.client.post(f"{self.prefix}/{method}", json=fields)

    async def refused(self, method: str, **fields: object) -> str:
        """The description of a call that must not succeed."""
        answer = (await self(method, **fields)).json()
        assert answer["ok"] is False
        return str(answer["description"])

    async def result(self, method: str, **fields: object) -> object:
        """The result of a call that must succeed."""
        answer = (await self(method, **fields)).json()
        assert answer["ok"] is True, answer
        return answer["result"]


@pytest.fixture
async def api(server: TelegramServer) -> AsyncIterator[RawApi]:
    async with httpx.AsyncClient(verify=NO_CERTIFICATES) as client:
        yield RawApi(client, f"{server.url}/bot{server.token}")


def picture(width: int = 64, height: int = 48, kind: str = "JPEG", color: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, kind)
    return buffer.getvalue()


MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00\x00\x00\x08free" * 20
"""Enough of an MP4 for a server that looks at its first bytes only."""
