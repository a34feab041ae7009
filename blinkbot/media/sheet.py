"""A contact sheet: frames spread over a clip with their times, as one picture (PyAV, Pillow).

Where a clip has keyframes enough, they alone are decoded: of a 1080p clip each costs about ten milliseconds, while
reaching a frame between them costs all frames since the keyframe before it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.errors import MediaError
from blinkbot.media.video import opened

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image

LAYOUTS = ((6, 2, 3), (4, 2, 2), (2, 1, 2), (1, 1, 1))
"""Frames, and the columns and rows they stand in, of a clip that is wider than high; of others they are swapped."""

SECONDS_APART = 0.5
"""Frames that are nearer to each other show the same."""

MOST_DECODED = 1800
"""Frames that are decoded of a clip with too few keyframes: a minute at 30 a second. The rest of it is not shown."""

WIDTH = 1280
"""Pixels of the whole sheet, about what a phone has."""

GAP = 4
"""Pixels between frames."""

LARGEST = 1_000_000
"""Bytes. Only noise is larger at the first of the qualities."""

QUALITIES = (80, 60, 40)

TENTHS_BELOW = 7.0
"""Seconds; in shorter clips whole seconds would name several frames alike."""


@dataclass(frozen=True, slots=True)
class _Packet:
    """One encoded frame: when it is shown, in seconds from the first one, and its size in bytes."""

    seconds: float
    size: int
    is_keyframe: bool


@dataclass(frozen=True, slots=True)
class _Shot:
    """A frame at its size on the sheet."""

    seconds: float
    image: "Image"


def contact_sheet(path: Path) -> bytes:
    """Six frames of a video, fewer of one below three seconds, with their times, as one JPEG below 1 MB.

    Each is from a part of the clip of its own, at the moment at which that part changes most. A clip with a keyframe
    in each part costs six decoded frames. Of any other every frame has to be
    decoded up to the last that is shown, which takes about 3 ms each at 1080p. Raises MediaError as `probe` does.
    """
    with opened(path) as (container, stream):
        start, packets = _packets(container, stream)
        length = packets[-1].seconds
        frames, columns, rows = next((each for each in LAYOUTS if length >= each[0] * SECONDS_APART), LAYOUTS[-1])
        shots = [_shot(frame, start, columns, rows) for frame in _frames(container, stream, start, packets, frames)]
    # A clip whose end is out of reach gives fewer frames than its length promises.
    frames, columns, rows = next((each for each in LAYOUTS if each[0] <= len(shots)), (0, 0, 0))
    if not frames:
        raise MediaError(f"{path.name} has no picture in it")
    if _is_upright(*shots[0].image.size):
        columns, rows = rows, columns
    return _jpeg(_laid_out(shots[:frames], columns, rows, tenths=length < TENTHS_BELOW))


def _packets(container: "InputContainer", stream: "VideoStream") -> tuple[float, list[_Packet]]:
    """The stream's own time of the first frame, and all frames in the order in which they are shown.

    Decodes none of them.
    """
    packets: list[_Packet] = []
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_corrupt:
            raise MediaError(f"{Path(container.name).name} is cut short")
        packets.append(_Packet(float(packet.pts * packet.time_base), packet.size, packet.is_keyframe))
    # From the start again: looking has read on.
    container.seek(0)
    if len(packets) < max(1, stream.frames):
        raise MediaError(f"{Path(container.name).name} is cut short")
    start = min(packet.seconds for packet in packets)
    shifted = (_Packet(packet.seconds - start, packet.size, packet.is_keyframe) for packet in packets)
    return start, sorted(shifted, key=lambda packet: packet.seconds)


def _frames(
    container: "InputContainer", stream: "VideoStream", start: float, packets: Sequence[_Packet], shown: int
) -> "Iterator[VideoFrame]":
    """The frames to be shown, in their order: from each part of the clip one, where it changes most."""
    parts = _parts(packets, shown)
    decoder = stream.codec_context
    if all(any(packet.is_keyframe for packet in part) for part in parts):
        # Smoothing the edges of blocks takes a fifth of the time, and nobody sees it at this size.
        decoder.options = {"skip_loop_filter": "all"}
        times = {_keyframe_of(part).seconds + start for part in parts}
        yield from _keyframes(container, stream, times)
    else:
        decoder.options = {"skip_loop_filter": "noref"}
        decoder.skip_frame = "NONREF"
        times_in_order = [_busiest(part).seconds + start for part in parts]
        yield from _nearest(islice(container.decode(stream), MOST_DECODED), times_in_order)


def _parts(packets: Sequence[_Packet], count: int) -> list[Sequence[_Packet]]:
    """The clip in parts of the same length; none is empty."""
    length = packets[-1].seconds
    parts = (
        [
            [packet for packet in packets if min(int(packet.seconds / length * count), count - 1) == part]
            for part in range(count)
        ]
        if length
        else [list(packets)]
    )
    return [part for part in parts if part]


def _busiest(part: Sequence[_Packet]) -> _Packet:
    """Where the picture changes most: a frame is encoded as what is new in it, so there the most bytes are.

    A keyframe is all new, and tells nothing.
    """
    return max((packet for packet in part if not packet.is_keyframe), key=lambda packet: packet.size, default=part[0])


def _keyframe_of(part: Sequence[_Packet]) -> _Packet:
    """The keyframe that is nearest to the busiest moment."""
    busiest = _busiest(part).seconds
    return min((packet for packet in part if packet.is_keyframe), key=lambda packet: abs(packet.seconds - busiest))


def _keyframes(container: "InputContainer", stream: "VideoStream", times: set[float]) -> "Iterator[VideoFrame]":
    for packet in container.demux(stream):
        # The last packet is empty: with it the decoder gives out what it still holds.
        if packet.pts is None or float(packet.pts * packet.time_base) in times:
            yield from packet.decode()


def _nearest(frames: "Iterator[VideoFrame]", times: Sequence[float]) -> "Iterator[VideoFrame]":
    """For each time the first frame that is not before it."""
    waiting = deque(times)
    for frame in frames:
        if frame.time < waiting[0]:
            continue
        yield frame
        while waiting and waiting[0] <= frame.time:
            waiting.popleft()
        if not waiting:
            return


def _shot(frame: "VideoFrame", start: float, columns: int, rows: int) -> _Shot:
    """A frame at the size it has on the sheet, turned as it is shown."""
    sideways = frame.rotation % 180 != 0
    width, height = (frame.height, frame.width) if sideways else (frame.width, frame.height)
    across = rows if _is_upright(width, height) else columns
    scale = min(1.0, (WIDTH - GAP * (across - 1)) / across / width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    width, height = size[::-1] if sideways else size
    small = frame.reformat(width, height, "rgb24", interpolation="FAST_BILINEAR")
    image: Image = small.to_image()  # type: ignore[no-untyped-call]  # PyAV left it so
    if frame.rotation:
        image = image.rotate(frame.rotation, expand=True)
    return _Shot(frame.time - start, image)


def _is_upright(width: int, height: int) -> bool:
    return width < height


def _laid_out(shots: Sequence[_Shot], columns: int, rows: int, *, tenths: bool) -> "Image":
    from PIL import Image, ImageDraw, ImageFont

    width, height = shots[0].image.size
    sheet = Image.new("RGB", (columns * (width + GAP) - GAP, rows * (height + GAP) - GAP), "black")
    letters = max(10, sheet.width // 28)
    font = ImageFont.load_default(letters)
    draw = ImageDraw.Draw(sheet)
    margin = letters / 3
    for number, shot in enumerate(shots):
        left, top = number % columns * (width + GAP), number // columns * (height + GAP)
        sheet.paste(shot.image, (left, top))
        mark, bottom = _time(shot.seconds, tenths), top + height - margin
        # On a dark plate, to be read before snow and before night.
        plate = draw.textbbox((left + 2 * margin, bottom - margin), mark, font, anchor="ls")
        draw.rectangle((plate[0] - margin, plate[1] - margin, plate[2] + margin, plate[3] + margin), "black")
        draw.text((left + 2 * margin, bottom - margin), mark, "white", font, anchor="ls")
    return sheet


def _time(seconds: float, tenths: bool) -> str:
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes)}:{rest:04.1f}" if tenths else f"{int(minutes)}:{int(rest):02d}"


def _jpeg(sheet: "Image") -> bytes:
    """As good as it may be below LARGEST."""
    for quality in QUALITIES:
        jpeg = BytesIO()
        sheet.save(jpeg, "JPEG", quality=quality)
        if jpeg.tell() < LARGEST:
            break
    return jpeg.getvalue()
