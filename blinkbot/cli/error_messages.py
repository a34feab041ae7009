"""What the terminal says of an error: what happened, then what to do; for requests to Blink also Blink's own words."""

from blinkbot import errors
from blinkbot.cli.terminal import CommandFailed
from blinkbot.errors import BlinkbotError, FolderProblem, PinProblem, TelegramProblem
from blinkbot.translations import Sentence

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
# Those that a chat words as what to do there.
_OWN = {
    errors.SessionEnded: Sentence("Blink signed the bot out. Send it /signin."),
    errors.NotSignedIn: Sentence("Not signed in to Blink. Send the bot /signin."),
    errors.WrongCredentials: Sentence("Blink doesn't accept blink.email or blink.password. Correct them."),
    errors.SignInRefused: Sentence("Blink refused the sign-in. Try again in a few minutes."),
    errors.LiveViewUnsupported: Sentence("This camera streams in an older way that blinkbot can't record."),
    errors.Unconfirmed: Sentence("Blink hasn't confirmed it yet."),
}
_NOT_FOUND = Sentence("Blink doesn't have that.")
_BLOCKED = Sentence("Blink blocks sign-ins from here, perhaps after too many tries. Wait an hour, then try again.")
_NO_REGION = Sentence("None of Blink's regions knows this account. Check that it works in Blink's app, then try again.")
_MISTAKE = Sentence("Stopped by a mistake in the program: {detail}. Please report it.")

# Blink's codes that come with a refusal (protocol §11).
_MEANINGS = {
    101: Sentence("Blink doesn't accept the session any more."),
    200: Sentence("The e-mail or password is wrong."),
    213: Sentence("Clips can be kept for 3, 7, 14, 30 or 60 days, nothing else."),
    242: Sentence("This client was deleted at Blink: sign in again."),
    304: Sentence("No camera has motion detection on."),
    307: Sentence("The sync module is busy: try again in a moment."),
    500: Sentence("There's no such camera."),
    523: Sentence("The live view didn't start."),
    700: Sentence("There's no such recording."),
    706: Sentence("Blink doesn't understand this list of recordings."),
    1621: Sentence("The code is wrong."),
    1630: Sentence("This kind of device can't do that."),
    2800: Sentence("A snooze lasts 1 to 1439 minutes."),
    2805: Sentence("There's nothing to snooze: motion detection is off."),
}


def error_message(error: BlinkbotError) -> str:
    """What to say of an error. Those that can come in a chat too are worded as they are there."""
    match error:
        case CommandFailed():
            return str(error)
        case errors.AlreadyRunning(path=path, pid=pid):
            return _RUNNING(path=path, pid=pid or "?")
        case errors.DataFolderError(path=path, problem=problem, detail=detail):
            return _FOLDERS[problem](path=path, detail=detail)
        case errors.TelegramError(problem=problem):
            return _TELEGRAM[problem]()
        case errors.WrongPin(problem=problem):
            return _PINS[problem]()
        case errors.SignInBlocked():
            return _BLOCKED()
        case errors.NoRegion():
            return _NO_REGION()
        case errors.BlinkRefused(code=int() as code) if code in _MEANINGS and not isinstance(error, errors.ServerError):
            return _MEANINGS[code]()
        case errors.NotFound(missing=None):
            return _NOT_FOUND()
        case errors.BlinkError() if type(error) in _OWN:
            return _OWN[type(error)]()
        case errors.BlinkError() | errors.MediaError():
            # Not at the top: help is shown without all that chats need.
            from blinkbot.bot import error_message as in_a_chat

            return in_a_chat(error)
    return _MISTAKE(detail=error)
