"""The process in which videos and pictures are opened: `python -m blinkbot.media JOB [FILE…]`.

Jobs: `facts FILE` writes JSON; `first-frame FILE` and `contact-sheet FILE` a JPEG; `telegram-thumbnail` reads a
picture from stdin and writes a JPEG; `remux TARGET [STREAM]` reads a transport stream from the file or from stdin and
writes an MP4 into TARGET; `repack TARGET FILE` and `shrink TARGET FILE BYTES` write an MP4 into TARGET and its size
in bytes as text; `plot` reads JSON (`job_protocol.read_stats_job`) from stdin and writes a PNG.

Exit status 0: the result is on stdout; UNREADABLE or NO_PLOTS: the reason is. `shrink` writes on stderr how much is
done.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media.contact_sheets import contact_sheet
from blinkbot.media.job_protocol import NO_PLOTS, PART_DONE, UNREADABLE, read_stats_job
from blinkbot.media.remux import repack, to_mp4
from blinkbot.media.thumbnail import telegram_thumbnail
from blinkbot.media.transcode import shrink
from blinkbot.media.video import first_frame, probe

MOST_CPU_SECONDS = 120  # Ends a decoder that runs in circles, also when the bot that would have stopped it is gone
# The same for encoding, which is given half an hour on every core of a Raspberry Pi.
MOST_SHRINKING_CPU_SECONDS = 4 * 3600
NICENESS = 10  # The bot, and everything else on a small computer, goes before minutes of encoding
REPORT_EVERY = 0.01  # The part of a clip after which progress is reported again


def _facts(path: Path) -> bytes:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(probe(path))).encode()


def _remuxed(target: Path, streams: list[str]) -> bytes:
    to_mp4(Path(streams[0]) if streams else sys.stdin.buffer.read(), target)
    return b""


def _shrunk(target: Path, path: Path, limit: int) -> bytes:
    os.nice(NICENESS)
    reported = 0.0

    def report(part: float) -> None:
        nonlocal reported
        if part < reported or part >= reported + REPORT_EVERY:
            reported = part
            print(f"{PART_DONE}{part:.3f}", file=sys.stderr, flush=True)

    return str(shrink(path, target, limit, report)).encode()


def _plotted(asked: bytes) -> bytes:
    from blinkbot.media.stats_plot import draw

    return draw(read_stats_job(asked))


JOBS: dict[str, Callable[[list[str]], bytes]] = {
    "facts": lambda files: _facts(Path(files[0])),
    "first-frame": lambda files: first_frame(Path(files[0])),
    "contact-sheet": lambda files: contact_sheet(Path(files[0])),
    "remux": lambda files: _remuxed(Path(files[0]), files[1:]),
    "repack": lambda files: str(repack(Path(files[1]), Path(files[0]))).encode(),
    "shrink": lambda files: _shrunk(Path(files[0]), Path(files[1]), int(files[2])),
    "plot": lambda _: _plotted(sys.stdin.buffer.read()),
    "telegram-thumbnail": lambda _: telegram_thumbnail(sys.stdin.buffer.read()),
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
