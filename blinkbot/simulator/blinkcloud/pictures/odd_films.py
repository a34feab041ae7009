"""Unusual clips: too big to send, or broken. They work on whole MP4 files, as `film.record` makes them."""

import random
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream

from blinkbot.simulator.blinkcloud.pictures.film import FRAMES_PER_SECOND

NOISE_SIZE = (1280, 720)
NOISE_OPTIONS = {"preset": "ultrafast", "qp": "6", "g": "1", "threads": "1"}
"""Hardly any loss and keyframes alone: the largest files in the least time."""
_BOX_HEADER = 8


def padded(mp4: bytes, length: int) -> bytes:
    """The same film, blown up to so many bytes by a box that means nothing: packed anew, it is small again."""
    room = length - len(mp4)
    if room < _BOX_HEADER:
        raise ValueError(f"the film has {len(mp4)} bytes already")
    return mp4 + room.to_bytes(4, "big") + b"free" + bytes(room - _BOX_HEADER)


def noise(length: int, seed: int) -> bytes:
    """A film of at least so many bytes that stays as big however it is packed: only a new encoding makes it smaller.

    It is two pictures of noise in turn, each whole every time, so that neither making it nor encoding it takes long.
    """
    with tempfile.TemporaryDirectory(prefix="noise-") as folder:
        path = Path(folder) / "noise.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=NOISE_OPTIONS)
            stream.width, stream.height, stream.pix_fmt = *NOISE_SIZE, "yuv420p"
            pictures = [bytes(packet) for packet in _encoded(stream, random.Random(seed), 2)]
            written = 0
            for number, picture in enumerate(cycle(pictures)):
                if written >= length:
                    break
                packet = av.Packet(picture)
                packet.stream, packet.is_keyframe = stream, True
                packet.pts = packet.dts = number
                packet.time_base, packet.duration = Fraction(1, FRAMES_PER_SECOND), 1
                container.mux(packet)
                written += len(picture)
        return path.read_bytes()


def _encoded(stream: VideoStream, chance: random.Random, count: int) -> "Iterator[Packet[VideoStream]]":
    """So many pictures of noise."""
    for number in range(count):
        frame = av.VideoFrame(*NOISE_SIZE, "yuv420p")
        for plane in frame.planes:
            plane.update(chance.randbytes(plane.buffer_size))
        frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def corrupted(mp4: bytes, seed: int) -> bytes:
    """The beginning that says MP4, and then nothing that any player understands, in the same length."""
    beginning = int.from_bytes(mp4[:4], "big")
    return mp4[:beginning] + random.Random(seed).randbytes(len(mp4) - beginning)
