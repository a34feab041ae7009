"""The process in which videos and pictures are opened: `python -m blinkbot.media JOB [FILE…]`.

Jobs: `facts FILE` writes JSON, `first-frame FILE` a JPEG, `telegram-thumbnail` reads a picture from stdin and writes
a JPEG, `remux TARGET [STREAM]` reads a transport stream from the file or from stdin and writes an MP4 into TARGET.
Exit status 0: the result is on stdout; UNREADABLE: a sentence for people is.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from blinkbot.errors import MediaError
from blinkbot.media.picture import telegram_thumbnail
from blinkbot.media.remux import to_mp4
from blinkbot.media.video import first_frame, probe
from blinkbot.media.worker import UNREADABLE

MOST_CPU_SECONDS = 120
"""Ends a decoder that runs in circles, also when the bot that would have stopped it is gone."""


def _remuxed(target: Path, streams: list[str]) -> bytes:
    to_mp4(Path(streams[0]) if streams else sys.stdin.buffer.read(), target)
    return b""


JOBS: dict[str, Callable[[list[str]], bytes]] = {
    "facts": lambda files: json.dumps(asdict(probe(Path(files[0])))).encode(),
    "first-frame": lambda files: first_frame(Path(files[0])),
    "remux": lambda files: _remuxed(Path(files[0]), files[1:]),
    "telegram-thumbnail": lambda _: telegram_thumbnail(sys.stdin.buffer.read()),
}


def main(arguments: list[str]) -> int:
    """Do one job; returns the exit status."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job, *files = arguments
    try:
        result = JOBS[job](files)
    except MediaError as error:
        sys.stdout.buffer.write(str(error).encode())
        return UNREADABLE
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
