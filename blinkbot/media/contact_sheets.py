"""A contact sheet: frames of a clip with their times (PyAV, Pillow). Decoding is the cost: 10 ms a 1080p keyframe."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.errors import MediaError
from blinkbot.media.video import opened

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image

# Frames, and the columns and rows they stand in, of a clip that is wider than high; of others they are swapped.
LAYOUTS = ((6, 2, 3), (4, 2, 2), (2, 1, 2), (1, 1, 1))
SECONDS_APART = 0.5  # Frames that are nearer to each other show the same
CHEAP = 60 * 1920 * 1080  # Pixels that are decoded gladly to show a better moment
# Frames that are decoded of a clip with too few keyframes: a minute at 30 a second. The rest of it is not shown.
MOST_DECODED = 1800
WIDTH = 1280  # Pixels of the whole sheet, about what a phone has
GAP = 4  # Pixels between frames
LARGEST = 1_000_000  # Bytes. Only noise is larger at the first of the qualities.
QUALITIES = (80, 60, 40)
TENTHS_BELOW = 7.0  # Seconds; in shorter clips whole seconds would name several frames alike


@dataclass(frozen=True, slots=True)
class _Packet:
    """An encoded frame: its number, that of the keyframe it needs, its time in the stream's units, its bytes."""

    number: int
    begin: int
    pts: int
    size: int

    @property
    def is_keyframe(self) -> bool:
        return self.number == self.begin


@dataclass(frozen=True, slots=True)
class _Shot:
    """A frame at its size on the sheet."""

    seconds: float
    image: "Image"


def contact_sheet(path: Path) -> bytes:
    """Six frames (fewer below 3 s), each the busiest of its part, as a JPEG below 1 MB. Raises MediaError."""
    with opened(path) as (container, stream):
        packets = _packets(container, stream)
        begin, end = (edge(packet.pts for packet in packets) for edge in (min, max))
        length = float((end - begin) * (stream.time_base or 0))
        frames, columns, rows = next((each for each in LAYOUTS if length >= each[0] * SECONDS_APART), LAYOUTS[-1])
        near = SECONDS_APART / (stream.time_base or 1)
        chosen = _chosen(packets, frames, near, stream.width * stream.height)
        shots = [_shot(frame, begin, columns, rows) for frame in _decoded(container, stream, packets, chosen)]
    # A clip whose end is out of reach gives fewer frames than its length promises.
    frames, columns, rows = next((each for each in LAYOUTS if each[0] <= len(shots)), (0, 0, 0))
    if not frames:
        raise MediaError(f"{path.name} has no picture in it")
    if _is_upright(*shots[0].image.size):
        columns, rows = rows, columns
    return _jpeg(_laid_out(shots[:frames], columns, rows, tenths=length < TENTHS_BELOW))


def _packets(container: "InputContainer", stream: "VideoStream") -> list[_Packet]:
    """All encoded frames in decoding order, undecoded."""
    packets: list[_Packet] = []
    begin = 0
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_corrupt:
            raise MediaError(f"{Path(container.name).name} is cut short")
        begin = len(packets) if packet.is_keyframe else begin
        packets.append(_Packet(len(packets), begin, packet.pts, packet.size))
    # From the start again: looking has read on.
    container.seek(0)
    if len(packets) < max(1, stream.frames):
        raise MediaError(f"{Path(container.name).name} is cut short")
    return packets


def _chosen(packets: Sequence[_Packet], count: int, near: float, pixels: int) -> list[_Packet]:
    """A frame for each part: the best that is cheap enough. A keyframe that is `near` the best moment is as good."""
    parts = _parts(packets, count)
    best = [_keyframe_of(part, near) or _busiest(part) for part in parts]
    good = [_keyframe_of(part) or _busiest(part) for part in parts]
    for chosen in (best, good):
        if sum(len(run) for run in _runs(chosen)) * pixels <= CHEAP:
            return chosen
    return [_keyframe_of(part) or part[0] for part in parts]


