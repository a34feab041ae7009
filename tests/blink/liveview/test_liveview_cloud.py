"""Live views of a simulated home, which is as strict with its viewers as the protocol page."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import av
import pytest

from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import Camera, Tokens
from blinkbot.errors import LiveViewFailed, LiveViewUnsupported
from blinkbot.media import MediaWorker
from blinkbot.media.video import probe
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.helpers import HARDWARE_ID, MemoryTokens

KEEP_ALIVE = 0x0A
LATENCY = 0x12
CAMERAS = ["Porch", "Front door", "Living room", "Forêt"]


class Watcher:
    """A signed-in client of a simulated home; its time is the real one, since films take theirs."""

    def __init__(self, cloud: BlinkCloud) -> None:
        self.cloud = cloud
        self.urls = BlinkUrls(oauth=cloud.url, rest=cloud.url)
        self.store = MemoryTokens()
        self.client = BlinkClient(self.urls, self.store, HARDWARE_ID)

    async def sign_in(self) -> None:
        """Get a session."""
        tokens = await OAuthSignIn(self.urls, self.cloud.email, self.cloud.password, HARDWARE_ID).start()
        assert isinstance(tokens, Tokens)
        await self.store.save(tokens)

    async def camera(self, name: str) -> Camera:
        """A camera of the home."""
        return next(camera for camera in (await self.client.home()).cameras if camera.name == name)

    async def watch(self, name: str, seconds: float | None = None) -> bytes:
        """Everything until the end."""
        async with self.client.live_view(await self.camera(name), seconds) as stream:
            return b"".join([chunk async for chunk in stream])

    async def glance(self, name: str, size: int = 100 * 188) -> bytes:
        """So many bytes, then leave."""
        seen = b""
        async with self.client.live_view(await self.camera(name)) as stream:
            async for chunk in stream:
                seen += chunk
                if len(seen) >= size:
                    break
        return seen


@pytest.fixture
async def watcher() -> AsyncIterator[Watcher]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    watcher = Watcher(cloud)
    await watcher.sign_in()
    async with watcher.client:
        yield watcher
    await cloud.stop()


def pictures_in(film: bytes) -> int:
    """How many pictures a transport stream shows."""
    with av.open(BytesIO(film), "r", format="mpegts") as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("name", CAMERAS)
async def test_every_family_can_be_watched(watcher: Watcher, name: str) -> None:
    assert pictures_in(await watcher.glance(name)) > 1
    (session,) = watcher.cloud.live.sessions
    await session.command.finished.wait()
    assert (session.camera.name, session.refused, watcher.cloud.live.refusals) == (name, None, [])
    assert watcher.cloud.count("POST */done/") == 1


async def test_frames_that_come_in_pieces_are_whole(watcher: Watcher) -> None:
    watcher.cloud.live.split = True
    assert pictures_in(await watcher.glance("Porch")) > 1


async def test_what_was_watched_becomes_a_video(watcher: Watcher, tmp_path: Path) -> None:
    await MediaWorker().remux(await watcher.watch("Porch", seconds=1.5), tmp_path / "live.mp4")
    assert 1 <= probe(tmp_path / "live.mp4").duration <= 3
    (session,) = watcher.cloud.live.sessions
    assert session.sent(KEEP_ALIVE) == 1
    assert session.sent(LATENCY) >= 2


async def test_blink_ends_a_live_view_whose_time_is_up(watcher: Watcher) -> None:
    watcher.cloud.live.duration = 1
    assert pictures_in(await watcher.watch("Porch")) > 1


async def test_the_next_camera_can_be_watched_at_once(watcher: Watcher) -> None:
    for name in ("Porch", "Garage"):
        await watcher.glance(name, size=188)
    assert [session.camera.name for session in watcher.cloud.live.sessions] == ["Porch", "Garage"]


async def test_a_camera_out_of_reach_is_told_in_blinks_words(watcher: Watcher) -> None:
    watcher.cloud.take_offline("Porch")
    with pytest.raises(LiveViewFailed, match=r"Blink ended it \(Camera is offline\)"):
        await watcher.watch("Porch")


async def test_rtsp_is_refused_and_the_camera_goes_back_to_sleep(watcher: Watcher) -> None:
    watcher.cloud.live.older = True
    with pytest.raises(LiveViewUnsupported):
        await watcher.watch("Porch")
    (session,) = watcher.cloud.live.sessions
    await session.command.finished.wait()
    assert watcher.cloud.count("POST */done/") == 1
