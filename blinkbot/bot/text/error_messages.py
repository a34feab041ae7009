"""What a person is told when something did not work: one sentence on what happened, one on what to do."""

from blinkbot.errors import (
    AppUpdateRequired,
    BlinkbotError,
    BlinkError,
    BlinkRefused,
    BlinkResponseError,
    BlinkUnreachable,
    Busy,
    ClientRefused,
    DataFolderError,
    LiveViewFailed,
    LiveViewUnsupported,
    MediaError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ServerError,
    SessionEnded,
    SignInRefused,
    Throttled,
    TooManySignIns,
    UnsafeHost,
    WrongCredentials,
    WrongPin,
)

SOMETHING_BROKE = "Something went wrong inside the bot. It is in the bot's log; try again, please."

_SENTENCES: tuple[tuple[type[BlinkbotError], str], ...] = (
    # The first that fits is told: an error stands before what it derives from.
    (SessionEnded, "Blink has ended the session. /signin starts a new one."),
    (NotSignedIn, "I am not signed in to Blink. /signin does that."),
    (WrongPin, "Blink did not accept that code. Send me the newest one."),
    (WrongCredentials, "Blink did not accept the e-mail or password in the bot's settings. Correct them there."),
    (TooManySignIns, "Too many sign-ins in a short time. Wait a while before /signin, or Blink locks the account."),
    (ClientRefused, "Blink does not let this program in. Nothing to try here: look into the bot's log."),
    (SignInRefused, "Blink refused the sign-in. Try /signin again in some minutes."),
    (BlinkUnreachable, "Blink does not answer. Check the bot's internet connection, or try again in a minute."),
    (BlinkResponseError, "Blink's answer made no sense. Try again in a minute; the bot's log has the details."),
    (UnsafeHost, "Blink pointed to an unknown server, so I did not go there. The bot's log has the details."),
    (Throttled, "Blink wants us to slow down. Try again in some minutes."),
    (Busy, "The sync module is busy with something else. Try again in a moment."),
    (NotFound, "Blink does not have it any more. /status shows what is there."),
    (AppUpdateRequired, "Blink asks for a newer app version. Look for an update of this bot."),
    (LiveViewUnsupported, "This camera sends its live view in an older way that I cannot record. /snap works."),
    (LiveViewFailed, "The camera may be offline, or somebody is watching already. Try again in a minute."),
    (ServerError, "Blink's servers have trouble. Try again in some minutes."),
    (BlinkError, "Blink did not do it. Try again in a minute."),
    (DataFolderError, "I cannot write to my data folder: look whether the disk of the bot's machine is full."),
    (MediaError, "The file cannot be read. Try again in a minute."),
    (NotAllowed, "This chat may not do that. Ask whoever runs the bot."),
)


def complaint(error: Exception) -> str:
    """Plain text for a person; the caller escapes it. What nobody foresaw gets a sentence too."""
    if isinstance(error, TooManySignIns) and str(error):
        # It says how long to wait.
        return str(error)
    if type(error) is BlinkRefused and error.message:
        return f"Blink refused: {_sentence(error.message)} Try again in a minute."
    return next((text for kind, text in _SENTENCES if isinstance(error, kind)), SOMETHING_BROKE)


def why_kept(why: BlinkError | str) -> str:
    """Why a clip was not deleted (`Removal.kept`), as a sentence in plain text."""
    if isinstance(why, BlinkError):
        return complaint(why)
    sentence = _sentence(why)
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _sentence(message: str) -> str:
    short = message.strip() if len(message) <= 200 else message[:199].strip() + "…"
    return short if short.endswith((".", "!", "?", "…")) else short + "."
