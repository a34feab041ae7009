"""What is on its way to chats: values of the outbox (design decision 1).

A delivery is one clip on its way to one chat. It begins as an alert or in the backlog:

- An alert is shown at once as a picture or a text (`Stage`), then completed: the same message becomes the video.
- The backlog (what is too old to be urgent, or too much at once) goes as videos, several in one album.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from blinkbot.domain import Clip
from blinkbot.domain.failures import FailureReason
from blinkbot.domain.preferences import AlertKind, ChatAlerts, Mute

DEFAULTS = ChatAlerts()

FRESH_FOR = timedelta(minutes=15)
"""How long after its recording a clip is an alert, where the settings say nothing else."""


class DeliveryState(StrEnum):
    """Where one clip stands on its way to one chat. SUPPRESSED: the chat does not want to be shown it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given up"
    SUPPRESSED = "withheld"


class Stage(StrEnum):
    """What of a clip is in the chat before its video."""

    NOTHING = "nothing"
    TEXT = "text"
    PHOTO = "photo"
    PIECE = "piece"
    """The beginning of its video, as a file: Blink did not finish it for a day."""


class Queue(StrEnum):
    """Where a delivery waits: an alert to be shown at all, one that is shown for its video, the rest for an album."""

    ALERTS = "alerts"
    VIDEOS = "videos"
    BACKLOG = "backlog"


class FileKind(StrEnum):
    """As what Telegram keeps a clip. A video without sound may have become an animation."""

    VIDEO = "video"
    ANIMATION = "animation"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A clip's file at Telegram; `id` belongs to one bot."""

    id: str
    kind: FileKind = FileKind.VIDEO


@dataclass(frozen=True, slots=True)
class Delivery:
    """One clip on its way to one chat: a row of the outbox.

    `file` is known once any chat has the video, `photo_id` and `sheet_id` once any chat was shown the thumbnail, or
    the contact sheet. `message_id` is the message in this chat, known once there is one (`stage` says what it shows),
    `shown_at` when it came; `thread_id` is the topic it is in. `burst_id` is set once it has joined a burst.
    `attempts` counts the tries of this stage before this one; `queued_at` is when the clip was first seen. `alerts`
    and `mutes` are what the chat wants now. `backlog`: it waits for an album. `state` is SENDING for what was claimed;
    a head that is SENT is whole in the chat, in whichever stage it was before. `failure` is why no video comes, as
    the chat was told, None where it was not.
    """

    id: int
    clip: Clip
    chat_id: int
    attempts: int
    queued_at: datetime
    file: StoredFile | None = None
    photo_id: str | None = None
    sheet_id: str | None = None
    stage: Stage = Stage.NOTHING
    message_id: int | None = None
    shown_at: datetime | None = None
    thread_id: int | None = None
    burst_id: int | None = None
    backlog: bool = False
    alerts: ChatAlerts = DEFAULTS
    mutes: tuple[Mute, ...] = ()
    state: DeliveryState = DeliveryState.SENDING
    failure: FailureReason | None = None


@dataclass(frozen=True, slots=True)
class Burst:
    """Clips of one camera in one chat that belong together.

    `count` is how many have joined. `head` is the delivery whose message rang and shows the count, None until a first
    one is in the chat; `shown_count` is the count that its message shows. `shown` are the clips that are in the chat.
    """

    id: int
    count: int
    shown_count: int = 1
    head: Delivery | None = None
    shown: tuple[Clip, ...] = ()


class DeviceIssueKind(StrEnum):
    """What can be wrong with a device."""

    CAMERA_OFFLINE = "camera offline"
    MODULE_OFFLINE = "sync module offline"
    BATTERY_LOW = "battery low"


@dataclass(frozen=True, slots=True)
class DeviceIssue:
    """A device that needs attention. `device_id` is the camera's or the sync module's; the name is its own."""

    kind: DeviceIssueKind
    device_id: int
    name: str
    network_id: int

    @property
    def alert_kind(self) -> AlertKind:
        """What a chat chooses it by."""
        return AlertKind.BATTERY if self.kind is DeviceIssueKind.BATTERY_LOW else AlertKind.OFFLINE


@dataclass(frozen=True, slots=True)
class DeviceAlert:
    """A device issue on its way to one chat; `ended_at` is when it ended, `message_id` the message that tells of it."""

    id: int
    chat_id: int
    issue: DeviceIssue
    begun_at: datetime
    ended_at: datetime | None = None
    message_id: int | None = None
    attempts: int = 0
    alerts: ChatAlerts = DEFAULTS
    mutes: tuple[Mute, ...] = ()


@dataclass(frozen=True, slots=True)
class ForumTopic:
    """A camera's topic in a supergroup; `name` is the one we gave it last."""

    chat_id: int
    camera_id: int
    thread_id: int
    name: str
