"""What goes over the line of a live view, byte by byte (protocol §9)."""

import asyncio

import pytest

from blinkbot.blink.liveview import immi
from blinkbot.blink.wire.live import StreamAddress

ADDRESS = StreamAddress("198.51.100.7", 443, "Xy7-pQz01aBcDeFg", "G8T1000000000301", 208)


def incoming(*pieces: bytes, ended: bool = True) -> asyncio.StreamReader:
    """A line on which this has come."""
    reader = asyncio.StreamReader()
    for piece in pieces:
        reader.feed_data(piece)
    if ended:
        reader.feed_eof()
    return reader


def test_the_introduction_is_laid_out_as_the_protocol_says() -> None:
    assert immi.introduction(ADDRESS) == bytes.fromhex(
        "00000028"
        "00000010" + b"G8T1000000000301".hex() + "000000d0"
        "0108"
        "00000040" + "00" * 64 + "00000010" + b"Xy7-pQz01aBcDeFg".hex() + "00000001"
    )


@pytest.mark.parametrize("serial", ["", "120040563", "G8T1000000000301", "G8T1000000000301-and-more"])
@pytest.mark.parametrize("connection", ["A", "NIE5Fm36YSJGOOOn", "NIE5Fm36YSJGOOOn-and-more"])
def test_the_introduction_is_122_bytes_long_whatever_the_names(serial: str, connection: str) -> None:
    packet = immi.introduction(StreamAddress("stream.example", 443, connection, serial, 2**32 - 1))
    assert len(packet) == 122
    assert packet[8:24] == serial.encode()[:16].ljust(16, b"\0")
    assert packet[24:28] == b"\xff\xff\xff\xff"
    assert packet[102:118] == connection.encode()[:16].ljust(16, b"\0")


def test_a_keep_alive_is_a_header_with_its_number() -> None:
    assert immi.keep_alive(258) == bytes.fromhex("0a 00000102 00000000")


def test_latency_statistics_are_twenty_four_zeros() -> None:
    assert bytes.fromhex("12000003e800000018") + bytes(24) == immi.LATENCY_STATISTICS


async def test_a_frame_is_its_type_and_exactly_the_announced_bytes() -> None:
    reader = incoming(bytes.fromhex("00 00000001 00000003") + b"Gab" + bytes.fromhex("15 00000002 00000000") + b"rest")
    assert await immi.read_frame(reader) == immi.Frame(0x00, b"Gab")
    assert await immi.read_frame(reader) == immi.Frame(0x15, b"")


async def test_a_frame_may_come_in_any_pieces() -> None:
    reader = incoming(ended=False)
    reading = asyncio.create_task(immi.read_frame(reader))
    for byte in bytes.fromhex("00 00000001 00000005") + b"G2345":
        assert not reading.done()
        reader.feed_data(bytes((byte,)))
        await asyncio.sleep(0)
    assert await reading == immi.Frame(0x00, b"G2345")


@pytest.mark.parametrize("end", [0, 5, 9, 11])
async def test_a_line_that_ends_within_a_frame_is_told(end: int) -> None:
    whole = bytes.fromhex("00 00000001 00000005") + b"G2345"
    with pytest.raises(asyncio.IncompleteReadError):
        await immi.read_frame(incoming(whole[:end]))


@pytest.mark.parametrize("length", [1024 * 1024 + 1, 2**32 - 1])
async def test_an_impossible_length_is_not_waited_for(length: int) -> None:
    with pytest.raises(immi.BadFrame, match=f"a frame of {length} bytes was announced"):
        await immi.read_frame(incoming(immi.HEADER.pack(0, 1, length), ended=False))


async def test_a_large_frame_is_read_whole() -> None:
    payload = b"G" * immi.LONGEST_PAYLOAD
    assert (await immi.read_frame(incoming(immi.HEADER.pack(0, 1, len(payload)) + payload))).payload == payload


@pytest.mark.parametrize(
    ("frame", "shown"),
    [
        (immi.Frame(0x00, b"\x47\x40\x11"), True),
        (immi.Frame(0x00, b"\x00\x47"), False),
        (immi.Frame(0x00, b""), False),
        (immi.Frame(0x15, b"\x47\x40\x11"), False),
    ],
)
def test_video_is_a_frame_of_type_zero_that_begins_a_packet(frame: immi.Frame, shown: bool) -> None:
    assert frame.is_video is shown
