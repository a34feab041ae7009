"""What a person reads when something did not work: what happened, then what to do. Pure; plain text, not HTML."""

import math
from datetime import timedelta

from blinkbot import errors
from blinkbot.bot.text.formatting import span
from blinkbot.translations import Plural, Sentence

SOMETHING_BROKE = Sentence("Something went wrong inside the bot. Its log has the details; try again, please.")

# The first that fits is said: an error stands before what it derives from.
_SENTENCES: tuple[tuple[type[errors.BlinkbotError], Sentence], ...] = (
    (errors.SessionEnded, Sentence("Blink signed me out. /signin signs in again.")),
    (errors.NotSignedIn, Sentence("I'm not signed in to Blink. /signin does that.")),
    (
        errors.WrongCredentials,
        Sentence("Blink doesn't accept the e-mail or password in my settings. Correct them, then restart me."),
    ),
    (errors.ClientRefused, Sentence("Blink doesn't let this program in. The bot's log has the details.")),
    (errors.SignInRefused, Sentence("Blink refused the sign-in. Try /signin again in a few minutes.")),
    (errors.BlinkUnreachable, Sentence("Blink isn't answering. Check the bot's internet, or try again in a minute.")),
    (
        errors.BlinkResponseError,
        Sentence("Blink's answer made no sense. Try again in a minute; the bot's log has more."),
    ),
    (
        errors.UnsafeHost,
        Sentence("Blink pointed to an unknown server, so I stayed away. The bot's log has the details."),
    ),
    (errors.Throttled, Sentence("Blink wants me to slow down. Try again in a few minutes.")),
    (errors.Busy, Sentence("The sync module is busy. Try again in a moment.")),
    (errors.NotFound, Sentence("Blink doesn't have it any more. /status shows what is there.")),
    (errors.AppUpdateRequired, Sentence("Blink wants a newer app. Look for an update of this bot.")),
    (errors.LiveViewUnsupported, Sentence("This camera streams in an older way that I can't record. /snap works.")),
    (
        errors.LiveViewFailed,
        Sentence("The camera may be offline, or another app is watching it. Try again in a minute."),
    ),
    (errors.ServerError, Sentence("Blink's servers are having trouble. Try again in a few minutes.")),
    (errors.Unconfirmed, Sentence("Blink hasn't confirmed it. Check /status in a minute.")),
    (errors.BlinkError, Sentence("Blink refused. Try again in a minute.")),
    (errors.DataFolderError, Sentence("I can't write to my data folder: check whether the disk is full.")),
    (errors.MediaError, Sentence("The file can't be read. Try again in a minute.")),
    (errors.NotAllowed, Sentence("This chat may not do that. Ask the person who runs the bot.")),
)
_MISSING = {
    errors.Missing.CAMERA: Sentence("That camera is gone. /status shows what is there."),
    errors.Missing.NETWORK: Sentence("That network is gone. /status shows what is there."),
    errors.Missing.CLIP: Sentence("Blink doesn't have that clip any more."),
    errors.Missing.PICTURE: Sentence("Blink has no picture of it."),
    errors.Missing.NEW_PICTURE: Sentence("No new picture came. Try again in a minute."),
    errors.Missing.LIGHT: Sentence("This camera has no light."),
    errors.Missing.SIREN: Sentence("There's no siren there."),
}
_LIVE_VIEWS = {
    errors.LiveViewEnd.SECOND: Sentence("Another live view is running there. Try again when it's over."),
    errors.LiveViewEnd.LOST: Sentence("The live view broke off. Try again in a minute."),
}
_PINS = {
    errors.PinProblem.WRONG: Sentence("Blink didn't accept that code. Send me the newest one."),
    errors.PinProblem.OUTDATED: Sentence("That code has expired. Ask for a new one."),
    errors.PinProblem.UNREADABLE: Sentence("A code has 4 to 8 digits. Send it like this: /pin 123456"),
}
_LIMITS = {
    errors.SignInLimit.CODE_SENT: Sentence("A code is on its way. Ask for a new one in {wait}."),
    errors.SignInLimit.THROTTLED: Sentence("Too many sign-ins in a short time. Try again in {wait}."),
    errors.SignInLimit.LOCKED: Sentence("Blink has locked the account for now. Try again in {wait}."),
}
_ATTEMPTS = Plural(
    "I've signed in {n} time within an hour. More could make Blink lock the account: try again in {wait}.",
    "I've signed in {n} times within an hour. More could make Blink lock the account: try again in {wait}.",
)
_UNKNOWN_WAIT = Sentence("Too many sign-ins in a short time. Try again in an hour or so.")
_WRONG_DEVICE = Sentence("This device can't do that.")
_OFFLINE = Sentence("The device is offline.")
_OWN_WORDS = Sentence("Blink says “{words}”. Try again in a minute.")

_SIGNED_OUT = Sentence("Blink signed me out. No alerts until you sign in again.")
_NEVER_SIGNED_IN = Sentence("I'm not signed in to Blink. No alerts until you sign in.")
_SIGN_IN_FAILED = Sentence("{why} No alerts until you sign in.")
WRONG_DEVICE = 1630  # Blink's code for a command that a device of its kind does not know (protocol §11)

_LONGEST_WORDS = 200


def error_message(error: Exception | None) -> str:
    """What to say of an error, whether it was foreseen or not."""
    match error:
        case errors.TooManySignIns():
            return _too_many_sign_ins(error)
        case errors.WrongPin(problem=problem):
            return _PINS[problem]()
        case errors.NotFound(missing=errors.Missing() as missing):
            return _MISSING[missing]()
        case errors.LiveViewFailed(end=end) if end in _LIVE_VIEWS:
            return _LIVE_VIEWS[end]()
        case errors.BlinkRefused(code=code) if code == WRONG_DEVICE:
            return _WRONG_DEVICE()
        case errors.BlinkRefused(is_offline=True):
            return _OFFLINE()
        case errors.BlinkRefused(message=message) if type(error) is errors.BlinkRefused and message.strip():
            return _OWN_WORDS(words=_shortened(message))
    return next((sentence for kind, sentence in _SENTENCES if isinstance(error, kind)), SOMETHING_BROKE)()


def sign_in_needed(error: errors.BlinkError) -> str:
    if isinstance(error, errors.SessionEnded):
        return _SIGNED_OUT()
    return _NEVER_SIGNED_IN() if isinstance(error, errors.NotSignedIn) else _SIGN_IN_FAILED(why=error_message(error))


def _too_many_sign_ins(error: errors.TooManySignIns) -> str:
    if error.wait is None:
        return _UNKNOWN_WAIT()
    wait = span(timedelta(seconds=math.ceil(error.wait)))
    if error.limit is errors.SignInLimit.ATTEMPTS:
        return _ATTEMPTS(error.attempts, wait=wait)
    return _LIMITS[error.limit](wait=wait)


def _shortened(words: str) -> str:
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= _LONGEST_WORDS else line[: _LONGEST_WORDS - 1] + "…"
