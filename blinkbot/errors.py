"""Every error of the program, in one tree.

BlinkbotError: ConfigError, DataFolderError (AlreadyRunning), NotAllowed, MediaError (UnreadableVideo, PlotsMissing),
TelegramError and BlinkError, which are
    BlinkUnreachable, BlinkResponseError (CutShort), UnsafeHost, Unconfirmed, LiveViewUnsupported, LiveViewFailed;
    NotSignedIn: SessionEnded;
    SignInRefused: WrongCredentials, WrongPin, TooManySignIns, ClientRefused, SignInBlocked, NoRegion;
    BlinkRefused: Throttled (BudgetSpent), Busy, NotFound, StaleManifest, AppUpdateRequired, ServerError.

Errors carry facts: codes and values, worded for people in `bot/text/error_messages.py`. `str(error)` is terse, for
logs, and never holds a token, a password or a PIN.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class FolderProblem(StrEnum):
    """Why a file or folder in the data folder cannot be used."""

    IN_USE = "is used by another blinkbot"
    NOT_MADE = "cannot be made"
    NOT_WRITABLE = "cannot be written"
    EXPOSED = "can be read by other users, and that cannot be changed"
    NOT_LOCKABLE = "cannot be locked"
    UNUSABLE = "cannot be used as a database"
    NEWER = "was written by a newer blinkbot"
    FAILED = "failed"


class TelegramProblem(StrEnum):
    """Why the Bot API cannot be used, as the log has it."""

    BAD_TOKEN = "Telegram refuses the token: correct telegram.token"  # noqa: S105 - no secret
    SECOND_COPY = "another program with the same telegram.token takes this bot's updates: stop one"
    UNREACHABLE = "Telegram cannot be reached"
    UNKNOWN_CHAT = "Telegram does not know this chat for this bot"
    SHUT_OUT = "the bot was removed from this chat or is blocked there"


class SignInLimit(StrEnum):
    """Why another sign-in or code has to wait."""

    CODE_SENT = "a code was sent just now"
    ATTEMPTS = "signed in often enough by our own count"
    THROTTLED = "Blink answered 429"
    LOCKED = "Blink has locked the account"


class PinProblem(StrEnum):
    """Why a code was not taken."""

    WRONG = "it is wrong"
    OUTDATED = "a new one has to be asked for"
    UNREADABLE = "it is not a code, and was not sent"


class LiveViewEnd(StrEnum):
    """What became of a live view that failed."""

    SECOND = "another one runs in this network"
    UNREACHABLE = "its stream cannot be reached"
    UNVERIFIED = "its server does not prove that it is Blink's; blink.unverified_live_view = true allows that"
    LOST = "it broke off"
    ENDED = "Blink ended it"


class Missing(StrEnum):
    """What is not there."""

    CAMERA = "camera"
    NETWORK = "network"
    CLIP = "clip"
    PICTURE = "picture"
    NEW_PICTURE = "new picture"
    LIGHT = "light"
    SIREN = "siren"


class BlinkbotError(Exception):
    """The root of the tree."""


class SettingFault(StrEnum):
    """What is wrong with a setting."""

    MISSING = "missing"
    WRONG = "not what is expected"  # `ge` or `le`: a limit that is passed; `closest`: what may be meant, or ""
    UNKNOWN = "no such setting"  # `closest`: what may be meant, or ""
    EXAMPLE = "still the example's value"
    NO_FILE = "no such file"  # `file`
    UNREADABLE = "cannot be read"  # `error`


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One setting, variable or file by its name, and what is wrong with it; never its value, which may be a secret."""

    key: str
    fault: SettingFault
    facts: Mapping[str, object] = field(default_factory=dict)


class ConfigError(BlinkbotError):
    """Settings are wrong or missing. `file` is the one that was read, None where there is none."""

    def __init__(self, problems: Sequence[SettingProblem], file: Path | None) -> None:
        self.problems = tuple(problems)
        self.file = file
        super().__init__("\n".join(f"{problem.key}: {problem.fault}" for problem in problems))


class DataFolderError(BlinkbotError):
    """A file or folder in the data folder cannot be used. `detail` is the operating system's or SQLite's word."""

    def __init__(
        self, path: Path | str, problem: FolderProblem = FolderProblem.FAILED, detail: str | None = None
    ) -> None:
        self.path = path
        self.problem = problem
        self.detail = detail
        super().__init__(f"{path} {problem}" + (f" ({detail})" if detail else ""))


