"""What Telegram is told about a video."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError
from blinkbot.media.video import first_frame, probe
from tests.media.films import film, sound_only


def test_a_clip_has_a_length_and_a_size(tmp_path: Path) -> None:
    assert probe(film(tmp_path / "clip.mp4", seconds=3)) == VideoFacts(duration=3, width=320, height=180)


@pytest.mark.parametrize(("seconds", "told"), [(0.2, 1), (2.4, 2), (2.5, 3), (2.6, 3)])
def test_lengths_are_whole_seconds_and_at_least_one(tmp_path: Path, seconds: float, told: int) -> None:
    assert probe(film(tmp_path / "clip.mp4", seconds=seconds)).duration == told


@pytest.mark.parametrize(("rotation", "size"), [(90, (180, 320)), (-90, (180, 320)), (180, (320, 180))])
def test_a_turned_clip_has_the_size_it_is_shown_in(tmp_path: Path, rotation: int, size: tuple[int, int]) -> None:
    facts = probe(film(tmp_path / "clip.mp4", rotation=rotation))
    assert (facts.width, facts.height) == size


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.3])
def test_a_clip_that_was_cut_short_is_noticed_though_its_index_is_whole(tmp_path: Path, kept: float) -> None:
    whole = film(tmp_path / "clip.mp4", index_first=True).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(MediaError, match=r"cut\.mp4"):
        probe(tmp_path / "cut.mp4")


def test_a_clip_that_lost_its_index_cannot_be_read(tmp_path: Path) -> None:
    whole = film(tmp_path / "clip.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match=r"cut\.mp4 cannot be read as a video"):
        probe(tmp_path / "cut.mp4")


def test_a_clip_of_zeros_cannot_be_decoded(tmp_path: Path) -> None:
    whole = film(tmp_path / "clip.mp4", index_first=True).read_bytes()
    body = whole.index(b"mdat") + 4
    (tmp_path / "zeros.mp4").write_bytes(whole[:body] + bytes(len(whole) - body))
    with pytest.raises(MediaError, match=r"zeros\.mp4"):
        probe(tmp_path / "zeros.mp4")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Service unavailable</html>", b"\x00" * 4096, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/other.mp4\n"],
    ids=["empty", "error page", "zeros", "playlist"],
)
def test_what_is_no_mp4_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "body.mp4").write_bytes(content)
    with pytest.raises(MediaError, match=r"body\.mp4 cannot be read as a video"):
        probe(tmp_path / "body.mp4")


def test_a_file_that_is_not_there_is_a_media_error_too(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="No such file"):
        probe(tmp_path / "gone.mp4")


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="has no video in it"):
        probe(sound_only(tmp_path / "sound.mp4"))


def test_the_first_frame_is_a_picture_of_the_clip(tmp_path: Path) -> None:
    left_is_red = Image.new("RGB", (320, 180), "blue")
    left_is_red.paste("red", (0, 0, 160, 180))
    frame = _picture(first_frame(film(tmp_path / "clip.mp4", picture=left_is_red)))
    assert frame.size == (320, 180)
    assert _is_red(frame, 20, 90)
    assert not _is_red(frame, 300, 90)


def test_the_first_frame_stands_as_the_clip_is_shown(tmp_path: Path) -> None:
    left_is_red = Image.new("RGB", (320, 180), "blue")
    left_is_red.paste("red", (0, 0, 160, 180))
    frame = _picture(first_frame(film(tmp_path / "clip.mp4", picture=left_is_red, rotation=90)))
    assert frame.size == (180, 320)
    assert _is_red(frame, 90, 300)  # a quarter turn against the clock takes the left side to the bottom
    assert not _is_red(frame, 90, 20)


def _picture(jpeg: bytes) -> Image.Image:
    picture = Image.open(BytesIO(jpeg))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def _is_red(picture: Image.Image, x: int, y: int) -> bool:
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[0] > 180 and pixel[2] < 80