def _parts(packets: Sequence[_Packet], count: int) -> list[Sequence[_Packet]]:
    """The clip in parts of equal length, in display order; none is empty, since a long part is halved instead."""
    shown = sorted(packets, key=lambda packet: packet.pts)
    begin, length = shown[0].pts, shown[-1].pts - shown[0].pts
    parts: defaultdict[int, list[_Packet]] = defaultdict(list)
    for packet in shown:
        parts[min((packet.pts - begin) * count // max(length, 1), count - 1)].append(packet)
    split: list[Sequence[_Packet]] = list(parts.values())
    while len(split) < min(count, len(shown)):
        number = max(range(len(split)), key=lambda each: len(split[each]))
        half = len(split[number]) // 2
        split[number : number + 1] = [split[number][:half], split[number][half:]]
    return split


def _busiest(part: Sequence[_Packet]) -> _Packet:
    """The frame with most bytes, where the picture changes most; keyframes are all new and tell nothing."""
    return max((packet for packet in part if not packet.is_keyframe), key=lambda packet: packet.size, default=part[0])


def _keyframe_of(part: Sequence[_Packet], within: float = inf) -> _Packet | None:
    """The keyframe nearest to the busiest moment, if it is near enough."""
    busiest = _busiest(part).pts
    keyframes = (packet for packet in part if packet.is_keyframe and abs(packet.pts - busiest) <= within)
    return min(keyframes, key=lambda packet: abs(packet.pts - busiest), default=None)


def _runs(chosen: Sequence[_Packet]) -> list[range]:
    """The packets to decode: from each needed keyframe to the last chosen frame after it."""
    ends: dict[int, int] = {}
    for packet in chosen:
        ends[packet.begin] = max(packet.number, ends.get(packet.begin, 0))
    return [range(begin, end + 1) for begin, end in sorted(ends.items())]


def _decoded(
    container: "InputContainer", stream: "VideoStream", packets: Sequence[_Packet], chosen: Sequence[_Packet]
) -> "Iterator[VideoFrame]":
    """The chosen frames in display order, each once; in place of an undecodable one, the next."""
    # Smoothing the edges of blocks takes a fifth of the time, and is not seen at this size.
    stream.codec_context.options = {"skip_loop_filter": "all"}
    stream.codec_context.skip_frame = "NONREF"
    waiting = deque(sorted(packet.pts for packet in chosen))
    for frame in islice(_frames(container, stream, packets, _runs(chosen), waiting), MOST_DECODED):
        if not waiting:
            return
        if frame.pts is None or frame.pts < waiting[0]:
            continue
        while waiting and waiting[0] <= frame.pts:
            waiting.popleft()
        yield frame


def _frames(
    container: "InputContainer",
    stream: "VideoStream",
    packets: Sequence[_Packet],
    runs: Sequence[range],
    waiting: "deque[int]",
) -> "Iterator[VideoFrame]":
    """All frames of these runs; a run goes on while its last frame is `waiting`, as decoders skip some."""
    begins = {run.start: run for run in runs}
    run: range | None = None
    number = 0
    for packet in container.demux(stream):
        if packet.pts is None:
            # The last packet is empty: with it the decoder gives out what it still holds.
            yield from packet.decode()
            continue
        run = begins.get(number, run)
        if run is not None:
            yield from packet.decode()
            is_at_its_end = number >= run[-1]
            # A keyframe is never left out; it comes when the decoder is given more.
            if is_at_its_end and (len(run) == 1 or not waiting or waiting[0] > packets[run[-1]].pts):
                run = None
        number += 1


def _shot(frame: "VideoFrame", begin: int, columns: int, rows: int) -> _Shot:
    """A frame, scaled and turned; `begin` is the clip's first time."""
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
    return _Shot(float(((frame.pts or 0) - begin) * (frame.time_base or 0)), image)


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
    """The best quality below LARGEST."""
    for quality in QUALITIES:
        jpeg = BytesIO()
        sheet.save(jpeg, "JPEG", quality=quality)
        if jpeg.tell() < LARGEST:
            break
    return jpeg.getvalue()