class AlreadyRunning(DataFolderError):
    """Another blinkbot uses this data folder; `pid` is its process, None in the instant before it is known."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.pid = pid
        super().__init__(path, FolderProblem.IN_USE, f"pid {pid}" if pid else "")


class NotAllowed(BlinkbotError):
    """A chat asked for something that its role does not allow."""


class MediaError(BlinkbotError):
    """A video or picture cannot be read."""


class UnreadableVideo(MediaError):
    """It was opened, and is no video to its end."""


class PlotsMissing(MediaError):
    """The extra `plots` (matplotlib) is not installed."""


class TelegramError(BlinkbotError):
    """The Bot API cannot be used at all, or not for one chat."""

    def __init__(self, problem: TelegramProblem, detail: str = "") -> None:
        self.problem = problem
        super().__init__(problem + (f" ({detail})" if detail else ""))


class BlinkError(BlinkbotError):
    """Blink, or the way to it."""


class BlinkUnreachable(BlinkError):
    """No answer came: network, name service or timeout."""


class BlinkResponseError(BlinkError):
    """An answer that makes no sense. Names the operation, and the field where one is to blame."""

    def __init__(self, operation: str, problem: str, field: str = "") -> None:
        self.operation = operation
        self.field = field
        self.problem = problem
        where = f"{operation}, field {field}" if field else operation
        super().__init__(f"unusable answer to {where}: {problem}")


class CutShort(BlinkResponseError):
    """A piece of a picture or video came: it is not finished at Blink, or broke off on the way (protocol §6, §7)."""


class UnsafeHost(BlinkError):
    """A request with the token would have gone to a host that is not configured."""


class NotSignedIn(BlinkError):
    """There is no session with Blink; the owner has to sign in."""


class SessionEnded(NotSignedIn):
    """Blink refused to renew the session. The password is never sent by itself for this."""


class SignInRefused(BlinkError):
    """Blink refused the sign-in."""


class WrongCredentials(SignInRefused):
    """Wrong e-mail or password."""


class WrongPin(SignInRefused):
    """Wrong or outdated code; but for an OUTDATED one, it may be entered again."""

    def __init__(self, problem: PinProblem = PinProblem.WRONG) -> None:
        self.problem = problem
        super().__init__(f"the code was not taken: {problem}")


class TooManySignIns(SignInRefused):
    """Too many sign-ins; `wait` seconds (None: Blink does not say), `attempts` of the last hour (ATTEMPTS only)."""

    def __init__(self, limit: SignInLimit, wait: float | None = None, attempts: int = 0) -> None:
        self.limit = limit
        self.wait = wait
        self.attempts = attempts
        super().__init__(limit if wait is None else f"{limit}; wait {wait:.0f} s")


class ClientRefused(SignInRefused):
    """Blink does not let this program or hardware id in (406)."""


class SignInBlocked(SignInRefused):
    """Blink turned a sign-in away without judging it (403): too many tries, or a blocked address."""


class NoRegion(SignInRefused):
    """None of Blink's regions takes the account (406 from all of them)."""


class LiveViewUnsupported(BlinkError):
    """The live view comes in a way of streaming that is not spoken here (RTSP, protocol §9)."""


class LiveViewFailed(BlinkError):
    """A live view did not come about, or broke off. `detail` is for the log."""

    def __init__(self, end: LiveViewEnd, detail: str = "") -> None:
        self.end = end
        super().__init__(f"live view: {end}" + (f" ({detail})" if detail else ""))


class Unconfirmed(BlinkError):
    """A command went out, and nothing tells whether it was carried out."""


class BlinkRefused(BlinkError):
    """A request answered with an error: HTTP `status`, Blink's `message` and `code` (§11), `retry_after` seconds."""

    def __init__(
        self, operation: str, status: int, message: str = "", code: int | None = None, retry_after: float | None = None
    ) -> None:
        self.operation = operation
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        words = message or f"HTTP {status}"
        super().__init__(f"Blink refused {operation}: {words}" + (f" (code {code})" if code is not None else ""))

    @property
    def is_offline(self) -> bool:
        """Whether a device is offline. Blink has no code for that, only words."""
        return "offline" in self.message.casefold()


class Throttled(BlinkRefused):
    """429, or 403 which several clients saw for the same reason (protocol §11): slow down."""


class BudgetSpent(Throttled):
    """Not sent: the hourly budget of requests is spent. It can be sent in `retry_after` seconds."""


class Busy(BlinkRefused):
    """The sync module does one thing at a time (409, code 307)."""


class NotFound(BlinkRefused):
    """Something is not there (404); `missing` names it where that is known."""

    def __init__(
        self,
        operation: str,
        status: int = 404,
        message: str = "",
        code: int | None = None,
        *,
        missing: Missing | None = None,
    ) -> None:
        self.missing = missing
        super().__init__(operation, status, message, code)

    def __str__(self) -> str:
        return super().__str__() + (f": no {self.missing}" if self.missing else "")


class StaleManifest(BlinkRefused):
    """The list of a USB stick counts no more: a new one can be asked for at once (2102, 1700)."""


class AppUpdateRequired(BlinkRefused):
    """Blink wants a newer app (426, or a body that is only that message)."""


class ServerError(BlinkRefused):
    """Blink's servers failed (5xx)."""
