"""Clips as cameras record them: H.264 and AAC in an MP4 that plays before it has all arrived.

Encoding takes a while: call it off the event loop.
"""

import math
import random
import tempfile
from array import array
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from blinkbot.simulator.blinkcloud.pictures.pictures import SIZE, View, encode_jpeg, view_of

FRAMES_PER_SECOND = 15
SAMPLE_RATE = 8_000
SAMPLES_PER_FRAME = 1024
PARTS_OF_A_STEP = 4
X264_OPTIONS = {"preset": "ultrafast", "tune": "zerolatency", "crf": "27", "threads": "1"}
"""Quick rather than small: an encoder stands in for a camera's chip here."""


def record(
    scene: str,
    label: str,
    moment: datetime,
    seconds: float,
    size: tuple[int, int] = SIZE,
    seed: int | None = None,
    *,
    person: bool = False,
) -> tuple[bytes, bytes]:
    """Film a figure crossing a scene: the MP4, and a JPEG of its middle as the clip's thumbnail.

    `moment` is local time, as the picture shows it; `seed` makes the same film again; `person` rules out a cat.
    """
    seed = random.randrange(2**32) if seed is None else seed
    view = view_of(scene, label, moment, size, seed)
    while person and view.walker.kind == "cat":
        seed += 1
        view = view_of(scene, label, moment, size, seed)
    # The muxer moves the index to the front by reading its own output again, which needs a real file.
    with tempfile.TemporaryDirectory(prefix="clip-") as folder:
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            _film(container, view, moment, seconds, size, seed)
        video = path.read_bytes()
    return video, encode_jpeg(view.still(0.5, moment))


def _film(
    container: OutputContainer, view: View, moment: datetime, seconds: float, size: tuple[int, int], seed: int
) -> None:
    picture = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=X264_OPTIONS)
    picture.width, picture.height = size
    picture.pix_fmt = "yuv420p"
    sound = container.add_stream("aac", rate=SAMPLE_RATE, options={"aac_coder": "fast"})
    sound.layout = "mono"
    sound.bit_rate = 16_000
    frames = max(1, round(seconds * FRAMES_PER_SECOND))
    for number in range(frames):
        shown = moment + timedelta(seconds=number / FRAMES_PER_SECOND)
        # PyAV leaves this one method without types.
        frame = av.VideoFrame.from_image(view.still(number / frames, shown))  # type: ignore[no-untyped-call]
        frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
        container.mux(picture.encode(frame))
    container.mux(picture.encode(None))
    steps = [_footstep(part, seed) for part in range(PARTS_OF_A_STEP)]
    for number in range(math.ceil(seconds * SAMPLE_RATE / SAMPLES_PER_FRAME)):
        heard = av.AudioFrame(format="fltp", layout="mono", samples=SAMPLES_PER_FRAME)
        heard.planes[0].update(steps[number % PARTS_OF_A_STEP])
        heard.sample_rate = SAMPLE_RATE
        heard.pts, heard.time_base = number * SAMPLES_PER_FRAME, Fraction(1, SAMPLE_RATE)
        container.mux(sound.encode(heard))
    container.mux(sound.encode(None))


def _footstep(part: int, seed: int) -> bytes:
    """The samples of one part of a step: a soft thud dying away, its pitch the walker's own."""
    pitch = 90 + seed % 60
    loudness = 0.02 + 0.25 * math.exp(-9 * part / PARTS_OF_A_STEP)
    turn = 2 * math.pi * pitch / SAMPLE_RATE
    return array("f", (loudness * math.sin(turn * sample) for sample in range(SAMPLES_PER_FRAME))).tobytes()
