"""Every kind of button of the commands: what it means, its word in callback data, and its values."""

from enum import StrEnum

from blinkbot.bot.buttons.callback_data import Callback, Count, Found, Key, Minute
from blinkbot.domain import ArmAction
from blinkbot.domain.preferences import AlertKind, Target

# -- devices


class Arm(Callback, word="arm"):
    """Arm one network, or every one (None)."""

    network_id: int | None


class Disarm(Callback, word="dis"):
    """Disarm one network, or every one (None)."""

    network_id: int | None


class TakePicture(Callback, word="snap"):
    """A new picture from one camera, or from every one (None)."""

    camera_id: int | None


class WatchLive(Callback, word="live"):
    """Some seconds of live view of one camera."""

    camera_id: int


class SwitchLight(Callback, word="light"):
    """A camera's light, on or off."""

    camera_id: int
    on: bool


class AskSiren(Callback, word="siren?"):
    """Ask whether a network's siren is to sound."""

    network_id: int


class SwitchSiren(Callback, word="siren"):
    """Sound a network's siren, or silence it."""

    network_id: int
    on: bool


class EnableSchedule(Callback, word="on"):
    """Switch a schedule on."""

    network_id: int
    schedule_id: int


class DisableSchedule(Callback, word="off"):
    """Switch a schedule off."""

    network_id: int
    schedule_id: int


class Dismiss(Callback, word="no"):
    """The answer "no" to a question that is a message of its own: nothing is done."""


class SignInToBlink(Callback, word="signin"):
    """Start a sign-in; while a code is awaited, that sends a new one."""


# -- one clip


class PlayClip(Callback, word="play"):
    """Send the video of one clip."""

    key: Key


class MoreAboutClip(Callback, word="more"):
    """Show the further buttons under a clip."""

    key: Key


class LessAboutClip(Callback, word="less"):
    """Show the first buttons under a clip again."""

    key: Key


class ShowSheet(Callback, word="sheet"):
    """Send a clip's contact sheet."""

    key: Key


class SendAsFile(Callback, word="file"):
    """Send a clip's video as a file, as it came from Blink."""

    key: Key


class AskDeleteClip(Callback, word="del?"):
    """Ask whether a clip is to be deleted from Blink."""

    key: Key


class DeleteClip(Callback, word="del"):
    """Delete a clip from Blink."""

    key: Key


# -- lists of clips


class ShowClips(Callback, word="clips"):
    """Turn the list of clips, of one camera or of all (None), to a page."""

    camera_id: int | None
    page: Count


class ShowFound(Callback, word="found"):
    """Turn the list of such clips to a page."""

    found: Found
    page: Count


class ShowDays(Callback, word="days"):
    """The days on which there are such clips, a page of them."""

    found: Found
    page: Count


class PlayAll(Callback, word="all"):
    """Send such clips as albums, the first `offset` of them left out."""

    found: Found
    offset: Count


class AskDeleteAll(Callback, word="delall?"):
    """Ask whether such clips are to be deleted from Blink."""

    found: Found


class DeleteAll(Callback, word="delall"):
    """Delete such clips from Blink; `count` is how many the question was about."""

    found: Found
    count: Count


# -- alerts


UNTIL_MORNING = 0
"""The minutes of a mute that ends at seven in the morning, whenever its button is tapped."""


class MuteFor(Callback, word="mute"):
    """Mute the target here for so many minutes from the tap on, or UNTIL_MORNING."""

    target: Target
    minutes: Count


class MuteUntil(Callback, word="muteuntil"):
    """Mute the target here until a time that was told, in whole minutes since 1970."""

    target: Target
    until: Minute


class Unmute(Callback, word="unmute"):
    """Show the target again."""

    target: Target


class SnoozeFor(Callback, word="snooze"):
    """The same as MuteFor, in Blink's app too."""

    target: Target
    minutes: Count


class SnoozeUntil(Callback, word="snoozeuntil"):
    """The same as MuteUntil, in Blink's app too."""

    target: Target
    until: Minute


class QuietFrom(Callback, word="quiet"):
    """Quiet hours, in minutes after midnight."""

    begin: Count
    end: Count


class QuietOff(Callback, word="noquiet"):
    """No quiet hours."""


class Choice(StrEnum):
    """What /alerts switches on and off, beside kinds and cameras."""

    LOUD = "loud"
    SHEET = "sheet"
    BELL = "bell"


class ShowAlerts(Callback, word="alerts"):
    """The menu of /alerts: its first page, or the cameras."""

    cameras: bool


class SwitchKind(Callback, word="kind"):
    """A kind of alert in a chat, on or off."""

    kind: AlertKind
    on: bool


class SwitchCamera(Callback, word="cam"):
    """A camera in a chat, shown or hidden."""

    camera_id: int
    on: bool


class SwitchChoice(Callback, word="choose"):
    """One of the other choices."""

    choice: Choice
    on: bool


class SwitchTopics(Callback, word="topics"):
    """A topic per camera, or none."""

    on: bool


def switch_network(action: ArmAction, network_id: int | None) -> Arm | Disarm:
    """The button that arms or disarms."""
    return Arm(network_id) if action is ArmAction.ARM else Disarm(network_id)


def switch_schedule(network_id: int, schedule_id: int, *, on: bool) -> EnableSchedule | DisableSchedule:
    """The button that switches a schedule."""
    return EnableSchedule(network_id, schedule_id) if on else DisableSchedule(network_id, schedule_id)


def is_of_the_moment(callback: Callback) -> bool:
    """Whether it may be the last thing that is wanted once some time has passed: a siren, a home without its guard."""
    match callback:
        case Disarm() | SwitchSiren(on=True):
            return True
    return False
