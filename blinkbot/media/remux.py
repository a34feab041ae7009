"""Pictures and sound in another container, not encoded again (PyAV): a live view as MP4, an MP4 without padding."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.errors import MediaError
from blinkbot.media.video import opened

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    Piece = Packet[Stream]

# What an MP4 may hold and players can play; any other sound is left out.
PLAYABLE_SOUND = ("aac", "mp3", "ac3", "eac3", "opus")
# The index stands before the pictures, so that a player may begin before it has the whole file.
FAST_START = {"movflags": "+faststart"}


def to_mp4(stream: Path | bytes, target: Path) -> None:
    """Write a transport stream as MP4 from its first keyframe on, damage left out. Raises MediaError."""
    import av

    source = str(stream) if isinstance(stream, Path) else BytesIO(stream)
    try:
        # Only as a transport stream: left to itself FFmpeg also recognizes playlists, which send it elsewhere.
        with av.open(source, "r", format="mpegts") as reading:
            if not reading.streams.video:
                raise MediaError("the live view has no picture in it")
            with av.open(str(target), "w", format="mp4", options=FAST_START) as writing:
                kept = _copy(reading, writing)
    except av.FFmpegError as error:
        raise MediaError(f"the live view cannot be made a video: {error.strerror}") from error
    if not kept:
        raise MediaError("the live view has no picture in it")


def repack(path: Path, target: Path) -> int:
    """Copy an MP4's picture and sound without padding; returns its bytes. Raises MediaError as `video.probe` does."""
    import av

    with opened(path) as (reading, video):
        wanted: list[VideoStream | AudioStream] = [video, *reading.streams.audio[:1]]
        with av.open(str(target), "w", format="mp4", options=FAST_START) as writing:
            copies = {each.index: writing.add_stream_from_template(each) for each in wanted}
            for packet in reading.demux(*wanted):
                if packet.dts is None:
                    continue
                if packet.is_corrupt:
                    raise MediaError(f"{path.name} is cut short")
                packet.stream = copies[packet.stream.index]
                writing.mux(packet)
    return target.stat().st_size


def _copy(reading: "InputContainer", writing: "OutputContainer") -> int:
    """Copy what can be shown; returns the number of packets."""
    video = reading.streams.video[0]
    sound = next((each for each in reading.streams.audio if each.codec_context.name in PLAYABLE_SOUND), None)
    wanted: list[VideoStream | AudioStream] = [video] if sound is None else [video, sound]
    copies = {each.index: writing.add_stream_from_template(each) for each in wanted}
    kept = 0
    for packet in _from_zero(_in_order(_from_first_picture(reading.demux(*wanted), video))):
        packet.stream = copies[packet.stream.index]
        writing.mux(packet)
        kept += 1
    return kept


def _from_first_picture(packets: Iterable["Piece"], video: "VideoStream") -> "Iterator[Piece]":
    """Whole packets with a time, from the first picture on that needs no earlier one."""
    begun = False
    for packet in packets:
        if packet.dts is None or packet.pts is None or packet.is_corrupt:
            continue
        begun = begun or (packet.stream is video and packet.is_keyframe)
        if begun:
            yield packet


def _in_order(packets: Iterable["Piece"]) -> "Iterator[Piece]":
    """Without what comes late: an MP4 holds each stream in the order of decoding."""
    latest: dict[int, int] = {}
    for packet in packets:
        assert packet.dts is not None
        if packet.dts > latest.get(packet.stream.index, packet.dts - 1):
            latest[packet.stream.index] = packet.dts
            yield packet


def _from_zero(packets: Iterable["Piece"]) -> "Iterator[Piece]":
    """With times that count from the first packet; a camera's clock runs since it was switched on."""
    start = None
    for packet in packets:
        assert packet.dts is not None
        assert packet.pts is not None
        start = packet.dts * packet.time_base if start is None else start
        passed = round(start / packet.time_base)
        if packet.dts >= passed:
            packet.dts -= passed
            packet.pts -= passed
            yield packet
