"""Real H.264 films, made on the spot."""

from pathlib import Path

import av
from PIL import Image


def film(
    path: Path,
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 180),
    rotation: int = 0,
    index_first: bool = False,
    picture: Image.Image | None = None,
) -> Path:
    """An MP4 at 10 frames a second; `rotation` in degrees is how a player turns it, counterclockwise.

    `index_first` writes the index before the pictures, as servers do that stream.
    """
    options = {"movflags": "+faststart"} if index_first else {}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if rotation:
            stream.set_display_rotation(rotation)
        for number in range(round(seconds * 10)):
            shown = picture or Image.effect_noise(size, 10 + number).convert("RGB")
            frame = av.VideoFrame.from_image(shown)  # type: ignore[no-untyped-call]  # PyAV left it so
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def sound_only(path: Path) -> Path:
    """An MP4 with a second of silence and no picture."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=8000)
        for _ in range(8):
            frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            frame.sample_rate = 8000
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
