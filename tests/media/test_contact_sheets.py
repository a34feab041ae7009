"""The contact sheet of a clip."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from blinkbot.errors import MediaError
from blinkbot.media.contact_sheets import LARGEST, contact_sheet
from tests.media.films import film, scenes, sound_only

SIX = ["red", "lime", "blue", "yellow", "magenta", "cyan"]


def sheet_of(path: Path) -> Image.Image:
    jpeg = contact_sheet(path)
    assert len(jpeg) < LARGEST
    picture = Image.open(BytesIO(jpeg))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def colors(sheet: Image.Image, columns: int, rows: int) -> list[str]:
    """What stands in the middle of each frame, row by row."""
    width, height = sheet.width / columns, sheet.height / rows
    middles = [(width * (column + 0.5), height * (row + 0.5)) for row in range(rows) for column in range(columns)]
    return [_nearest(sheet.getpixel((int(x), int(y)))) for x, y in middles]


def _nearest(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    known = {name: Image.new("RGB", (1, 1), name).getpixel((0, 0)) for name in SIX}
    return min(known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], pixel, strict=True)))  # type: ignore[arg-type]


@pytest.mark.parametrize("gop", [5, 600], ids=["many keyframes", "one keyframe"])
def test_six_frames_are_spread_over_the_clip(tmp_path: Path, gop: int) -> None:
    sheet = sheet_of(scenes(tmp_path / "clip.mp4", SIX, seconds_each=2, gop=gop))
    assert colors(sheet, 2, 3) == SIX


@pytest.mark.parametrize("late", [0.137, 0.577, 1.001])
@pytest.mark.parametrize("gop", [5, 600], ids=["many keyframes", "one keyframe"])
def test_a_picture_that_begins_after_its_sound_is_shown_from_its_own_beginning(
    tmp_path: Path, gop: int, late: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = _marks(monkeypatch)
    sheet = sheet_of(scenes(tmp_path / "clip.mp4", SIX, seconds_each=2, gop=gop, late=late))
    assert colors(sheet, 2, 3) == SIX
    assert [int(mark.split(":")[1]) // 2 for mark in marks] == [0, 1, 2, 3, 4, 5]


def test_where_a_part_has_no_keyframe_little_more_is_decoded_than_that_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.media.contact_sheets.CHEAP", 0)
    monkeypatch.setattr("blinkbot.media.contact_sheets.MOST_DECODED", 50)
    # Of six parts of 20 frames, the third and the fifth have no keyframe: those are at 0, 35, 70 and 105.
    assert colors(sheet_of(scenes(tmp_path / "clip.mp4", SIX, seconds_each=2, gop=35)), 2, 3) == SIX


def test_a_clip_that_stands_still_for_long_has_six_frames_too(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=4, gop=2, times=lambda number: number / 10 if number < 39 else 25)
    assert sheet_of(clip).size == (2 * 324 - 4, 3 * 184 - 4)


def test_the_sheet_is_as_wide_as_a_phone(tmp_path: Path) -> None:
    sheet = sheet_of(film(tmp_path / "clip.mp4", seconds=4, size=(1280, 720), picture=Image.new("RGB", (1280, 720))))
    assert sheet.size == (1280, 3 * 359 + 2 * 4)


def test_frames_of_a_small_camera_are_not_enlarged(tmp_path: Path) -> None:
    assert sheet_of(film(tmp_path / "clip.mp4", seconds=4)).width == 2 * 320 + 4


@pytest.mark.parametrize(
    ("seconds", "columns", "rows"), [(0.1, 1, 1), (0.9, 1, 1), (1.5, 1, 2), (2.5, 2, 2), (3.5, 2, 3)]
)
def test_a_short_clip_has_fewer_frames(tmp_path: Path, seconds: float, columns: int, rows: int) -> None:
    sheet = sheet_of(film(tmp_path / "clip.mp4", seconds=seconds))
    assert sheet.size == (columns * 324 - 4, rows * 184 - 4)


@pytest.mark.parametrize("rotation", [90, -90])
def test_a_turned_clip_stands_upright_in_three_columns(tmp_path: Path, rotation: int) -> None:
    left_is_red = Image.new("RGB", (320, 180), "blue")
    left_is_red.paste("red", (0, 0, 160, 180))
    sheet = sheet_of(film(tmp_path / "clip.mp4", seconds=4, rotation=rotation, picture=left_is_red))
    assert sheet.size == (3 * 180 + 2 * 4, 2 * 320 + 4)
    # A quarter turn against the clock takes the left side to the bottom.
    assert _nearest(sheet.getpixel((150, 280 if rotation == 90 else 40))) == "red"
    assert _nearest(sheet.getpixel((150, 40 if rotation == 90 else 280))) == "blue"


@pytest.mark.parametrize("gop", [2, 600], ids=["many keyframes", "one keyframe"])
def test_a_frame_is_taken_where_the_picture_changes(tmp_path: Path, gop: int) -> None:
    sheet = sheet_of(_runs(tmp_path / "clip.mp4", gop))
    assert colors(sheet, 2, 3) == ["red"] * 6


def test_times_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = _marks(monkeypatch)
    contact_sheet(scenes(tmp_path / "clip.mp4", SIX, seconds_each=12, gop=10))
    assert len(marks) == 6
    seconds = [60 * int(mark.split(":")[0]) + int(mark.split(":")[1]) for mark in marks]
    assert [second // 12 for second in seconds] == [0, 1, 2, 3, 4, 5]
    assert all(len(mark.split(":")[1]) == 2 for mark in marks)


def test_times_of_a_short_clip_have_tenths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = _marks(monkeypatch)
    contact_sheet(film(tmp_path / "clip.mp4", seconds=3.5))
    assert len(set(marks)) == 6
    assert all("." in mark for mark in marks)


def test_even_pure_noise_stays_small(tmp_path: Path) -> None:
    noise = Image.effect_noise((1280, 720), 200).convert("RGB")
    assert len(contact_sheet(film(tmp_path / "clip.mp4", seconds=3.2, size=(1280, 720), picture=noise))) < LARGEST


def test_a_clip_that_was_cut_short_has_none(tmp_path: Path) -> None:
    whole = film(tmp_path / "clip.mp4", index_first=True).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match=r"cut\.mp4 is cut short"):
        contact_sheet(tmp_path / "cut.mp4")


def test_sound_alone_has_none(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="has no video in it"):
        contact_sheet(sound_only(tmp_path / "sound.mp4"))


def _runs(path: Path, gop: int) -> Path:
    """Twelve seconds of stillness in green; in each two of them a red wall with moving dots for half a second."""
    still = Image.new("RGB", (320, 180), "lime")

    def picture(number: int) -> Image.Image:
        if number % 20 not in range(10, 15):
            return still
        moving = Image.new("RGB", (320, 180), "red")
        ImageDraw.Draw(moving).ellipse((number % 20 * 12, 10, number % 20 * 12 + 60, 60), fill="blue")
        return moving

    return film(path, seconds=12, gop=gop, pictures=picture)


def _marks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on sheets from now on."""
    marks: list[str] = []
    write: Callable[..., None] = ImageDraw.ImageDraw.text

    def text(self: ImageDraw.ImageDraw, xy: tuple[float, float], mark: str, *args: object, **how: object) -> None:
        marks.append(mark)
        write(self, xy, mark, *args, **how)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", text)
    return marks
