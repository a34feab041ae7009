"""A chat's alert preferences: which alerts, how loudly. Pure rules over frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo
from enum import StrEnum

from blinkbot.domain import Cause, Clip


class AlertKind(StrEnum):
    """A kind of alert, those of recordings with the most serious first.

    A recording counts as the most serious thing that Blink saw in it; as motion where that is nothing, or a word that
    is not known here. A press of the bell is one whatever is seen.
    """

    PERSON = "person"
    PACKAGE = "package"
    UNUSUAL = "unusual"
    VEHICLE = "vehicle"
    ANIMAL = "animal"
    MOTION = "motion"
    DOORBELL = "doorbell"
    OFFLINE = "offline"
    BATTERY = "battery"


RECORDINGS = (
    AlertKind.PERSON,
    AlertKind.PACKAGE,
    AlertKind.UNUSUAL,
    AlertKind.VEHICLE,
    AlertKind.ANIMAL,
    AlertKind.MOTION,
)
"""The kinds of what cameras record by themselves, the most serious first."""


class NotificationMode(StrEnum):
    """How something is told."""

    LOUD = "loud"
    SILENT = "silent"
    NOT_AT_ALL = "not at all"


class Scope(StrEnum):
    """What a mute is about."""

    CAMERA = "camera"
    NETWORK = "network"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Target:
    """A camera, a network, or everything (id 0)."""

    scope: Scope
    id: int = 0

    def covers(self, network_id: int, camera_id: int) -> bool:
        """Whether this camera in this network is meant."""
        match self.scope:
            case Scope.CAMERA:
                return self.id == camera_id
            case Scope.NETWORK:
                return self.id == network_id
            case Scope.ALL:
                return True


EVERYTHING = Target(Scope.ALL)


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing of the target is shown in one chat from `since` until just before `until`."""

    target: Target
    since: datetime
    until: datetime

    def holds_at(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of each day, local time, in which messages make no sound. `begin` after `end` crosses midnight."""

    begin: time
    end: time

    def hold_at(self, at: datetime, zone: tzinfo) -> bool:
        """Whether they hold at an instant."""
        local = at.astimezone(zone).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


@dataclass(frozen=True, slots=True)
class ChatAlerts:
    """What one chat has chosen. The defaults are those of a chat that never chose.

    `kinds` are told, others not; of these the `silent` ones without a sound. `hidden_cameras` are the ids of cameras
    that this chat is not shown; a camera that is new is shown. `sheet_first`: a contact sheet is the first message of
    a clip instead of Blink's thumbnail. `loud` false: everything comes without a sound. `topics`: a topic per camera,
    in a supergroup that has them.
    """

    kinds: frozenset[AlertKind] = frozenset(AlertKind)
    hidden_cameras: frozenset[int] = frozenset()
    sheet_first: bool = False
    loud: bool = True
    quiet: QuietHours | None = None
    doorbell_in_quiet: bool = True
    topics: bool = False
    silent: frozenset[AlertKind] = frozenset()

    def wants_no_sound(self, kind: AlertKind, at: datetime, zone: tzinfo) -> bool:
        """Whether a kind makes no sound at an instant, but for a press of the bell; quiet hours are of this zone."""
        return not self.loud or kind in self.silent or (self.quiet is not None and self.quiet.hold_at(at, zone))

    def choice_of(self, kind: AlertKind) -> NotificationMode:
        """How a kind is told here, when nothing else is against it."""
        if kind not in self.kinds:
            return NotificationMode.NOT_AT_ALL
        return NotificationMode.SILENT if kind in self.silent else NotificationMode.LOUD

    def choosing(self, mode: NotificationMode, *kinds: AlertKind) -> "ChatAlerts":
        """The same with another choice of some kinds."""
        told = self.kinds - {*kinds} if mode is NotificationMode.NOT_AT_ALL else self.kinds | {*kinds}
        silent = self.silent | {*kinds} if mode is NotificationMode.SILENT else self.silent - {*kinds}
        return replace(self, kinds=told, silent=silent)


def kind_of(clip: Clip) -> AlertKind:
    """What kind of alert a clip is, by what is known of it now: labels may come later."""
    if clip.cause is Cause.DOORBELL:
        return AlertKind.DOORBELL
    return next((kind for kind in RECORDINGS if kind.value in clip.seen), AlertKind.MOTION)


def is_muted(mutes: Iterable[Mute], network_id: int, camera_id: int, *instants: datetime) -> bool:
    """Whether a mute of this camera holds at one of the instants."""
    return any(
        mute.target.covers(network_id, camera_id) and any(mute.holds_at(at) for at in instants) for mute in mutes
    )


def muted_until(mutes: Iterable[Mute], network_id: int, camera_id: int, now: datetime) -> datetime | None:
    """When the last of the mutes ends that hold of this camera now; None where none does."""
    held = (mute.until for mute in mutes if mute.target.covers(network_id, camera_id) and mute.holds_at(now))
    return max(held, default=None)


def notification_mode(
    kind: AlertKind,
    alerts: ChatAlerts,
    mutes: Iterable[Mute],
    *,
    network_id: int,
    camera_id: int,
    happened_at: datetime,
    now: datetime,
    zone: tzinfo,
) -> NotificationMode:
    """How a chat is notified of what happened at a camera; `zone` is where its quiet hours are counted.

    Muted is what happened while a mute held, and what would be told while one holds. Quiet hours are about the phone:
    they count at the moment of telling. A doorbell rings in spite of them, where the chat has not chosen otherwise;
    a mute silences it like everything else.
    """
    if kind not in alerts.kinds or camera_id in alerts.hidden_cameras:
        return NotificationMode.NOT_AT_ALL
    if is_muted(mutes, network_id, camera_id, happened_at, now):
        return NotificationMode.NOT_AT_ALL
    rings_in_quiet = kind is AlertKind.DOORBELL and alerts.doorbell_in_quiet
    quiet = replace(alerts, quiet=None) if rings_in_quiet else alerts
    return NotificationMode.SILENT if quiet.wants_no_sound(kind, now, zone) else NotificationMode.LOUD
