"""Videos that are too big or odd, on their way into a chat."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from blinkbot.bot.buttons.callbacks import TakePicture
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import UPLOAD_LIMIT, Document, VideoFile
from blinkbot.bot.client.errors import TooBig, is_too_large
from blinkbot.bot.client.video_upload import LOCAL_UPLOAD_LIMIT, TELL_EVERY, UploadLimit, VideoUploads, as_document
from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError
from tests.bot import house

FACTS = VideoFacts(duration=12, width=1280, height=720)


@dataclass
class Workshop(house.Videos):
    """Where videos are made smaller, to `packed` and to `shrunk` bytes.

    Encoding tells each of `parts`, and goes on when `go_on` is set.
    """

    packed: int | MediaError = 10**9
    shrunk: int | MediaError = 10**9
    parts: tuple[float, ...] = ()
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    shrinking: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.go_on.set()

    async def repack(self, video: Path, target: Path) -> int:
        return self._made("repack", target, self.packed)

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        self.shrinking.set()
        for part in self.parts:
            progress(part)
        await self.go_on.wait()
        return self._made(f"shrink to {limit}", target, self.shrunk)

    def _made(self, how: str, target: Path, size: int | MediaError) -> int:
        self.done.append(how)
        if isinstance(size, MediaError):
            raise size
        target.write_bytes(bytes(min(size, 10**6)))
        return size


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A video of a thousand bytes."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(1000))
    return path


async def size_of(path: Path) -> int:
    return (await asyncio.to_thread(path.stat)).st_size


def beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


# -- what fits


async def test_a_video_that_fits_goes_as_it_is(workshop: Workshop, clip: Path) -> None:
    attachment = await VideoUploads(workshop, UploadLimit(1000)).attachment(clip, "Porch", cover=b"cover")
    assert isinstance(attachment, VideoFile)
    assert (attachment.path, attachment.caption, attachment.cover) == (clip, "Porch", b"cover")
    assert workshop.done == []


async def test_what_nobody_can_read_goes_as_a_file(workshop: Workshop, tmp_path: Path) -> None:
    odd = tmp_path / "odd.mp4"
    await asyncio.to_thread(odd.write_bytes, b"broken")
    attachment = await VideoUploads(workshop, UploadLimit(1000)).attachment(odd, "Porch", thumbnail=b"small")
    assert attachment == Document(odd, "Porch", b"small")


@pytest.mark.parametrize("content", [b"broken", bytes(1000)], ids=["a file", "a video"])
async def test_the_buttons_are_under_it_whatever_it_goes_as(workshop: Workshop, tmp_path: Path, content: bytes) -> None:
    path, buttons = tmp_path / "clip.mp4", keyboard([("📷", TakePicture(1))])
    await asyncio.to_thread(path.write_bytes, content)
    attachment = await VideoUploads(workshop, UploadLimit(1000)).attachment(path, "Porch", keyboard=buttons)
    assert attachment.keyboard == buttons
    if isinstance(attachment, VideoFile):
        assert as_document(attachment).keyboard == buttons


# -- what is too big


async def test_packing_it_again_comes_first_since_it_loses_nothing(workshop: Workshop, clip: Path) -> None:
    workshop.packed = 800
    await VideoUploads(workshop, UploadLimit(900)).fit(clip)
    assert await size_of(clip) == 800
    assert workshop.done == ["repack"]
    assert beside(clip) == ["clip.mp4"]


async def test_what_stays_too_big_is_encoded_again(workshop: Workshop, clip: Path) -> None:
    workshop.packed, workshop.shrunk = 950, 700
    await VideoUploads(workshop, UploadLimit(900)).fit(clip)
    assert await size_of(clip) == 700
    assert workshop.done == ["repack", "shrink to 900"]
    assert beside(clip) == ["clip.mp4"]


async def test_what_cannot_be_packed_again_may_still_be_encoded_again(workshop: Workshop, clip: Path) -> None:
    workshop.packed, workshop.shrunk = MediaError("odd"), 700
    await VideoUploads(workshop, UploadLimit(900)).fit(clip)
    assert await size_of(clip) == 700


async def test_what_cannot_be_made_smaller_stays_as_it_is_and_says_how_big(workshop: Workshop, clip: Path) -> None:
    workshop.shrunk = MediaError("no way")
    with pytest.raises(TooBig) as told:
        await VideoUploads(workshop, UploadLimit(900)).fit(clip)
    assert (told.value.size, told.value.limit) == (1000, 900)
    assert await size_of(clip) == 1000
    assert beside(clip) == ["clip.mp4"]


async def test_how_far_it_is_is_told_every_few_seconds(workshop: Workshop, clip: Path) -> None:
    workshop.shrunk, workshop.parts = 700, (0.25,)
    workshop.go_on.clear()
    told: list[float] = []
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await workshop.shrinking.wait()
        if len(pauses) == 2:
            workshop.go_on.set()
            await asyncio.Event().wait()

    async def tell(part: float) -> None:
        told.append(part)

    await VideoUploads(workshop, UploadLimit(900), sleep).fit(clip, tell)
    assert told == [0.0, 0.25]
    assert pauses == [TELL_EVERY, TELL_EVERY]


async def test_words_that_are_not_taken_do_not_end_the_encoding(workshop: Workshop, clip: Path) -> None:
    workshop.shrunk = 700

    async def tell(part: float) -> None:
        raise RetryAfter(30)

    await VideoUploads(workshop, UploadLimit(900)).fit(clip, tell)
    assert await size_of(clip) == 700


async def test_encoding_that_nobody_waits_for_ends_and_leaves_nothing(workshop: Workshop, clip: Path) -> None:
    workshop.go_on.clear()
    fitting = asyncio.create_task(VideoUploads(workshop, UploadLimit(900)).fit(clip))
    await workshop.shrinking.wait()
    fitting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fitting
    assert beside(clip) == ["clip.mp4"]
    assert await size_of(clip) == 1000


# -- what Telegram refuses


class Counter:
    """Where attachments are put; refuses the first ones."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.seen: list[VideoFile | Document] = []

    async def __call__(self, attachment: VideoFile | Document) -> str:
        self.seen.append(attachment)
        if self.refusals:
            raise self.refusals.pop(0)
        return "taken"


