"""A live view's stream becomes a video that plays, with the very pictures that came."""

import asyncio
import os
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import pytest
from PIL import Image

from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError
from blinkbot.media import MediaWorker
from blinkbot.media.remux import to_mp4
from blinkbot.media.video import probe

PACKET = 188
PER_SECOND = 10


@cache
def live(*, seconds: int = 3, sound: str | None = None, began_at: float = 0.0, reordered: bool = False) -> bytes:
    """A transport stream with a picture that stands by itself at each second.

    `began_at` is what the camera's clock said at its start, in seconds; `reordered` pictures are not sent in the order
    they are shown in.
    """
    sink = BytesIO()
    options = {"g": str(PER_SECOND), "sc_threshold": "0", "bf": "2" if reordered else "0"}
    with av.open(sink, "w", format="mpegts") as container:
        video = container.add_stream("libx264", rate=PER_SECOND, options=options)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        track = container.add_stream(sound, rate=48000) if sound else None
        for number in range(seconds * PER_SECOND):
            shown = Image.effect_noise((320, 180), 10 + number).convert("RGB")
            frame = av.VideoFrame.from_image(shown)  # type: ignore[no-untyped-call]  # PyAV left it so
            frame.pts = number + round(began_at * PER_SECOND)
            frame.time_base = Fraction(1, PER_SECOND)
            container.mux(video.encode(frame))
            if isinstance(track, av.AudioStream):
                container.mux(track.encode(silence(number, began_at)))
        container.mux(video.encode())
        if isinstance(track, av.AudioStream):
            container.mux(track.encode())
    return sink.getvalue()


def silence(number: int, began_at: float) -> av.AudioFrame:
    """The sound to one picture."""
    samples = 48000 // PER_SECOND
    frame = av.AudioFrame(format="fltp", layout="stereo", samples=samples)
    frame.sample_rate, frame.time_base = 48000, Fraction(1, 48000)
    frame.pts = number * samples + round(began_at * 48000)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    return frame


def pictures(video: Path | bytes) -> list[bytes]:
    """The brightness of every pixel of every picture, in the order they are shown in."""
    with av.open(BytesIO(video) if isinstance(video, bytes) else str(video), "r") as container:
        return [bytes(frame.planes[0]) for frame in container.decode(video=0)]


def there_is(file: Path, content: bytes) -> None:
    """Write a file; tests with an event loop may not do it themselves."""
    file.write_bytes(content)


