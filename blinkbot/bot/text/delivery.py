"""What a chat is told about a video on its way: how far it is, and why it does not come. In plain text."""

import math

from blinkbot.bot.text.error_messages import cause
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.translations import Sentence

NAMELESS_CAMERA = Sentence("Camera {number}")
SHRINKING = Sentence("⏳ Making the video small enough for Telegram… {percent}%")
TOO_BIG = Sentence("It has {size} MB, and Telegram takes {limit} MB at most from a bot.")
UNAVAILABLE = Sentence("I tried for two days. {cause}")

NOT_TAKEN = Sentence("Telegram doesn't take the file.")

_SENTENCES = {
    FailureCode.TOO_LARGE: Sentence("It's larger than Telegram takes from a bot."),
    FailureCode.FORBIDDEN: Sentence("This group doesn't let me send videos. Its admins can allow that."),
    FailureCode.REFUSED: NOT_TAKEN,
    FailureCode.UNCERTAIN: Sentence("The connection broke twice, so it may be above already. /clips has it too."),
    FailureCode.DELETED: Sentence("It was deleted at Blink before I could fetch it."),
    FailureCode.MISSING: Sentence("Blink has deleted it, or never had all of it."),
    FailureCode.UNFINISHED: Sentence("Blink has only a piece of it. That's what you see."),
    FailureCode.NOT_A_VIDEO: Sentence("What Blink has isn't a video."),
}


def too_big(size: int, limit: int) -> str:
    """Of a file that is larger than Telegram takes; both in bytes."""
    return TOO_BIG(size=math.ceil(size / 1e6), limit=math.floor(limit / 1e6))


def shrinking(part: float) -> str:
    """While a video is made smaller; `part` is what is done, 0 to 1."""
    return SHRINKING(percent=round(part * 100))


def why(reason: FailureReason) -> str:
    match reason.code:
        case FailureCode.TOO_BIG:
            return too_big(reason.values["size"], reason.values["limit"])
        case FailureCode.UNAVAILABLE:
            return UNAVAILABLE(cause=cause(reason.error))
        case FailureCode.ERROR:
            return cause(reason.error)
        case FailureCode.OTHER:
            return str(reason.values["message"])
    return _SENTENCES[reason.code]()
