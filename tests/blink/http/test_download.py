"""What counts as a whole MP4 (protocol §7)."""

from io import BytesIO

import pytest

from blinkbot.blink.http.download import is_whole


def box(name: bytes, content: bytes = b"", *, length: int | None = None) -> bytes:
    return (len(content) + 8 if length is None else length).to_bytes(4, "big") + name + content


def large(name: bytes, content: bytes) -> bytes:
    return box(name, (len(content) + 16).to_bytes(8, "big") + content, length=1)


START = box(b"ftyp", b"isom")
WHOLE = START + box(b"moov", bytes(40)) + box(b"mdat", bytes(90))


@pytest.mark.parametrize(
    "video",
    [
        WHOLE,
        START + box(b"free") + box(b"mdat", bytes(90)) + box(b"moov", bytes(40)),
        START + box(b"moov", bytes(40)) + large(b"mdat", bytes(90)),
        START + box(b"moov", bytes(40)) + box(b"mdat", bytes(90), length=0),
        WHOLE + bytes(3),
        WHOLE + bytes(700),
    ],
)
def test_a_video_whose_boxes_add_up_is_whole(video: bytes) -> None:
    assert is_whole(BytesIO(video), len(video))


@pytest.mark.parametrize("kept", range(len(WHOLE)))
def test_no_piece_of_it_is(kept: int) -> None:
    assert not is_whole(BytesIO(WHOLE[:kept]), kept)


@pytest.mark.parametrize(
    "video",
    [
        START + box(b"moov", bytes(40)),
        START + box(b"mdat", bytes(40)),
        START + box(b"moov", bytes(40), length=7) + box(b"mdat", bytes(90)),
        START + box(b"moov", bytes(40)) + large(b"mdat", bytes(90))[:-1],
        WHOLE + box(b"moof", bytes(50))[:-1],
        b"<html>Not now</html>",
    ],
)
def test_what_does_not_add_up_is_not(video: bytes) -> None:
    assert not is_whole(BytesIO(video), len(video))
