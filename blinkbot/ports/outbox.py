"""What is on its way to chats, and what is done to it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from blinkbot.domain.deliveries import (
    Burst,
    Delivery,
    DeviceAlert,
    DeviceIssue,
    ForumTopic,
    Queue,
    Stage,
    StoredFile,
)
from blinkbot.domain.preferences import Mute

W_contra = TypeVar("W_contra", contravariant=True)


class WorkQueue(Protocol[W_contra]):
    """What becomes of work that failed."""

    async def postpone(self, work: W_contra, not_before: datetime) -> None:
        """Back to waiting, in its stage; counts as an attempt. Does nothing when it was given up in the meantime."""

    async def give_up(self, work: W_contra) -> None:
        """It will not be sent; `failure` of a delivery is what its chat was told. Its message stays."""


class Outbox(WorkQueue[Delivery], Protocol):
    """Clips on their way to chats (design decision 1). Every method is one transaction."""

    async def claim(self, queue: Queue, now: datetime, *, limited: Collection[int] = ()) -> Delivery | None:
        """The next piece of work of a queue that is due, now marked as being sent; None when nothing is due.

        ALERTS: an alert of which nothing is in its chat. Presses of a bell first; then, as long as few wait for a chat,
        in the order in which they happened, of many the newest first. VIDEOS: an alert that is shown and waits for its
        video, the newest first. While a clip is being uploaded for one chat, its other chats' videos wait for the
        file; for some seconds also while it is shown in one for the first time. Chats in `limited` are left out.
        Alerts that have grown old while they waited, or of which too many wait for one chat, join the backlog on the
        way. Nothing waits longer than the longest delays from `now`, in spite of a clock that was set back.

        Raises ValueError for the backlog: see `claim_album`.
        """

    async def claim_album(self, now: datetime, *, most: int, limited: Collection[int] = ()) -> Sequence[Delivery]:
        """What goes next of one chat's backlog: its newest recordings, at most `most`, newest first.

        The chat is the one whose newest such recording is newest. All are marked as being sent.
        """

    async def next_due_at(self, queue: Queue) -> datetime | None:
        """When the next waiting work of a queue comes due; None when none waits.

        What waits for an upload of the same clip has no time of its own: `wait_for_work` ends with that upload. What
        waits for a first message is due all the while.
        """

    async def join_burst(self, delivery: Delivery, window: timedelta) -> Burst:
        """Count a delivery in with its camera's burst in its chat, or begin a new one.

        Clips belong together when each was recorded within `window` of another of them; with a window of zero this one
        stays alone, and none joins it later. Joining again changes nothing.
        """

    async def burst(self, burst_id: int) -> Burst:
        """A burst as it stands. Raises LookupError for one that is not known."""

    async def miscounted_bursts(self, since: datetime) -> Sequence[int]:
        """The ids of bursts that went on after `since` and whose head's message does not show their count.

        None of a chat that is not authorized any more.
        """

    async def set_shown_count(self, burst_id: int, count: int) -> None:
        """The head's message shows this count."""

    async def outdated(self, since: datetime) -> Sequence[int]:
        """The ids of deliveries of clips recorded after `since` whose messages do not say what Blink says by now.

        Of a chat that is not authorized any more, and of albums, none. What is being sent is left out until it is.
        """

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """A delivery as it stands, with its clip as it is known now; None for one that is not kept any more."""

    async def mark_up_to_date(self, delivery: Delivery) -> None:
        """The message says what is known of this clip."""

    async def wait_for_late_words(self) -> None:
        """Return when `outdated` may have become more since it was asked last."""

    async def mark_shown(
        self,
        delivery: Delivery,
        message_id: int,
        stage: Stage,
        *,
        thread_id: int | None = None,
        photo_id: str | None = None,
        sheet_id: str | None = None,
    ) -> None:
        """Its first message is in the chat, since `delivery.shown_at` or now; it waits for its video, with no attempts.

        Where Blink keeps no video of the event, that was all of it; should one appear, it waits for that.
        The ids serve the other chats. It leads its burst, where that has no head.
        """

    async def mark_sent(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, *, thread_id: int | None = None
    ) -> None:
        """All of it is in the chat, as this message; `file` serves the other chats."""

    async def suppress(self, delivery: Delivery) -> None:
        """The chat does not want to be shown it; it stays in /clips, marked.

        Where another camera saw the same event, its clip is told instead.
        """

    async def forget_file(self, key: str) -> None:
        """Telegram does not know the clip's files any more: the next send uploads again."""

    async def mutes(self, chat_id: int, now: datetime) -> Sequence[Mute]:
        """What is muted in a chat at `now` or later: a claimed delivery's mutes may have changed on its way."""

    async def recover(self) -> int:
        """At start: what was being sent when the program ended waits again, in its stage; returns how many."""

    async def wait_for_work(self, queue: Queue) -> None:
        """Return when something of a queue may have become due since its last claim that found nothing."""


class DeviceAlertOutbox(WorkQueue[DeviceAlert], Protocol):
    """Device alerts on their way to chats. Every method is one transaction."""

    async def begin_issue(self, issue: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        """A device has an issue, since then or from now on; where it is new, an alert is made for each chat.

        True when it is new. A chat that was alerted before, and does not know yet that it had ended, hears nothing.
        """

    async def end_issue(self, issue: DeviceIssue) -> bool:
        """It ended; alerts that were sent go out again to say so, others are dropped. True when it was known."""

    async def next_due(self, now: datetime) -> DeviceAlert | None:
        """The next alert that is to be sent, of an issue that began or ended. It is next until it is settled."""

    async def mark_sent(self, alert: DeviceAlert, message_id: int | None) -> None:
        """It is in the chat (None: no message was needed)."""

    async def hold(self, alert: DeviceAlert, until: datetime) -> None:
        """Later, since its chat has it muted until then; counts as no attempt.

        It is due again as soon as the chat's preferences change. Where they are others than it says, it stays due.
        """

    async def wait_for_work(self) -> None:
        """Return when an alert may have become due since the last look."""

    async def next_due_at(self) -> datetime | None:
        """When the next one comes due; None when none waits."""


class TopicStore(Protocol):
    """Which topic of a supergroup belongs to which camera."""

    async def topic(self, chat_id: int, camera_id: int) -> ForumTopic | None:
        """A camera's topic in a chat, None when it has none."""

    async def topics(self, chat_id: int) -> Sequence[ForumTopic]:
        """Every topic of a chat, by camera id."""

    async def save_topic(self, topic: ForumTopic) -> None:
        """Remember a topic; takes the place of the camera's earlier one."""

    async def forget_topic(self, chat_id: int, camera_id: int) -> None:
        """It was deleted."""
