"""Every kind of button of the commands: what it means, its word in callback data, and its values."""

from enum import StrEnum

from blinkbot.bot.buttons.callback_data import Callback, Count, Found, Key, Minute
from blinkbot.domain import ArmAction
from blinkbot.domain.preferences import AlertKind, NotificationMode, Target

# -- devices


class Arm(Callback, word="arm"):
    network_id: int | None  # None: every one


class Disarm(Callback, word="dis"):
    network_id: int | None  # None: every one


class TakePicture(Callback, word="snap"):
    camera_id: int | None  # None: every one


class WatchLive(Callback, word="live"):
    camera_id: int


class SwitchLight(Callback, word="light"):
    camera_id: int
    on: bool


class AskSiren(Callback, word="siren?"):
    network_id: int


class SwitchSiren(Callback, word="siren"):
    network_id: int
    on: bool


class EnableSchedule(Callback, word="on"):
    network_id: int
    schedule_id: int


class DisableSchedule(Callback, word="off"):
    network_id: int
    schedule_id: int


class Dismiss(Callback, word="no"):
    """The answer "no" to a question that is a message of its own: nothing is done."""


class SignInToBlink(Callback, word="signin"):
    """Start a sign-in; while a code is awaited, that sends a new one."""


# -- one clip


class PlayClip(Callback, word="play"):
    key: Key


class MoreAboutClip(Callback, word="more"):
    key: Key


class LessAboutClip(Callback, word="less"):
    key: Key


class ShowSheet(Callback, word="sheet"):
    key: Key


class SendAsFile(Callback, word="file"):
    key: Key


class AskDeleteClip(Callback, word="del?"):
    key: Key


class DeleteClip(Callback, word="del"):
    key: Key


# -- lists of clips


class ShowClips(Callback, word="clips"):
    camera_id: int | None  # None: all of them
    page: Count


class ShowFound(Callback, word="found"):
    found: Found
    page: Count


class ShowDays(Callback, word="days"):
    found: Found
    page: Count


class PlayAll(Callback, word="all"):
    found: Found
    offset: Count  # so many are left out


class AskDeleteAll(Callback, word="delall?"):
    found: Found


class DeleteAll(Callback, word="delall"):
    found: Found
    count: Count  # how many the question was about


# -- alerts


UNTIL_MORNING = 0  # The minutes of a mute that ends at seven in the morning, whenever its button is tapped


class MuteFor(Callback, word="mute"):
    target: Target
    minutes: Count  # from the tap on, or UNTIL_MORNING


class MuteUntil(Callback, word="muteuntil"):
    target: Target
    until: Minute  # whole minutes since 1970


class Unmute(Callback, word="unmute"):
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
    begin: Count  # both in minutes after midnight
    end: Count


class QuietOff(Callback, word="noquiet"):
    """No quiet hours."""


class Choice(StrEnum):
    """What /alerts switches on and off, beside kinds and cameras."""

    LOUD = "loud"
    SHEET = "sheet"
    BELL = "bell"
    PEOPLE = "people"  # of recordings none but those of people
    PEOPLE_LOUD = "people-loud"  # others without a sound


class ShowAlerts(Callback, word="alerts"):
    cameras: bool  # else the first page


class ChooseKind(Callback, word="how"):
    kind: AlertKind
    mode: NotificationMode


class KindBefore(StrEnum):
    """The kinds of older menus, in which motion was all recordings."""

    MOTION = "motion"
    DOORBELL = "doorbell"
    OFFLINE = "offline"
    BATTERY = "battery"


class SwitchKind(Callback, word="kind"):
    """What older menus carry."""

    kind: KindBefore
    on: bool


class SwitchCamera(Callback, word="cam"):
    camera_id: int
    on: bool


class SwitchChoice(Callback, word="choose"):
    choice: Choice
    on: bool


class SwitchTopics(Callback, word="topics"):
    on: bool


def switch_network(action: ArmAction, network_id: int | None) -> Arm | Disarm:
    return Arm(network_id) if action is ArmAction.ARM else Disarm(network_id)


def switch_schedule(network_id: int, schedule_id: int, *, on: bool) -> EnableSchedule | DisableSchedule:
    return EnableSchedule(network_id, schedule_id) if on else DisableSchedule(network_id, schedule_id)


def is_of_the_moment(callback: Callback) -> bool:
    """Whether it may be the last thing that is wanted once some time has passed: a siren, a home without its guard."""
    return isinstance(callback, Disarm) or (isinstance(callback, SwitchSiren) and callback.on)
