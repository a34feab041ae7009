"""Who a live view's server has to prove to be, before anything of ours goes there (protocol §9)."""

import hashlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.blink import BlinkClient
from blinkbot.blink.liveview.certificates import BLINK_AUTHORITY, SERVER_NAME, StreamTrust
from blinkbot.errors import LiveViewEnd, LiveViewFailed
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.helpers import HARDWARE_ID
from tests.blink.place import Place

BLINKS = "b1bfa71b"
"""How the digest of Blink's authority begins, as the protocol page has it."""


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    cloud = BlinkCloud(command_seconds=0, seed=1)
    await cloud.start()
    async with Place.signed_in(cloud) as place:
        yield place
    await cloud.stop()


async def glance(client: BlinkClient, place: Place) -> bytes:
    """The first of a live view."""
    async with client.live_view(await place.camera("Porch"), 5) as stream:
        return await anext(aiter(stream))


async def test_a_server_that_proves_itself_is_watched(place: Place) -> None:
    assert (await glance(place.client, place))[:1] == b"\x47"


@pytest.mark.parametrize("kind", ["wrong", "expired", "misnamed"])
async def test_nothing_is_said_to_a_server_that_does_not(place: Place, kind: str) -> None:
    place.cloud.show_certificate(kind)
    with pytest.raises(LiveViewFailed, match=r"blink\.unverified_live_view") as failed:
        await glance(place.client, place)
    assert failed.value.end is LiveViewEnd.UNVERIFIED
    (session,) = place.cloud.live.sessions
    assert not session.joined.is_set()
    await session.command.finished.wait()  # the camera may sleep again
    place.cloud.show_certificate("proper")
    assert await glance(place.client, place)


@pytest.mark.parametrize("kind", ["wrong", "expired", "misnamed"])
async def test_the_owner_may_allow_any_server(place: Place, kind: str) -> None:
    place.cloud.show_certificate(kind)
    async with BlinkClient(place.urls, place.store, HARDWARE_ID, place.timing, unverified_live_view=True) as lenient:
        assert await glance(lenient, place)


def authorities_of(context: ssl.SSLContext) -> list[str]:
    """The digests of whose word is taken."""
    return [digest_of(each) for each in context.get_ca_certs(binary_form=True)]


def digest_of(der: bytes) -> str:
    return hashlib.sha256(der).hexdigest()


@pytest.mark.parametrize("host", ["198.51.100.7", "2001:db8::7", "127.0.0.1"])
def test_a_server_that_an_ip_names_has_to_be_blinks_own(host: str) -> None:
    context, name = StreamTrust(on_loopback=False).of(host)
    (digest,) = authorities_of(context)
    assert digest.startswith(BLINKS)
    assert name.endswith(".immedia-semi.com")
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)


def test_what_counts_on_this_machine_counts_nowhere_else() -> None:
    (digest,) = authorities_of(StreamTrust(on_loopback=True).of("198.51.100.7")[0])
    assert digest.startswith(BLINKS)
    (digest,) = authorities_of(StreamTrust(on_loopback=True).of("127.0.0.1")[0])
    assert not digest.startswith(BLINKS)


@pytest.mark.parametrize("on_loopback", [False, True])
def test_a_server_with_a_name_proves_it_as_any_website_does(on_loopback: bool) -> None:
    context, name = StreamTrust(on_loopback).of("stream.example.org")
    assert name == "stream.example.org"
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert len(authorities_of(context)) != 1


def test_the_authority_of_the_package_is_blinks() -> None:
    assert digest_of(ssl.PEM_cert_to_DER_cert(Path(BLINK_AUTHORITY).read_text())).startswith(BLINKS)
    assert SERVER_NAME.endswith(".immedia-semi.com")
