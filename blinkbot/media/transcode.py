"""A clip encoded again to fit a number of bytes (PyAV), in smaller pixels where the bytes are too few for its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import inf, prod
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.errors import MediaError
from blinkbot.media.remux import FAST_START, usable_sound, with_sound_if_possible
from blinkbot.media.video import first, opened

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

SIDES = (1080, 720, 480)  # Pixels of the shorter side, largest first; a clip is never made larger than it is
# What of the bytes is given out at each try: the rest is for the index, and for what an encoder takes too much.
SHARES = (0.94, 0.84, 0.7)
# Below it a picture of a wind-blown tree falls to blocks, and one of half the size shows more.
LEAST_BITS_PER_PIXEL = 0.02
LEAST_BITRATE = 60_000  # Bits a second. Less is no picture at any of the sizes.
SOUND_BITRATE = 64_000  # Bits a second of sound that has to be encoded again
TICKS = Fraction(1, 90_000)  # What frames are timed in: fine enough for any camera's clock


@dataclass(frozen=True, slots=True)
class _Clip:
    """A clip's seconds, frames a second, encoded size, rotation and bytes of sound."""

    seconds: float
    rate: float
    width: int
    height: int
    rotation: int
    sound: int


@dataclass(frozen=True, slots=True)
class _Goal:
    """A try's encoded size, rotation and bits a second."""

    width: int
    height: int
    rotation: int
    bitrate: int


def shrink(path: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
    """Encode into at most `limit` bytes, reporting 0 to 1 at each try; returns the bytes. Raises MediaError."""
    clip = _measured(path)
    size = path.stat().st_size
    for goal in _goals(path, clip, limit):
        encode = partial(_encode, path, target, goal, lambda seconds: progress(min(1.0, seconds / clip.seconds)))
        if clip.sound:
            with_sound_if_possible(encode)
        else:
            encode(False)
        size = target.stat().st_size
        if size <= limit:
            return size
    raise MediaError(f"{path.name} has {size} bytes at its smallest, and {limit} are allowed")


def _measured(path: Path) -> _Clip:
    """Measured from every packet, since headers are not always right."""
    with opened(path) as (container, video):
        rotation = first(container, video).rotation
        # From the start again: decoding has read on.
        container.seek(0)
        track = usable_sound(container)
        begin, end, sound, frames = inf, 0.0, 0, 0
        for packet in container.demux(*((video,) if track is None else (video, track))):
            if packet.pts is None:
                continue
            if packet.is_corrupt:
                raise MediaError(f"{path.name} is cut short")
            if packet.stream is video:
                frames += 1
                begin = min(begin, float(packet.pts * packet.time_base))
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
            else:
                sound += packet.size
        if not frames or end <= begin:
            raise MediaError(f"{path.name} has no picture in it")
        if sound and track is not None and not _stays(track):
            sound = int((end - begin) * SOUND_BITRATE / 8)
        return _Clip(end - begin, frames / (end - begin), video.width, video.height, rotation, sound)


def _goals(path: Path, clip: _Clip, limit: int) -> Iterator[_Goal]:
    """Each try's goal, a size down each time. Raises MediaError when the bytes are too few for any picture."""
    sizes = _sizes(clip)
    while len(sizes) > 1 and _bitrate(clip, limit, SHARES[0]) < LEAST_BITS_PER_PIXEL * clip.rate * prod(sizes[0]):
        sizes.pop(0)
    for number, share in enumerate(SHARES):
        bitrate = _bitrate(clip, limit, share)
        if bitrate < LEAST_BITRATE:
            raise MediaError(
                f"{path.name} lasts {clip.seconds:.0f} s, for which {limit} bytes are too few: "
                f"its picture would get {max(0, bitrate) / 1000:.0f} kbit/s"
            )
        width, height = sizes[min(number, len(sizes) - 1)]
        yield _Goal(width, height, clip.rotation, bitrate)


def _sizes(clip: _Clip) -> list[tuple[int, int]]:
    """Its own size and smaller ones of the same shape; H.264 wants even numbers."""
    shorter = min(clip.width, clip.height)
    sides = [shorter, *(side for side in SIDES if side < shorter)]
    return [
        (max(2, round(clip.width * side / shorter / 2) * 2), max(2, round(clip.height * side / shorter / 2) * 2))
        for side in sides
    ]


def _bitrate(clip: _Clip, limit: int, share: float) -> int:
    return int((limit * share - clip.sound) * 8 / clip.seconds)


def _encode(path: Path, target: Path, goal: _Goal, at: Callable[[float], None], sound: bool) -> None:
    """One try; `at` gets the seconds that are done."""
    import av

    with opened(path) as (reading, video), av.open(str(target), "w", format="mp4", options=FAST_START) as writing:
        # Decoding and encoding side by side; minutes are long for who waits.
        video.codec_context.thread_count = 0
        picture = _picture_encoder(writing, video, goal)
        track = usable_sound(reading) if sound else None
        heard = None if track is None else _Sound(writing, track)
        begin: float | None = None
        for packet in reading.demux(*((video,) if track is None else (video, track))):
            if heard is not None and packet.stream is not video:
                heard.take(packet)
                continue
            for frame in video.decode(packet):
                begin = frame.time if begin is None else begin
                writing.mux(picture.encode(_fitted(frame, goal)))
                at(frame.time - begin)
        writing.mux(picture.encode())
        if heard is not None:
            heard.end()


def _picture_encoder(writing: "OutputContainer", video: "VideoStream", goal: _Goal) -> "VideoStream":
    options = {"preset": "veryfast", "maxrate": str(goal.bitrate * 3 // 2), "bufsize": str(goal.bitrate * 2)}
    stream = writing.add_stream("libx264", rate=video.average_rate or 30, options=options)
    stream.width, stream.height, stream.pix_fmt = goal.width, goal.height, "yuv420p"
    stream.set_display_rotation(goal.rotation)
    stream.bit_rate = goal.bitrate
    stream.codec_context.time_base = TICKS
    return stream


def _fitted(frame: "VideoFrame", goal: _Goal) -> "VideoFrame":
    small = frame.reformat(goal.width, goal.height, "yuv420p")
    # Else the encoder would make a keyframe of each that was one.
    small.pict_type = 0
    return small


def _stays(sound: "AudioStream") -> bool:
    return sound.codec_context.name == "aac"


class _Sound:
    """A clip's sound: copied where it is AAC, encoded where not."""

    def __init__(self, writing: "OutputContainer", sound: "AudioStream") -> None:
        self._writing = writing
        self._sound = sound
        self._encoded = not _stays(sound)
        if self._encoded:
            self._stream = writing.add_stream("aac", rate=sound.rate)
            self._stream.bit_rate = SOUND_BITRATE
        else:
            self._stream = writing.add_stream_from_template(sound)

    def take(self, packet: "Packet[Stream]") -> None:
        if self._encoded:
            for frame in self._sound.decode(packet):
                self._writing.mux(self._stream.encode(frame))
        elif packet.dts is not None:
            packet.stream = self._stream
            self._writing.mux(packet)

    def end(self) -> None:
        if self._encoded:
            self._writing.mux(self._stream.encode())