async def test_what_is_refused_as_a_video_goes_as_a_file(workshop: Workshop, clip: Path) -> None:
    counter = Counter(BadRequest("Wrong type of the web page content"))
    assert await VideoUploads(workshop, UploadLimit(1000)).show(clip, "Porch", counter, thumbnail=b"small") == "taken"
    assert counter.seen[1] == Document(clip, "Porch", b"small")


@pytest.mark.parametrize(
    "refusal",
    [
        BadRequest("Chat not found"),
        BadRequest("Message to edit not found"),
        BadRequest("message thread not found"),
        Forbidden("bot was blocked by the user"),
        NetworkError("Bad Gateway"),
    ],
)
async def test_a_refusal_of_the_place_is_no_reason_to_upload_again(
    workshop: Workshop, clip: Path, refusal: Exception
) -> None:
    counter = Counter(refusal)
    with pytest.raises(type(refusal)):
        await VideoUploads(workshop, UploadLimit(1000)).show(clip, "Porch", counter)
    assert len(counter.seen) == 1


@pytest.mark.parametrize(
    "refusal",
    [NetworkError("Request Entity Too Large"), BadRequest("Bad Request: file is too big")],
)
async def test_a_server_that_takes_less_than_it_should_is_believed_for_good(
    workshop: Workshop, tmp_path: Path, refusal: Exception
) -> None:
    big = tmp_path / "big.mp4"
    with big.open("wb") as file:
        file.truncate(UPLOAD_LIMIT + 1)
    workshop.packed = 800
    uploads = VideoUploads(workshop, UploadLimit(LOCAL_UPLOAD_LIMIT))
    counter = Counter(refusal)
    assert await uploads.show(big, "Porch", counter) == "taken"
    assert await size_of(big) == 800
    assert uploads.limit.known == UPLOAD_LIMIT


async def test_what_is_refused_at_the_usual_limit_is_too_big(workshop: Workshop, clip: Path) -> None:
    with pytest.raises(TooBig):
        await VideoUploads(workshop, UploadLimit()).show(
            clip, "Porch", Counter(NetworkError("Request Entity Too Large"))
        )


def test_trouble_on_the_way_is_not_a_refusal_of_the_size() -> None:
    assert not is_too_large(NetworkError("Bad Gateway"))


@pytest.mark.parametrize(
    ("api_url", "limit"),
    [
        ("https://api.telegram.org", 50_000_000),
        ("http://127.0.0.1:8081", 2_000_000_000),
        ("https://bots.example.org/api.telegram.org", 2_000_000_000),
    ],
)
def test_a_server_of_ones_own_takes_more(api_url: str, limit: int) -> None:
    assert UploadLimit.of(api_url).known == limit
