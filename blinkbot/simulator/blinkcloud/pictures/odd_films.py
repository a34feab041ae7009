"""Unusual clips: too big to send, or broken. They work on whole MP4 files, as `film.record` makes them."""

import random
import tempfile
from fractions import Fraction
from pathlib import Path

import av

from blinkbot.simulator.blinkcloud.pictures.film import FRAMES_PER_SECOND

NOISE_SIZE = (1280, 720)
NOISE_OPTIONS = {"preset": "ultrafast", "qp": "6", "threads": "1"}
"""Hardly any loss: noise that is kept whole makes the largest files in the least time."""
_BOX_HEADER = 8


def padded(mp4: bytes, length: int) -> bytes:
    """The same film, blown up to so many bytes by a box that means nothing: packed anew, it is small again."""
    room = length - len(mp4)
    if room < _BOX_HEADER:
        raise ValueError(f"the film has {len(mp4)} bytes already")
    return mp4 + room.to_bytes(4, "big") + b"free" + bytes(room - _BOX_HEADER)


def noise(length: int, seed: int) -> bytes:
    """A film of at least so many bytes that stays as big however it is packed: only a new encoding makes it smaller."""
    chance = random.Random(seed)
    width, height = NOISE_SIZE
    with tempfile.TemporaryDirectory(prefix="noise-") as folder:
        path = Path(folder) / "noise.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=NOISE_OPTIONS)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            written = number = 0
            while written < length:
                frame = av.VideoFrame(width, height, "yuv420p")
                for plane in frame.planes:
                    plane.update(chance.randbytes(plane.buffer_size))
                frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
                packets = stream.encode(frame)
                written += sum(packet.size for packet in packets)
                container.mux(packets)
                number += 1
            container.mux(stream.encode(None))
        return path.read_bytes()


def corrupted(mp4: bytes, seed: int) -> bytes:
    """The beginning that says MP4, and then nothing that any player understands, in the same length."""
    beginning = int.from_bytes(mp4[:4], "big")
    return mp4[:beginning] + random.Random(seed).randbytes(len(mp4) - beginning)
