"""What a person reads when something did not work: what happened, then what to do. Pure; plain text, not HTML."""

import math
from datetime import timedelta

from blinkbot import errors
from blinkbot.bot.text.formatting import humanize, truncate
from blinkbot.translations import Plural, Sentence

_AGAIN = Sentence("Try again in a minute.")
_LATER = Sentence("Try again in a few minutes.")
_LOG = Sentence("The bot's log has the details.")
_LOOK = Sentence("/status shows what is there.")
_IN_AN_HOUR = Sentence("Wait an hour, then try /signin again.")
_CHECK_APP = Sentence("Check that it works in Blink's app, then try /signin again.")
_CORRECT = Sentence("Correct them, then restart me.")
_CHECK_INTERNET = Sentence("Check the bot's internet, or try again in a minute.")
_MAKES_NO_SENSE = Sentence("Try again in a minute; the bot's log has more.")
_SNAP = Sentence("/snap works.")
_CHECK_DISK = Sentence("Check whether the disk is full.")
_SEE_LOG = Sentence("Its log has the details; try again, please.")

_Words = tuple[Sentence, Sentence | None]  # What happened, and what to do about it

_UNFORESEEN: _Words = (Sentence("Something went wrong inside the bot."), _SEE_LOG)
_REFUSED: _Words = (Sentence("Blink refused."), _AGAIN)
# The first that fits is said: an error stands before what it derives from.
_WORDS: tuple[tuple[type[errors.BlinkbotError], _Words], ...] = (
    (errors.SessionEnded, (Sentence("Blink signed me out."), Sentence("/signin signs in again."))),
    (errors.NotSignedIn, (Sentence("I'm not signed in to Blink."), Sentence("/signin does that."))),
    (errors.WrongCredentials, (Sentence("Blink doesn't accept the e-mail or password in my settings."), _CORRECT)),
    (errors.ClientRefused, (Sentence("Blink doesn't let this program in."), _LOG)),
    (errors.SignInBlocked, (Sentence("Blink blocks sign-ins from here, perhaps after too many tries."), _IN_AN_HOUR)),
    (errors.NoRegion, (Sentence("None of Blink's regions knows this account."), _CHECK_APP)),
    (errors.SignInRefused, (Sentence("Blink refused the sign-in."), Sentence("Try /signin again in a few minutes."))),
    (errors.BlinkUnreachable, (Sentence("Blink isn't answering."), _CHECK_INTERNET)),
    (errors.CutShort, (Sentence("Blink has only a piece of it yet."), _AGAIN)),
    (errors.BlinkResponseError, (Sentence("Blink's answer made no sense."), _MAKES_NO_SENSE)),
    (errors.UnsafeHost, (Sentence("Blink pointed to an unknown server, so I stayed away."), _LOG)),
    (errors.Throttled, (Sentence("Blink wants me to slow down."), _LATER)),
    (errors.Busy, (Sentence("The sync module is busy."), Sentence("Try again in a moment."))),
    (errors.NotFound, (Sentence("Blink doesn't have it any more."), _LOOK)),
    (errors.AppUpdateRequired, (Sentence("Blink wants a newer app."), Sentence("Look for an update of this bot."))),
    (errors.LiveViewUnsupported, (Sentence("This camera streams in an older way that I can't record."), _SNAP)),
    (errors.LiveViewFailed, (Sentence("The camera may be offline, or another app is watching it."), _AGAIN)),
    (errors.ServerError, (Sentence("Blink's servers are having trouble."), _LATER)),
    (errors.Unconfirmed, (Sentence("Blink hasn't confirmed it."), Sentence("Check /status in a minute."))),
    (errors.BlinkError, _REFUSED),
    (errors.DataFolderError, (Sentence("I can't write to my data folder."), _CHECK_DISK)),
    (errors.MediaError, (Sentence("The file can't be read."), _AGAIN)),
    (errors.NotAllowed, (Sentence("This chat may not do that."), Sentence("Ask the person who runs the bot."))),
)
_MISSING: dict[errors.Missing, _Words] = {
    errors.Missing.CAMERA: (Sentence("That camera is gone."), _LOOK),
    errors.Missing.NETWORK: (Sentence("That network is gone."), _LOOK),
    errors.Missing.CLIP: (Sentence("Blink doesn't have that clip any more."), None),
    errors.Missing.PICTURE: (Sentence("Blink has no picture of it."), None),
    errors.Missing.NEW_PICTURE: (Sentence("Blink hasn't shown a new one for two minutes."), None),
    errors.Missing.LIGHT: (Sentence("This camera has no light."), None),
    errors.Missing.SIREN: (Sentence("There's no siren there."), None),
}
_LIVE_VIEWS: dict[errors.LiveViewEnd | None, _Words] = {
    errors.LiveViewEnd.SECOND: (Sentence("Another live view is running there."), Sentence("Try again when it's over.")),
    errors.LiveViewEnd.UNVERIFIED: (
        Sentence("The live view's server didn't prove that it's Blink's, so I stayed away."),
        Sentence("In my settings, blink.unverified_live_view = true allows such servers."),
    ),
    errors.LiveViewEnd.LOST: (Sentence("The live view broke off."), _AGAIN),
}
_PINS: dict[errors.PinProblem, _Words] = {
    errors.PinProblem.WRONG: (Sentence("Blink didn't accept that code."), Sentence("Send me the newest one.")),
    errors.PinProblem.OUTDATED: (Sentence("That code has expired."), Sentence("Ask for a new one.")),
    errors.PinProblem.UNREADABLE: (Sentence("A code has 4 to 8 digits."), Sentence("Send it like this: /pin 123456")),
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
_BUDGET_SPENT = Sentence("I've sent Blink all the requests I may send in an hour. Try again in {wait}.")
_UNKNOWN_WAIT = Sentence("Too many sign-ins in a short time. Try again in an hour or so.")
_WRONG_DEVICE: _Words = (Sentence("This device can't do that."), None)
_OFFLINE: _Words = (Sentence("The device is offline."), None)
_OWN_WORDS = Sentence("Blink says “{words}”.")

_SIGNED_OUT = Sentence("Blink signed me out. No alerts until you sign in again.")
_NEVER_SIGNED_IN = Sentence("I'm not signed in to Blink. No alerts until you sign in.")
_SIGN_IN_FAILED = Sentence("{why} No alerts until you sign in.")
WRONG_DEVICE = 1630  # Blink's code for a command that a device of its kind does not know (protocol §11)

_LONGEST_WORDS = 200


def error_message(error: Exception | None) -> str:
    """What to say of an error, whether it was foreseen or not."""
    _, advice = _words_of(error)
    return f"{cause(error)} {advice()}" if advice else cause(error)


def cause(error: Exception | None) -> str:
    """The same without what to do, where the bot itself tries again or has given up."""
    if isinstance(error, errors.TooManySignIns):
        return _too_many_sign_ins(error)
    if isinstance(error, errors.BudgetSpent):
        return _BUDGET_SPENT(wait=humanize(timedelta(seconds=math.ceil(error.retry_after or 60))))
    what, _ = words = _words_of(error)
    if words is _REFUSED and isinstance(error, errors.BlinkRefused) and error.message.strip():
        return _OWN_WORDS(words=truncate(error.message.strip().rstrip("."), _LONGEST_WORDS))
    return what()


def _words_of(error: Exception | None) -> _Words:
    match error:
        case errors.TooManySignIns():
            return _UNKNOWN_WAIT, None  # `cause` words what is known of it
        case errors.BudgetSpent():
            return _UNKNOWN_WAIT, None  # `cause` words what is known of it
        case errors.WrongPin(problem=problem):
            return _PINS[problem]
        case errors.NotFound(missing=errors.Missing() as missing):
            return _MISSING[missing]
        case errors.LiveViewFailed(end=end) if end in _LIVE_VIEWS:
            return _LIVE_VIEWS[end]
        case errors.BlinkRefused(code=code) if code == WRONG_DEVICE:
            return _WRONG_DEVICE
        case errors.BlinkRefused(is_offline=True):
            return _OFFLINE
    return next((words for kind, words in _WORDS if isinstance(error, kind)), _UNFORESEEN)


def sign_in_needed(error: errors.BlinkError) -> str:
    if isinstance(error, errors.SessionEnded):
        return _SIGNED_OUT()
    return _NEVER_SIGNED_IN() if isinstance(error, errors.NotSignedIn) else _SIGN_IN_FAILED(why=error_message(error))


def _too_many_sign_ins(error: errors.TooManySignIns) -> str:
    if error.wait is None:
        return _UNKNOWN_WAIT()
    wait = humanize(timedelta(seconds=math.ceil(error.wait)))
    if error.limit is errors.SignInLimit.ATTEMPTS:
        return _ATTEMPTS(error.attempts, wait=wait)
    return _LIMITS[error.limit](wait=wait)
