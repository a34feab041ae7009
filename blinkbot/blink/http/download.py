"""A body becomes a file only when it is whole and an MP4 (protocol §7). Written in threads: SD cards are slow."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from blinkbot.errors import BlinkResponseError, CutShort

CHUNK = 256 * 1024  # bytes per write: few enough for a small machine, many enough that threads do not matter

_BRAND_AT = slice(4, 8)
_BRAND = b"ftyp"
_HEADER, _LARGE_HEADER = 8, 16  # bytes of a box's header: its size and name, and its size again where that is large
_NEEDED = (b"moov", b"mdat")
SHORTEST = 8


def is_mp4(start: bytes) -> bool:
    """Whether a file that starts so is an MP4: its first box is `ftyp`."""
    return start[_BRAND_AT] == _BRAND


def is_whole(video: BinaryIO, size: int) -> bool:
    """Whether the boxes of an MP4 of `size` bytes add up, an index and pictures among them (protocol §7)."""
    seen: set[bytes] = set()
    at = 0
    while at < size:
        video.seek(at)
        header = video.read(_LARGE_HEADER)
        length, name = int.from_bytes(header[:4], "big"), header[4:_HEADER]
        if length == 1:
            length = int.from_bytes(header[_HEADER:], "big")
        elif length == 0 and name.isalnum():
            length = size - at  # the last one, to the end
        if length < _HEADER or at + length > size:
            # What pads a file after its last box is no box, and nothing is lost with it.
            return seen.issuperset(_NEEDED) and not header.strip(b"\0")
        seen.add(name)
        at += length
    return seen.issuperset(_NEEDED)


async def save_mp4(
    operation: str, chunks: AsyncIterable[bytes], expected: int | None, target: Path, *, piece: bool = False
) -> int:
    """Write a body into `target`; returns its size in bytes. Raises BlinkResponseError unless it is an MP4.

    Raises CutShort where it is none to its end, unless a `piece` will do.
    """
    partial = _Partial(target)  # not in a thread: being cancelled right then would leave a file behind
    try:
        start = b""
        size = 0
        async for chunk in chunks:
            start = start if len(start) >= SHORTEST else (start + chunk)[:SHORTEST]
            size += len(chunk)
            await asyncio.to_thread(partial.file.write, chunk)
        if expected is not None and size != expected:
            raise BlinkResponseError(operation, f"{expected} bytes were announced, {size} came")
        if not is_mp4(start):
            raise BlinkResponseError(operation, f"it is not an MP4 ({size} bytes)")
        if not piece and not await asyncio.to_thread(partial.is_whole, size):
            raise CutShort(operation, f"it is no whole MP4 ({size} bytes)")
        await asyncio.to_thread(partial.keep)
    finally:
        partial.discard()
    return size


class _Partial:
    """The file as it grows, beside its target; `keep` puts it in place, `discard` removes what was not kept."""

    kept = False

    def __init__(self, target: Path) -> None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        self.file: BinaryIO = os.fdopen(handle, "w+b")
        self._path = Path(name)
        self._target = target

    def is_whole(self, size: int) -> bool:
        self.file.flush()
        return is_whole(self.file, size)

    def keep(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self._path.replace(self._target)
        self.kept = True

    def discard(self) -> None:
        """Safe after `keep`, and while a cancelled write still runs in its thread: closing waits for it."""
        if self.kept:
            return
        with suppress(FileNotFoundError):  # a cancelled `keep` may still put it in place, whole
            self._path.unlink()
        with suppress(OSError):  # what a full disk could not take is thrown away anyway
            self.file.close()
