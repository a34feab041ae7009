"""Thumbnails as Telegram takes them."""

import os
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blinkbot.errors import MediaError
from blinkbot.media.thumbnail import telegram_thumbnail

TELEGRAM_LIMIT = 200_000


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    body = BytesIO()
    picture.save(body, kind, **options)
    return body.getvalue()


def thumbnail(body: bytes) -> Image.Image:
    made = telegram_thumbnail(body)
    assert len(made) <= TELEGRAM_LIMIT
    picture = Image.open(BytesIO(made))
    assert picture.format == "JPEG"
    assert picture.mode == "RGB"
    return picture


@pytest.mark.parametrize(
    ("size", "shown"),
    [((1920, 1080), (320, 180)), ((1080, 1920), (180, 320)), ((640, 640), (320, 320)), ((6000, 3), (320, 1))],
)
def test_large_pictures_shrink_and_keep_their_shape(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert thumbnail(encoded(Image.new("RGB", size, "green"))).size == shown


def test_small_pictures_stay_as_they_are() -> None:
    assert thumbnail(encoded(Image.new("RGB", (64, 48)))).size == (64, 48)


def test_even_noise_fits_telegrams_limit() -> None:
    noise = Image.frombytes("RGB", (320, 320), os.urandom(320 * 320 * 3))
    assert thumbnail(encoded(noise, "PNG")).size == (320, 320)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP"])
def test_any_common_format_will_do(kind: str) -> None:
    assert thumbnail(encoded(Image.new("RGB", (400, 200), "red"), kind)).size == (320, 160)


def test_what_is_transparent_becomes_white() -> None:
    pixel = thumbnail(encoded(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG")).getpixel((20, 20))
    assert pixel == (255, 255, 255)


def test_a_picture_taken_sideways_is_put_upright() -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6  # orientation: turn a quarter clockwise to view
    assert thumbnail(encoded(Image.new("RGB", (640, 320)), exif=sideways)).size == (160, 320)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\xff\xd8\xff\xe0", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(MediaError, match="the picture cannot be read"):
        telegram_thumbnail(body)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = encoded(Image.effect_noise((320, 320), 80).convert("RGB"), kind)
    with pytest.raises(MediaError, match="the picture cannot be read"):
        telegram_thumbnail(whole[: len(whole) // 2])


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(MediaError, match="claims to be 9000 × 9000 pixels"):
        telegram_thumbnail(encoded(Image.new("1", (9000, 9000)), "PNG"))


WHOLE = encoded(Image.effect_noise((64, 64), 80).convert("RGB"), "PNG")


@settings(max_examples=100)
@given(at=st.integers(0, len(WHOLE) - 1), value=st.integers(0, 255))
def test_a_damaged_picture_is_shown_or_refused_but_nothing_else(at: int, value: int) -> None:
    damaged = WHOLE[:at] + bytes([value]) + WHOLE[at + 1 :]
    try:
        made = telegram_thumbnail(damaged)
    except MediaError:
        return
    assert len(made) <= TELEGRAM_LIMIT