def contents(folder: Path) -> dict[str, bytes]:
    """What each file of a folder holds; pipes hold nothing."""
    return {file.name: file.read_bytes() if file.is_file() else b"" for file in folder.iterdir()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "live.mp4"


@pytest.mark.parametrize("reordered", [False, True])
def test_every_picture_is_kept_as_it_came(target: Path, reordered: bool) -> None:
    stream = live(reordered=reordered)
    to_mp4(stream, target)
    assert pictures(target) == pictures(stream)
    assert len(pictures(target)) == 30


def test_a_file_will_do_as_well(target: Path, tmp_path: Path) -> None:
    (tmp_path / "live.ts").write_bytes(live())
    to_mp4(tmp_path / "live.ts", target)
    assert probe(target) == VideoFacts(duration=3, width=320, height=180)


def test_the_index_comes_first_so_that_players_start_at_once(target: Path) -> None:
    to_mp4(live(), target)
    assert target.read_bytes().index(b"moov") < target.read_bytes().index(b"mdat")


@pytest.mark.parametrize("began_at", [0.0, 95_400.0])
def test_it_begins_at_zero_however_long_the_camera_has_been_on(target: Path, began_at: float) -> None:
    to_mp4(live(began_at=began_at), target)
    with av.open(str(target)) as container:
        assert container.start_time == 0
        assert container.duration == 3_000_000


def test_a_camera_whose_clock_runs_over_goes_on(target: Path) -> None:
    to_mp4(live(began_at=2**33 / 90_000 - 1), target)
    assert probe(target).duration == 3


def test_sound_is_kept_beside_the_pictures(target: Path) -> None:
    to_mp4(live(sound="aac", began_at=50.0), target)
    with av.open(str(target)) as container:
        (track,) = container.streams.audio
        assert track.codec_context.name == "aac"
        heard = sum(frame.samples for frame in container.decode(audio=0)) / 48000
    assert heard == pytest.approx(3, abs=0.2)
    assert probe(target).duration == 3


def aac_of_no_channels(stream: bytes) -> bytes:
    """The same stream as a camera with its audio switched off sends it: its AAC tells of no channels."""
    changed = bytearray(stream)
    for at in range(len(changed) - 4):
        if changed[at] == 0xFF and changed[at + 1] & 0xF6 == 0xF0 and changed[at + 2] & 0xC1 == 0x40:
            changed[at + 2] &= 0xFE
            changed[at + 3] &= 0x3F
    return bytes(changed)


def declared_but_empty(stream: bytes) -> bytes:
    """The same stream without a single packet of its sound, which stays declared."""
    packets = [stream[at : at + PACKET] for at in range(0, len(stream), PACKET)]
    return b"".join(each for each in packets if int.from_bytes(each[1:3], "big") & 0x1FFF != 0x101)


@pytest.mark.parametrize("spoilt", [aac_of_no_channels, declared_but_empty])
def test_sound_that_cannot_be_used_takes_no_picture_with_it(target: Path, spoilt: Callable[[bytes], bytes]) -> None:
    stream = spoilt(live(sound="aac"))
    to_mp4(stream, target)
    assert pictures(target) == pictures(stream)
    with av.open(str(target)) as container:
        assert not container.streams.audio


def test_sound_that_browsers_do_not_play_is_left_out(target: Path) -> None:
    to_mp4(live(sound="mp2"), target)
    with av.open(str(target)) as container:
        assert not container.streams.audio
    assert len(pictures(target)) == 30


def test_who_comes_in_the_middle_begins_with_the_next_whole_picture(target: Path) -> None:
    stream = live()
    into_the_first_second = len(stream) // 6 // PACKET * PACKET
    to_mp4(stream[into_the_first_second:], target)
    assert pictures(target) == pictures(stream)[PER_SECOND:]
    assert probe(target).duration == 2


def test_a_stream_cut_in_the_middle_of_a_packet_keeps_what_came_before(target: Path) -> None:
    stream = live()
    to_mp4(stream[: len(stream) * 2 // 3 + 100], target)
    kept = pictures(target)
    assert 15 < len(kept) < 25
    assert kept[:15] == pictures(stream)[:15]


def test_a_hole_in_the_stream_is_survived(target: Path) -> None:
    stream = live()
    third = len(stream) // 3 // PACKET * PACKET
    to_mp4(stream[:third] + stream[third + 40 * PACKET :], target)
    assert probe(target).duration == 3


@pytest.mark.parametrize("stream", [b"", b"\x47", b"<html>" * 1000, bytes(PACKET * 50), b"\x47" + bytes(187)])
def test_what_is_no_stream_is_told(target: Path, stream: bytes) -> None:
    with pytest.raises(MediaError, match="the live view"):
        to_mp4(stream, target)


def test_sound_alone_is_no_video(target: Path) -> None:
    sink = BytesIO()
    with av.open(sink, "w", format="mpegts") as container:
        track = container.add_stream("aac", rate=48000)
        for number in range(10):
            container.mux(track.encode(silence(number, 0.0)))
        container.mux(track.encode())
    with pytest.raises(MediaError, match="the live view has no picture in it"):
        to_mp4(sink.getvalue(), target)


def test_a_stream_that_names_no_picture_by_itself_is_no_video(target: Path) -> None:
    stream = live(seconds=1)
    with pytest.raises(MediaError, match="the live view"):
        to_mp4(stream[len(stream) // 2 // PACKET * PACKET :], target)


class TestInTheWorker:
    async def test_bytes_and_files_become_videos(self, tmp_path: Path) -> None:
        there_is(tmp_path / "live.ts", live())
        streams: list[Path | bytes] = [tmp_path / "live.ts", live()]
        for number, stream in enumerate(streams):
            await MediaWorker().remux(stream, tmp_path / f"{number}.mp4")
            assert probe(tmp_path / f"{number}.mp4") == VideoFacts(duration=3, width=320, height=180)

    async def test_nothing_is_left_of_a_failure_and_what_was_there_stays(self, target: Path) -> None:
        there_is(target, b"yesterday")
        with pytest.raises(MediaError, match="the live view"):
            await MediaWorker().remux(b"<html>", target)
        assert contents(target.parent) == {"live.mp4": b"yesterday"}

    async def test_nothing_is_left_when_nobody_waits_any_more(self, target: Path, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "endless.ts")
        working = asyncio.create_task(MediaWorker().remux(tmp_path / "endless.ts", target))
        writer = await asyncio.to_thread(os.open, tmp_path / "endless.ts", os.O_WRONLY)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        os.close(writer)
        assert contents(tmp_path).keys() == {"endless.ts"}

    async def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match="No such file"):
            await MediaWorker().remux(live(seconds=1), tmp_path / "nowhere" / "live.mp4")
