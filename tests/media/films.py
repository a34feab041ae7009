"""Real H.264 films, made on the spot."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from PIL import Image

_films_of_noise: dict[object, bytes] = {}


def film(
    path: Path,
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 180),
    rotation: int = 0,
    index_first: bool = False,
    picture: Image.Image | None = None,
    pictures: Callable[[int], Image.Image] | None = None,
    gop: int | None = None,
    sound: str | None = None,
    times: Callable[[int], float] | None = None,
) -> Path:
    """An MP4 at 10 frames a second; `rotation` in degrees is how a player turns it, counterclockwise.

    `index_first` writes the index before the pictures, as servers do that stream. It shows noise, one `picture`, or
    what `pictures` makes of a frame's number. `gop` is the number of frames from keyframe to keyframe. `sound` is the
    codec of silence beside it. `times` tells when a frame of a number is shown, in seconds, where that is not at ten a
    second. Noise is filmed once: the next film like it is a copy.
    """
    is_noise = picture is None and pictures is None and times is None
    noise = (seconds, size, rotation, index_first, gop, sound) if is_noise else None
    if noise in _films_of_noise:
        path.write_bytes(_films_of_noise[noise])
        return path
    options = {"movflags": "+faststart"} if index_first else {}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.options = {"preset": "ultrafast"}
        if gop is not None:
            stream.codec_context.gop_size = gop
            stream.options |= {"sc_threshold": "0", "keyint_min": str(gop)}
        silence = cast(AudioStream, container.add_stream(sound, rate=48000)) if sound else None
        if rotation:
            stream.set_display_rotation(rotation)
        for number in range(round(seconds * 10)):
            shown = pictures(number) if pictures else picture or Image.effect_noise(size, 10 + number).convert("RGB")
            frame = av.VideoFrame.from_image(shown)  # type: ignore[no-untyped-call]  # PyAV left it so
            if times is not None:
                frame.pts, frame.time_base = round(times(number) * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if silence is not None:
            _write_silence(container, silence, seconds)
    if noise is not None:
        _films_of_noise[noise] = path.read_bytes()
    return path


def scenes(path: Path, colors: Sequence[str], *, seconds_each: float, gop: int, late: float = 0) -> Path:
    """An MP4 that shows one colour after another; with `late`, from so many seconds after its sound on."""
    shown = [Image.new("RGB", (320, 180), color) for color in colors]
    frames = round(seconds_each * 10)
    return film(
        path,
        seconds=seconds_each * len(colors),
        gop=gop,
        pictures=lambda number: shown[number // frames],
        sound="aac" if late else None,
        times=(lambda number: late + number / 10) if late else None,
    )


def _write_silence(container: OutputContainer, stream: AudioStream, seconds: float) -> None:
    for number in range(round(seconds * 48000 / 1024)):
        frame = av.AudioFrame(format=stream.codec_context.format.name, layout="mono", samples=1024)
        frame.sample_rate, frame.pts = 48000, number * 1024
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


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
