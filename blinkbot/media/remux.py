"""Pictures and sound in another container, not encoded again (PyAV): a live view as MP4, an MP4 without padding."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
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
    with_sound_if_possible(partial(_stream_to_mp4, stream, target))


def _stream_to_mp4(stream: Path | bytes, target: Path, sound: bool) -> None:
    import av

    source = str(stream) if isinstance(stream, Path) else BytesIO(stream)
    try:
        # Only as a transport stream: left to itself FFmpeg also recognizes playlists, which send it elsewhere.
        with av.open(source, "r", format="mpegts") as reading:
            if not reading.streams.video:
                raise MediaError("the live view has no picture in it")
            video = reading.streams.video[0]
            with av.open(str(target), "w", format="mp4", options=FAST_START) as writing:
                tracks: list[VideoStream | AudioStream] = [video, *_sounds(reading, sound, PLAYABLE_SOUND)]
                copy = _Copy("the live view", writing, tracks)
                for packet in _from_zero(_in_order(_from_first_picture(reading.demux(*tracks), video))):
                    copy.take(packet)
    except av.FFmpegError as error:
        raise MediaError(f"the live view cannot be made a video: {error.strerror}") from error
    copy.check()


def repack(path: Path, target: Path) -> int:
    """Copy an MP4's picture and sound without padding; returns its bytes. Raises MediaError as `video.probe` does."""
    with_sound_if_possible(partial(_repack, path, target))
    return target.stat().st_size


def _repack(path: Path, target: Path, sound: bool) -> None:
    import av

    with opened(path) as (reading, video):
        wanted: list[VideoStream | AudioStream] = [video, *_sounds(reading, sound)]
        with av.open(str(target), "w", format="mp4", options=FAST_START) as writing:
            copy = _Copy(path.name, writing, wanted)
            for packet in reading.demux(*wanted):
                if packet.dts is None:
                    continue
                if packet.is_corrupt:
                    raise MediaError(f"{path.name} is cut short")
                copy.take(packet)
    copy.check()


def with_sound_if_possible(write: Callable[[bool], None]) -> None:
    """Let `write` make a video with its sound, and where that fails without: what counts is the picture."""
    try:
        write(True)
    except MediaError:
        write(False)


def usable_sound(reading: "InputContainer", codecs: Container[str] | None = None) -> "AudioStream | None":
    """The first sound that can be copied; with audio switched off a camera declares one of no channels (§9)."""
    for each in reading.streams.audio:
        known = codecs is None or each.codec_context.name in codecs
        if known and each.codec_context.sample_rate and each.codec_context.layout.nb_channels:
            return each
    return None


def _sounds(reading: "InputContainer", wanted: bool, codecs: Container[str] | None = None) -> "list[AudioStream]":
    sound = usable_sound(reading, codecs) if wanted else None
    return [] if sound is None else [sound]


class _Copy:
    """Tracks in another container, the packets of each counted."""

    def __init__(self, name: str, writing: "OutputContainer", tracks: "Sequence[VideoStream | AudioStream]") -> None:
        self._name = name
        self._writing = writing
        self._copies = {each.index: writing.add_stream_from_template(each) for each in tracks}
        self._taken = dict.fromkeys(self._copies, 0)

    def take(self, packet: "Piece") -> None:
        self._taken[packet.stream.index] += 1
        packet.stream = self._copies[packet.stream.index]
        self._writing.mux(packet)

    def check(self) -> None:
        """Raise MediaError where a track stayed empty: some players show nothing of such a file."""
        if not all(self._taken.values()):
            raise MediaError(f"{self._name} has no picture in it, or a track for sound that has none")


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
