"""blinkpy, as it comes from PyPI, lives with the simulated cloud as it does with the real one.

Nothing of it is patched, not even an address: only name service and TLS are ours (`blink_names`).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from io import BytesIO
from pathlib import Path

import av
import pytest
import pytest_asyncio
from blinkpy import api
from blinkpy.auth import Auth, BlinkTwoFARequiredError
from blinkpy.blinkpy import Blink
from blinkpy.camera import BlinkCamera

from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Clip
from blinkbot.simulator.blinkcloud.endpoints.usb_storage import StoredClip
from tests.peer.blink_names import TlsFront

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    # blinkpy's own, from Python 3.12 on.
    pytest.mark.filterwarnings(r"ignore:datetime\.datetime\.utcnow:DeprecationWarning:blinkpy"),
]

KEEP_ALIVE = 0x0A
A_FEW_PICTURES = 100 * 188
"""Bytes of live view."""

LONG_AGO = "2020/01/01 00:00:00"


class Peer:
    """A home, and blinkpy signed in to it with the code that was sent.

    One for the whole module: blinkpy lets seconds pass between requests of a kind.
    """

    def __init__(self, cloud: BlinkCloud, blink: Blink) -> None:
        self.cloud = cloud
        self.blink = blink
        self.asked_for_code = False
        self.porch: Clip
        self.door: Clip
        self.garage: StoredClip

    async def prepare(self) -> None:
        """Things happen in the home; blinkpy signs in and looks around."""
        self.porch = await self.cloud.motion("Porch", created_ago=90)
        self.door = await self.cloud.press("Front door")
        self.garage = await self.cloud.motion_on_usb("Garage", created_ago=30)
        try:
            await self.blink.start()
        except BlinkTwoFARequiredError:
            self.asked_for_code = True
            assert await self.blink.send_2fa_code(self.cloud.pin)
        assert await self.blink.refresh(force=True)

    def there(self, name: str) -> Camera:
        """A camera in the home."""
        return self.cloud.home.camera(name)

    def here(self, name: str) -> BlinkCamera:
        """The same camera as blinkpy has it."""
        return self.blink.cameras[name]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def peer() -> AsyncIterator[Peer]:
    async with AsyncExitStack() as stack:
        cloud = BlinkCloud(pin_required=True, command_seconds=0, clip_seconds=1)
        await cloud.start()
        stack.push_async_callback(cloud.stop)
        cloud.live.polling_interval = 1
        session = await stack.enter_async_context((await stack.enter_async_context(TlsFront(cloud))).session())
        blink = Blink(session=session)
        blink.auth = Auth({"username": cloud.email, "password": cloud.password}, no_prompt=True, session=session)
        peer = Peer(cloud, blink)
        await peer.prepare()
        yield peer


async def test_it_signs_in_with_the_code_that_was_sent(peer: Peer) -> None:
    assert peer.asked_for_code
    assert peer.blink.available
    assert peer.cloud.sign_ins == 1
    assert (peer.blink.account_id, peer.blink.auth.region_id) == (peer.cloud.account_id, peer.cloud.tier)


async def test_it_comes_back_with_its_session_and_sends_no_password(peer: Peer) -> None:
    kept = dict(peer.blink.auth.login_attributes)
    again = Auth({**kept, "password": "forgotten"}, no_prompt=True, session=peer.blink.auth.session)
    await again.startup()
    assert again.token not in (None, kept["token"])
    assert peer.cloud.sign_ins == 1
    peer.blink.auth.token, peer.blink.auth.refresh_token = again.token, again.refresh_token


async def test_it_finds_every_camera_of_all_three_families(peer: Peer) -> None:
    found = {name: (camera.camera_type, camera.product_type) for name, camera in peer.blink.cameras.items()}
    assert found == {
        "Porch": ("", "catalina"),
        "Garage": ("", "white"),
        "Front door": ("doorbell", "lotus"),
        "Living room": ("mini", "owl"),
        'Tom & "Jerry" <cats> 🐈': ("mini", "hawk"),
        "Forêt": ("mini", "superior"),
    }


async def test_it_sees_what_each_camera_sees(peer: Peer) -> None:
    assert peer.blink.cameras
    for name, camera in peer.blink.cameras.items():
        assert jpeg_of(peer.there(name)).startswith(b"\xff\xd8")
        assert camera.image_from_cache in (jpeg_of(peer.there(name)), *earlier_jpegs(peer.there(name)))


async def test_it_reads_how_a_camera_is(peer: Peer) -> None:
    porch = peer.here("Porch")
    assert (porch.temperature, porch.temperature_calibrated, porch.battery, porch.online) == (54, 54, "ok", True)


async def test_it_arms_and_disarms(peer: Peer) -> None:
    home = peer.cloud.home.network("Home")
    await peer.blink.sync["Home"].async_arm(False)
    assert not home.armed
    await peer.blink.sync["Home"].async_arm(True)
    assert home.armed


async def test_it_switches_motion_detection_of_one_camera(peer: Peer) -> None:
    for name in ("Porch", "Front door", "Living room"):
        camera = peer.here(name)
        switch = api.request_motion_detection_disable
        await switch(peer.blink, camera.network_id, camera.camera_id, camera_type=camera.camera_type, force=True)
        assert not peer.there(name).motion_enabled


async def test_a_snap_is_a_new_picture_at_a_new_address(peer: Peer) -> None:
    porch = peer.here("Porch")
    address, picture = porch.thumbnail, porch.image_from_cache
    await porch.snap_picture()
    assert await peer.blink.refresh(force=True)
    assert porch.thumbnail != address
    assert porch.image_from_cache != picture
    assert porch.image_from_cache == jpeg_of(peer.there("Porch"))


@pytest.mark.parametrize("name", ["Front door", "Living room", "Forêt"])
async def test_it_snaps_with_the_other_families_too(peer: Peer, name: str) -> None:
    camera, before = peer.here(name), jpeg_of(peer.there(name))
    # As camera.snap_picture() does, without its pause of five seconds.
    snap = api.request_new_image
    await snap(peer.blink, camera.network_id, camera.camera_id, camera_type=camera.camera_type, force=True)
    assert jpeg_of(peer.there(name)) != before


async def test_it_lists_what_was_recorded(peer: Peer) -> None:
    listed = {item["id"]: item for item in await peer.blink.get_videos_metadata(since=LONG_AGO)}
    assert listed[peer.porch.id]["device_name"] == "Porch"
    assert listed[peer.door.id]["source"] == "button_press"


async def test_it_downloads_what_was_recorded(peer: Peer, tmp_path: Path) -> None:
    await peer.blink.download_videos(str(tmp_path), since=LONG_AGO, camera="Porch", delay=0)
    assert peer.porch.mp4 in contents(tmp_path)
    assert peer.door.mp4 not in contents(tmp_path)


async def test_it_sees_that_usb_storage_is_active(peer: Peer) -> None:
    assert peer.blink.sync["Home"].local_storage
    assert not peer.blink.sync["Forêt"].local_storage


async def test_it_reads_a_clip_from_the_usb_stick(peer: Peer, tmp_path: Path) -> None:
    home = peer.blink.sync["Home"]
    assert home.local_storage_manifest_ready
    # The manifest has no public name of its own; blinkpy's README reads it from here.
    (item,) = home._local_storage["manifest"]
    assert item.name == "Garage"
    await item.prepare_download(peer.blink)
    assert await item.download_video(peer.blink, str(tmp_path / "garage.mp4"))
    assert contents(tmp_path) == [peer.garage.mp4]


@pytest.mark.parametrize("name", ["Porch", "Living room", "Front door"])
async def test_it_plays_live_view_through_its_own_proxy(peer: Peer, name: str) -> None:
    stream = await peer.here(name).init_livestream()
    await stream.start()
    feeding = asyncio.create_task(stream.feed())
    host, port = stream.socket.getsockname()
    player, hanging_up = await asyncio.open_connection(host, port)
    film = await player.readexactly(A_FEW_PICTURES)
    hanging_up.close()
    await feeding
    assert pictures_in(film) > 1
    session = peer.cloud.live.sessions[-1]
    await session.command.finished.wait()
    assert (session.camera.name, session.refused) == (name, None)
    assert session.sent(KEEP_ALIVE) >= 1


async def test_nothing_it_asked_for_was_unknown_here(peer: Peer) -> None:
    assert len(peer.cloud.requests) > 50
    assert peer.cloud.unknown_requests == []
    assert peer.cloud.live.refusals == []


def jpeg_of(camera: Camera) -> bytes:
    """The newest picture of a camera."""
    assert camera.picture is not None
    return camera.picture.jpeg


def earlier_jpegs(camera: Camera) -> list[bytes]:
    """The pictures before it."""
    return [picture.jpeg for picture in camera.earlier_pictures]


def contents(folder: Path) -> list[bytes]:
    """The files in a folder."""
    return [file.read_bytes() for file in folder.iterdir()]


def pictures_in(film: bytes) -> int:
    """How many pictures a piece of a transport stream shows."""
    with av.open(BytesIO(film), "r", format="mpegts") as container:
        return sum(1 for _ in container.decode(video=0))
