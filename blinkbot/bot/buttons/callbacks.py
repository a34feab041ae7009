"""What inline buttons mean. `keyboards` makes callback data of these, and reads it."""

from dataclasses import dataclass
from enum import StrEnum

from blinkbot.domain import ArmAction
from blinkbot.domain.preferences import AlertKind, Target


@dataclass(frozen=True, slots=True)
class SwitchNetwork:
    """Arm or disarm one network, or every one (None)."""

    action: ArmAction
    network_id: int | None


@dataclass(frozen=True, slots=True)
class TakePicture:
    """A new picture by one camera, or by every one (None)."""

    camera_id: int | None


@dataclass(frozen=True, slots=True)
class WatchLive:
    """Some seconds of live view of one camera."""

    camera_id: int


@dataclass(frozen=True, slots=True)
class SwitchLight:
    """A camera's light, on or off."""

    camera_id: int
    on: bool


@dataclass(frozen=True, slots=True)
class AskSiren:
    """Ask whether a network's siren is to sound."""

    network_id: int


@dataclass(frozen=True, slots=True)
class SwitchSiren:
    """Let a network's siren sound, or silence it."""

    network_id: int
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchSchedule:
    """Switch a schedule on or off."""

    network_id: int
    schedule_id: int
    on: bool


@dataclass(frozen=True, slots=True)
class Dismiss:
    """The answer "no" to a question that is a message of its own: nothing is done."""


@dataclass(frozen=True, slots=True)
class SignInToBlink:
    """Start a sign-in; while a code is awaited, that sends a new one."""


# -- one clip


@dataclass(frozen=True, slots=True)
class PlayClip:
    """Send the video of one clip."""

    key: str


@dataclass(frozen=True, slots=True)
class MoreAboutClip:
    """Show the further buttons under a clip."""

    key: str


@dataclass(frozen=True, slots=True)
class LessAboutClip:
    """Show the first buttons under a clip again."""

    key: str


@dataclass(frozen=True, slots=True)
class ShowSheet:
    """Send a clip's contact sheet."""

    key: str


@dataclass(frozen=True, slots=True)
class SendAsFile:
    """Send a clip's video as a file, as it came from Blink."""

    key: str


@dataclass(frozen=True, slots=True)
class AskDeleteClip:
    """Ask whether a clip is to be deleted from Blink."""

    key: str


@dataclass(frozen=True, slots=True)
class DeleteClip:
    """Delete a clip from Blink."""

    key: str


# -- lists of clips


@dataclass(frozen=True, slots=True)
class ShowClips:
    """Turn the list of clips, of one camera or of all (None), to a page."""

    camera_id: int | None
    page: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a list of clips is of: a camera or all (None), and a time in whole minutes since 1970, open where None.

    The end is not part of it.
    """

    camera_id: int | None
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class ShowFound:
    """Turn such a list to a page."""

    found: Found
    page: int


@dataclass(frozen=True, slots=True)
class ShowDays:
    """The days on which there are such clips, a page of them."""

    found: Found
    page: int


@dataclass(frozen=True, slots=True)
class PlayAll:
    """Send such clips as albums, the first `offset` of them left out."""

    found: Found
    offset: int


@dataclass(frozen=True, slots=True)
class AskDeleteAll:
    """Ask whether such clips are to be deleted from Blink."""

    found: Found


@dataclass(frozen=True, slots=True)
class DeleteAll:
    """Delete such clips from Blink; `count` is how many the question told of."""

    found: Found
    count: int


# -- what arrives, and how loudly


UNTIL_MORNING = 0
"""The minutes of a mute that ends at seven in the morning, whenever its button is tapped."""


@dataclass(frozen=True, slots=True)
class MuteFor:
    """Show nothing of the target here for so many minutes from the tap on, or UNTIL_MORNING."""

    target: Target
    minutes: int


@dataclass(frozen=True, slots=True)
class MuteUntil:
    """Show nothing of the target here until a time that was told, in whole minutes since 1970."""

    target: Target
    until: int


@dataclass(frozen=True, slots=True)
class Unmute:
    """Show it again."""

    target: Target


@dataclass(frozen=True, slots=True)
class SnoozeFor:
    """The same as MuteFor, in Blink's app too."""

    target: Target
    minutes: int


@dataclass(frozen=True, slots=True)
class SnoozeUntil:
    """The same as MuteUntil, in Blink's app too."""

    target: Target
    until: int


@dataclass(frozen=True, slots=True)
class QuietFrom:
    """Quiet hours, in minutes after midnight."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class QuietOff:
    """No quiet hours."""


class Choice(StrEnum):
    """What /alerts switches on and off, beside kinds and cameras."""

    LOUD = "loud"
    SHEET = "sheet"
    BELL = "bell"


@dataclass(frozen=True, slots=True)
class ShowAlerts:
    """The menu of /alerts: its first page, or the cameras."""

    cameras: bool


@dataclass(frozen=True, slots=True)
class SwitchKind:
    """Whether a chat is told of a kind of alert."""

    kind: AlertKind
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchCamera:
    """Whether a chat is shown a camera."""

    camera_id: int
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchChoice:
    """One of the other choices."""

    choice: Choice
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchTopics:
    """A topic per camera, or none."""

    on: bool


Callback = (
    SwitchNetwork
    | TakePicture
    | WatchLive
    | SwitchLight
    | AskSiren
    | SwitchSiren
    | SwitchSchedule
    | Dismiss
    | SignInToBlink
    | PlayClip
    | MoreAboutClip
    | LessAboutClip
    | ShowSheet
    | SendAsFile
    | AskDeleteClip
    | DeleteClip
    | ShowClips
    | ShowFound
    | ShowDays
    | PlayAll
    | AskDeleteAll
    | DeleteAll
    | MuteFor
    | MuteUntil
    | Unmute
    | SnoozeFor
    | SnoozeUntil
    | QuietFrom
    | QuietOff
    | ShowAlerts
    | SwitchKind
    | SwitchCamera
    | SwitchChoice
    | SwitchTopics
)


def is_of_the_moment(tap: Callback) -> bool:
    """Whether it may be the last thing that is wanted once some time has passed: a siren, a home without its guard."""
    match tap:
        case SwitchNetwork(action=ArmAction.DISARM) | SwitchSiren(on=True):
            return True
    return False
