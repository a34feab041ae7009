"""What the terminal says of an error: what happened, then what to do. Details for programmers are logged with `-v`."""

import math

from blinkbot.cli.terminal import CommandFailed
from blinkbot.errors import (
    AlreadyRunning,
    AppUpdateRequired,
    BlinkbotError,
    BlinkRefused,
    BlinkResponseError,
    BlinkUnreachable,
    ClientRefused,
    DataFolderError,
    FolderProblem,
    LiveViewFailed,
    LiveViewUnsupported,
    MediaError,
    Missing,
    NotFound,
    NotSignedIn,
    PinProblem,
    ServerError,
    SessionEnded,
    SignInLimit,
    SignInRefused,
    TelegramError,
    TelegramProblem,
    Throttled,
    TooManySignIns,
    Unconfirmed,
    UnsafeHost,
    WrongCredentials,
    WrongPin,
)
from blinkbot.translations import Sentence

# The first that fits is said: an error stands before what it derives from.
_SENTENCES: tuple[tuple[type[BlinkbotError], Sentence], ...] = (
    (SessionEnded, Sentence("Blink ended the session. Sign in again: /signin in the chat.")),
    (NotSignedIn, Sentence("The bot is not signed in to Blink. Sign in first: /signin in the chat.")),
    (WrongCredentials, Sentence("Blink doesn't accept the e-mail or password. Correct blink.email or blink.password.")),
    (ClientRefused, Sentence("Blink doesn't let this program sign in. Look for an update of blinkbot.")),
    (SignInRefused, Sentence("Blink refused the sign-in: {detail}.")),
    (BlinkUnreachable, Sentence("Blink can't be reached. Check the internet connection.")),
    (BlinkResponseError, Sentence("Blink's answer makes no sense: {detail}.")),
    (UnsafeHost, Sentence("Nothing was sent: {detail}.")),
    (AppUpdateRequired, Sentence("Blink wants a newer app. Look for an update of blinkbot.")),
    (LiveViewUnsupported, Sentence("This camera streams in an older way (RTSP) that blinkbot can't record.")),
    (LiveViewFailed, Sentence("The live view failed: the camera may be offline, or watched by another app.")),
    (Unconfirmed, Sentence("Blink has not confirmed it. Look again in a minute.")),
    (MediaError, Sentence("The video can't be used: {detail}.")),
    (Throttled, Sentence("Blink wants fewer requests ({detail}). Try again in a few minutes.")),
    (ServerError, Sentence("Blink's servers have trouble ({detail}). Try again in a few minutes.")),
    (BlinkRefused, Sentence("{detail}.")),
)
_TELEGRAM = {
    TelegramProblem.BAD_TOKEN: Sentence("Telegram refuses the token. Correct telegram.token (@BotFather shows it)."),
    TelegramProblem.SECOND_COPY: Sentence(
        "Another copy of this bot runs with the same telegram.token. Stop one of them, here or on another machine."
    ),
    TelegramProblem.UNREACHABLE: Sentence("Telegram can't be reached. Check the internet connection."),
    TelegramProblem.UNKNOWN_CHAT: Sentence(
        "Telegram doesn't know this chat. Write to the bot from it once, or correct telegram.chats."
    ),
    TelegramProblem.SHUT_OUT: Sentence("The bot was removed from this chat or is blocked there. Add it again."),
}
_FOLDERS = {
    FolderProblem.NOT_MADE: Sentence(
        "The folder {path} can't be made ({detail}). Choose another data_dir, or make it writable for this user."
    ),
    FolderProblem.NOT_WRITABLE: Sentence(
        "{path} can't be written ({detail}). Make it and its folder writable for this user, or choose another data_dir."
    ),
    FolderProblem.EXPOSED: Sentence(
        "Other users can read {path}, which holds the Blink session. Make this user its owner ({detail})."
    ),
    FolderProblem.NOT_LOCKABLE: Sentence(
        "The folder {path} can't be locked ({detail}). Choose one on a local disk with data_dir."
    ),
    FolderProblem.UNUSABLE: Sentence(
        "{path} can't be used as a database ({detail}). Move it away to start with a new one, or restore a backup."
    ),
    FolderProblem.NEWER: Sentence(
        "A newer blinkbot wrote {path} (it has {detail}). Update this one, or choose another data_dir."
    ),
    FolderProblem.FAILED: Sentence("The database {path} failed ({detail}). Check whether the disk is full or damaged."),
}
_RUNNING = Sentence(
    "Another blinkbot (pid {pid}) uses the data folder {path}. Stop it first, or give this one its own data_dir."
)
_PINS = {
    PinProblem.WRONG: Sentence("Blink didn't accept that code. Type the newest one."),
    PinProblem.OUTDATED: Sentence("That code has expired. Start again to get a new one."),
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
    Missing.NEW_PICTURE: Sentence("No new picture came. Try again in a minute."),
    Missing.LIGHT: Sentence("This camera has no light."),
    Missing.SIREN: Sentence("There is no siren."),
}
_REFUSED = Sentence("{refusal}. {meaning}")
_OTHER = Sentence("Stopped by a mistake in the program: {detail}. Please report it.")

_MEANINGS = {
    101: Sentence("Blink does not accept the session any more."),
    200: Sentence("The e-mail or password is wrong."),
    213: Sentence("Clips can be kept for 3, 7, 14, 30 or 60 days, nothing else."),
    242: Sentence("This client was deleted at Blink: sign in again."),
    304: Sentence("No camera has motion detection on."),
    307: Sentence("The sync module is busy: try again in a moment."),
    500: Sentence("There is no such camera."),
    523: Sentence("The live view did not come about."),
    700: Sentence("There is no such recording."),
    706: Sentence("The list of recordings makes no sense to Blink."),
    1621: Sentence("The code is wrong."),
    1630: Sentence("This kind of device cannot do that."),
    2800: Sentence("A snooze lasts 1 to 1439 minutes."),
    2805: Sentence("There is nothing to snooze: motion detection is off."),
}
"""Blink's codes that come with a refusal (protocol §11)."""


def error_message(error: BlinkbotError) -> str:
    """What to say of an error."""
    match error:
        case CommandFailed():
            return str(error)
        case AlreadyRunning(path=path, pid=pid):
            return _RUNNING(path=path, pid=pid or "?")
        case DataFolderError(path=path, problem=problem, detail=detail):
            return _FOLDERS[problem](path=path, detail=detail)
        case TelegramError(problem=problem):
            return _TELEGRAM[problem]()
        case WrongPin(problem=problem):
            return _PINS[problem]()
        case TooManySignIns(limit=limit, wait=wait):
            return _UNKNOWN_WAIT() if wait is None else _LIMITS[limit](seconds=math.ceil(wait))
        case NotFound(missing=Missing() as missing):
            return _MISSING[missing]()
        case BlinkRefused(code=int() as code) if code in _MEANINGS and not isinstance(error, ServerError):
            return _REFUSED(refusal=error, meaning=_MEANINGS[code]())
    sentence = next((sentence for kind, sentence in _SENTENCES if isinstance(error, kind)), _OTHER)
    return sentence(detail=error)
