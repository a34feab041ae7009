"""One event, recorded twice: in the cloud and on the USB stick of a sync module (protocol §10).

Clip ids say nothing about that: those of a stick change when the sync module restarts. What stays is the camera and
the instant, and the stick's camera names have lost their punctuation.
"""

import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from blinkbot.domain import Clip

TOLERANCE = timedelta(seconds=5)
"""How far the two recordings' starts may lie apart. No camera begins two clips this close to each other: a clip lasts
five seconds at least, and the camera rests after it."""


def bare_name(name: str) -> str:
    """A name's letters and digits, without case: what is left of it on a stick."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())


def same_camera(one: Clip, other: Clip) -> bool:
    """Whether two clips are of one camera: by its id where both know it, else by what is left of its name."""
    if one.network_id != other.network_id:
        return False
    if one.camera_id and other.camera_id:
        return one.camera_id == other.camera_id
    return bool(bare_name(one.camera_name)) and bare_name(one.camera_name) == bare_name(other.camera_name)


def duplicate_of(clip: Clip, known: Iterable[Clip]) -> Clip | None:
    """The other recording of the same event, None where it has none: from the other origin, nearest in time."""
    others = [
        other
        for other in known
        if other.origin is not clip.origin
        and same_camera(clip, other)
        and abs(other.recorded_at - clip.recorded_at) <= TOLERANCE
    ]
    return min(others, key=lambda other: abs(other.recorded_at - clip.recorded_at), default=None)
