"""Facts and frames of an MP4 (PyAV), in a process of its own, since decoders crash on hostile files (`worker`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.errors import MediaError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image

    from blinkbot.domain import VideoFacts

# No camera of Blink's records more; a file that claims more would only eat the memory of a small computer.
MOST_PIXELS = 8192 * 4320
JPEG_QUALITY = 85


def probe(path: Path) -> "VideoFacts":
    """Whole seconds (at least 1) and size as shown. Reads all of it; raises MediaError for what is no whole MP4."""
    from blinkbot.domain import VideoFacts

    with opened(path) as (container, stream):
        rotation = first(container, stream).rotation
        width, height = stream.width, stream.height
        # From the start again: decoding has read on.
        container.seek(0)
        seconds = _seconds(container, stream)
    if rotation % 180:
        width, height = height, width
    return VideoFacts(duration=max(1, int(seconds + 0.5)), width=width, height=height)


def first_frame(path: Path) -> bytes:
    """The first frame as JPEG, turned as it is shown. Raises MediaError."""
    with opened(path) as (container, stream):
        frame = first(container, stream)
        picture: Image = frame.to_image()  # type: ignore[no-untyped-call]  # PyAV left it so
        if frame.rotation:
            picture = picture.rotate(frame.rotation, expand=True)
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    return jpeg.getvalue()


@contextmanager
def opened(path: Path) -> Iterator[tuple["InputContainer", "VideoStream"]]:
    """The file and its video stream; every failure of FFmpeg inside becomes a MediaError."""
    import av

    try:
        # Only as MP4: left to itself FFmpeg also recognizes playlists, which send it to other files and addresses.
        with av.open(str(path), format="mp4") as container:
            if not container.streams.video:
                raise MediaError(f"{path.name} has no video in it")
            stream = container.streams.video[0]
            if not 0 < stream.width * stream.height <= MOST_PIXELS:
                raise MediaError(f"{path.name} claims to be {stream.width} × {stream.height} pixels")
            # One thread: one frame is all that is decoded, and each thread has buffers of its own.
            stream.codec_context.thread_count = 1
            yield container, stream
    except av.FFmpegError as error:
        raise MediaError(f"{path.name} cannot be read as a video: {error.strerror}") from error


def first(container: "InputContainer", stream: "VideoStream") -> "VideoFrame":
    """The first frame. Raises MediaError."""
    frame = next(container.decode(stream), None)
    if frame is None:
        raise MediaError(f"{Path(container.name).name} has no picture in it")
    return frame


def _seconds(container: "InputContainer", stream: "VideoStream") -> float:
    """The duration; reads every packet, since a truncated file's header still promises them all."""
    packets = 0
    end = 0.0
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_corrupt:
            raise MediaError(f"{Path(container.name).name} is cut short")
        packets += 1
        end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    if packets < stream.frames:
        raise MediaError(f"{Path(container.name).name} is cut short")
    return end if container.duration is None else container.duration / 1_000_000
