"""The endless film of a live view, as an MPEG transport stream. Encoding takes a while: call it off the event loop."""

import random
from datetime import datetime, timedelta
from fractions import Fraction

import av

from blinkbot.simulator.blinkcloud.pictures.film import FRAMES_PER_SECOND, X264_OPTIONS
from blinkbot.simulator.blinkcloud.pictures.pictures import SIZE, View, view_of

PACKET = 188
SECONDS_ACROSS = 6
"""How long a figure takes to cross the picture; then another comes."""


class _Sink:
    """A file that only collects."""

    def __init__(self) -> None:
        self.collected = bytearray()

    def write(self, data: bytes) -> int:
        """Keep what the muxer writes."""
        self.collected += data
        return len(data)


class LiveFilm:
    """A camera's view from now on, a second at a time."""

    def __init__(self, scene: str, label: str, start: datetime) -> None:
        self._scene, self._label, self._start = scene, label, start
        self._seconds = 0
        self._seed = random.randrange(2**32)
        self._sink = _Sink()
        self._container = av.open(self._sink, "w", format="mpegts", options={"flush_packets": "1"})
        self._stream = self._container.add_stream(
            "libx264", rate=FRAMES_PER_SECOND, options={**X264_OPTIONS, "g": str(FRAMES_PER_SECOND)}
        )
        self._stream.width, self._stream.height = SIZE
        self._stream.pix_fmt = "yuv420p"
        self._view: View = view_of(scene, label, start, seed=self._seed)

    def next_second(self) -> bytes:
        """Film one more second; whole transport packets, each beginning with 0x47."""
        crossing, part = divmod(self._seconds, SECONDS_ACROSS)
        if part == 0:
            self._view = view_of(self._scene, self._label, self._start, seed=self._seed + crossing)
        for number in range(FRAMES_PER_SECOND):
            shown = self._start + timedelta(seconds=self._seconds)
            image = self._view.still((part + number / FRAMES_PER_SECOND) / SECONDS_ACROSS, shown)
            # PyAV leaves this one method without types.
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame.pts = self._seconds * FRAMES_PER_SECOND + number
            frame.time_base = Fraction(1, FRAMES_PER_SECOND)
            self._container.mux(self._stream.encode(frame))
        self._seconds += 1
        return self._whole_packets()

    def close(self) -> None:
        """Give the encoder back."""
        self._container.close()

    def _whole_packets(self) -> bytes:
        whole = len(self._sink.collected) // PACKET * PACKET
        data = bytes(self._sink.collected[:whole])
        del self._sink.collected[:whole]
        return data
