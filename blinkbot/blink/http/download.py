"""A body that becomes a file only when it is whole and an MP4 (protocol §7).

The file grows beside its target under another name and takes the target's place in one step; on every failure, and
when the download is cancelled, nothing stays behind. File work runs in threads: an SD card can take its time.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from blinkbot.errors import BlinkResponseError

CHUNK = 256 * 1024
"""Bytes per write: few enough for a small machine, many enough that threads do not matter."""

_BOX_SIZE_AT = slice(0, 4)
_BRAND_AT = slice(4, 8)
_BRAND = b"ftyp"
SHORTEST = 8


def is_mp4(start: bytes) -> bool:
    """Whether a file that starts so is an MP4: its first box is `ftyp`."""
    return start[_BRAND_AT] == _BRAND


def is_cut(start: bytes, size: int) -> bool:
    """Whether an MP4 of `size` bytes ends inside its first box or right behind it: nothing of a video is in it.

    Where no length was announced, this is all that tells a body that broke off early from a whole one.
    """
    return size <= int.from_bytes(start[_BOX_SIZE_AT], "big")


async def save_mp4(operation: str, chunks: AsyncIterable[bytes], expected: int | None, target: Path) -> int:
    """Write a body into `target`; returns its size in bytes. `expected` is the announced size, None when unknown.

    Raises BlinkResponseError when it is no MP4 or not whole; what `chunks` raises passes through.
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
        if is_cut(start, size):
            raise BlinkResponseError(operation, f"it is no whole MP4 ({size} bytes)")
        await asyncio.to_thread(partial.keep)
    finally:
        partial.discard()
    return size


class _Partial:
    """The growing file. `keep` puts it in place, `discard` removes what was not kept."""

    kept = False

    def __init__(self, target: Path) -> None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        self.file: BinaryIO = os.fdopen(handle, "wb")
        self._path = Path(name)
        self._target = target

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
