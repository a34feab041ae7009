"""A client, and one to which a code was sent."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.domain import PinRequest
from tests.blink.helpers import Loopback
from tests.blink.signin.signin_pages import Blink, Client


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    blink = Blink()
    async with Loopback(blink.answer) as loopback:
        client = Client(blink, loopback)
        yield client
        await client.sign_in.aclose()


@pytest.fixture
async def asked(client: Client) -> Client:
    """A client to which Blink has just sent a code."""
    client.blink.pin_needed = True
    assert isinstance(await client.sign_in.start(), PinRequest)
    return client
