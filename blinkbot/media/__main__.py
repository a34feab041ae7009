"""The process in which videos and pictures are opened: `python -m blinkbot.media JOB [FILE…]`.

Jobs: `facts FILE` writes JSON; `first-frame FILE` and `contact-sheet FILE` a JPEG; `telegram-thumbnail` reads a
picture from stdin and writes a JPEG; `remux TARGET [STREAM]` reads a transport stream from the file or from stdin and
writes an MP4 into TARGET; `repack TARGET FILE` and `shrink TARGET FILE BYTES` write an MP4 into TARGET and its size
in bytes as text; `plot` reads JSON (`tally.read`) from stdin and writes a PNG.

Exit status 0: the result is on stdout; UNREADABLE or NO_PLOTS: a sentence for people is. `shrink` tells on stderr how
much is done.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from blinkbot import media
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media.job_protocol import NO_PLOTS, PART_DONE, UNREADABLE

MOST_CPU_SECONDS = 120
"""Ends a decoder that runs in circles, also when the bot that would have stopped it is gone."""


MOST_SHRINKING_CPU_SECONDS = 4 * 3600
"""The same for encoding, which is given half an hour on every core of a Raspberry Pi."""

NICENESS = 10
"""The bot, and everything else on a small computer, goes before minutes of encoding."""

TELL_AT = 0.01
"""The part of a clip after which it is told again how much is done."""


def _facts(path: Path) -> bytes:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(media.probe(path))).encode()


def _remuxed(target: Path, streams: list[str]) -> bytes:
    media.to_mp4(Path(streams[0]) if streams else sys.stdin.buffer.read(), target)
    return b""


def _shrunk(target: Path, path: Path, limit: int) -> bytes:
    os.nice(NICENESS)
    told = 0.0

    def tell(part: float) -> None:
        nonlocal told
        if part < told or part >= told + TELL_AT:
            told = part
            print(f"{PART_DONE}{part:.3f}", file=sys.stderr, flush=True)

    return str(media.shrink(path, target, limit, tell)).encode()


def _plotted(asked: bytes) -> bytes:
    from blinkbot.media.job_protocol import read
    from blinkbot.media.stats_plot import draw

    return draw(read(asked))


JOBS: dict[str, Callable[[list[str]], bytes]] = {
    "facts": lambda files: _facts(Path(files[0])),
    "first-frame": lambda files: media.first_frame(Path(files[0])),
    "contact-sheet": lambda files: media.contact_sheet(Path(files[0])),
    "remux": lambda files: _remuxed(Path(files[0]), files[1:]),
    "repack": lambda files: str(media.repack(Path(files[1]), Path(files[0]))).encode(),
    "shrink": lambda files: _shrunk(Path(files[0]), Path(files[1]), int(files[2])),
    "plot": lambda _: _plotted(sys.stdin.buffer.read()),
    "telegram-thumbnail": lambda _: media.telegram_thumbnail(sys.stdin.buffer.read()),
}


def main(arguments: list[str]) -> int:
    """Do one job; returns the exit status."""
    job, *files = arguments
    seconds = MOST_SHRINKING_CPU_SECONDS if job == "shrink" else MOST_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        result = JOBS[job](files)
    except MediaError as error:
        sys.stdout.buffer.write(str(error).encode())
        return NO_PLOTS if isinstance(error, PlotsMissing) else UNREADABLE
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
