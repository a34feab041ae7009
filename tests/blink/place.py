"""A client and the simulated home that it speaks to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import Camera, Clip, Tokens
from blinkbot.ports import Cloud, SignIn
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.helpers import HARDWARE_ID, FakeTime, MemoryTokens


class Place:
    """A client of a simulated home, signed in by `signed_in`."""

    def __init__(self, cloud: BlinkCloud) -> None:
        self.cloud = cloud
        self.time = FakeTime()
        # Tokens and clips carry the simulator's times, so the wall clock is the real one.
        self.timing = Timing(monotonic=self.time.timing.monotonic, sleep=self.time.sleep)
        self.store = MemoryTokens()
        self.urls = BlinkUrls(oauth=cloud.url, rest=cloud.url)
        self.client = BlinkClient(self.urls, self.store, HARDWARE_ID, self.timing)
        self.handed: Cloud = self.client  # what the other side of the program sees of it

    @classmethod
    @asynccontextmanager
    async def signed_in(cls, cloud: BlinkCloud) -> AsyncIterator["Place"]:
        """A client with a session; closed at the end."""
        place = cls(cloud)
        tokens = await place.sign_in().start()
        assert isinstance(tokens, Tokens)
        await place.store.save(tokens)
        async with place.client:
            yield place

    def sign_in(self, password: str | None = None) -> SignIn:
        """A sign-in to the home's account."""
        return OAuthSignIn(self.urls, self.cloud.email, password or self.cloud.password, HARDWARE_ID, self.timing)

    async def camera(self, name: str) -> Camera:
        """A camera of the home as it is now."""
        home = await self.client.home()
        return next(camera for camera in home.cameras if camera.name == name)

    async def clips(self) -> dict[int, Clip]:
        """Everything media-changed lists, by id."""
        found: dict[int, Clip] = {}
        more: int | None = 1
        while more is not None:
            page = await self.client.changed_page(None, more)
            found.update((clip.id, clip) for clip in page.clips)
            more = page.more
        return found
