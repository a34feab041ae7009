"""What the terminal says when Blink did not do what was asked: a sentence, and the facts where they help."""

import math

from blinkbot.errors import (
    AppUpdateRequired,
    BlinkbotError,
    BlinkRefused,
    BlinkUnreachable,
    ClientRefused,
    Missing,
    NotFound,
    PinProblem,
    SessionEnded,
    SignInLimit,
    TooManySignIns,
    UnsafeHost,
    WrongCredentials,
    WrongPin,
)
from blinkbot.translations import Sentence

_SENTENCES: tuple[tuple[type[BlinkbotError], Sentence], ...] = (
    (SessionEnded, Sentence("Blink ended the session ({detail}). Sign in again.")),
    (WrongCredentials, Sentence("Blink doesn't accept the e-mail or password in the settings.")),
    (ClientRefused, Sentence("Blink doesn't let this program sign in ({detail}).")),
    (BlinkUnreachable, Sentence("Blink can't be reached: {detail}.")),
    (UnsafeHost, Sentence("Nothing was sent: {detail}.")),
    (AppUpdateRequired, Sentence("Blink wants a newer app. Look for an update of blinkbot.")),
)
_PINS = {
    PinProblem.WRONG: Sentence("Blink didn't accept that code."),
    PinProblem.OUTDATED: Sentence("That code has expired."),
    PinProblem.UNREADABLE: Sentence("The code is the few digits that Blink sent, such as 123456."),
}
_LIMITS = {
    SignInLimit.CODE_SENT: Sentence("A code is on its way. Blink sends a new one in {seconds} s."),
    SignInLimit.ATTEMPTS: Sentence("Too many sign-ins within an hour; more could lock the account. Wait {seconds} s."),
    SignInLimit.THROTTLED: Sentence("Too many sign-ins in a short time. Wait {seconds} s."),
    SignInLimit.LOCKED: Sentence("Blink has locked the account. Wait {seconds} s."),
}
_UNKNOWN_WAIT = Sentence("Too many sign-ins in a short time. Try again in an hour or so.")
_MISSING = {
    Missing.CAMERA: Sentence("There is no such camera."),
    Missing.NETWORK: Sentence("There is no such network."),
    Missing.CLIP: Sentence("There is no such clip."),
    Missing.PICTURE: Sentence("There is no picture."),
    Missing.NEW_PICTURE: Sentence("No new picture came."),
    Missing.LIGHT: Sentence("This camera has no light."),
    Missing.SIREN: Sentence("There is no siren."),
}
_REFUSED = Sentence("{refusal}; that means: {meaning}")

_MEANINGS = {
    101: Sentence("Blink does not accept the session any more"),
    200: Sentence("e-mail or password is wrong"),
    213: Sentence("clips can be kept for 3, 7, 14, 30 or 60 days, nothing else"),
    242: Sentence("this client was deleted at Blink; sign in again"),
    304: Sentence("no camera has motion detection on"),
    307: Sentence("the sync module is busy with something else; try again in a moment"),
    500: Sentence("there is no such camera"),
    523: Sentence("the live view did not come about"),
    700: Sentence("there is no such recording"),
    706: Sentence("the list of recordings makes no sense to Blink"),
    1621: Sentence("the code is wrong"),
    1630: Sentence("this kind of device cannot do that"),
    2800: Sentence("a snooze lasts 1 to 1439 minutes"),
    2805: Sentence("there is nothing to snooze: motion detection is off"),
}
"""Blink's codes that come with a refusal (protocol §11)."""


def error_message(error: BlinkbotError) -> str:
    """What to say of an error; those that are not about Blink say it themselves."""
    match error:
        case WrongPin(problem=problem):
            return _PINS[problem]()
        case TooManySignIns(limit=limit, wait=wait):
            return _UNKNOWN_WAIT() if wait is None else _LIMITS[limit](seconds=math.ceil(wait))
        case NotFound(missing=Missing() as missing):
            return _MISSING[missing]()
        case BlinkRefused(code=int() as code) if code in _MEANINGS:
            return _REFUSED(refusal=error, meaning=_MEANINGS[code]())
    sentence = next((sentence for kind, sentence in _SENTENCES if isinstance(error, kind)), None)
    return sentence(detail=error) if sentence else str(error)
