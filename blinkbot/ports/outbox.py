"""What is on its way to chats, and what is done to it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from blinkbot.domain.deliveries import Burst, Delivery, DeviceAlert, DeviceIssue, ForumTopic, Lane, Stage, StoredFile
from blinkbot.domain.preferences import Mute


class Outbox(Protocol):
    """Clips on their way to chats (design decision 1). Every method is one transaction."""

    async def claim(self, lane: Lane, now: datetime, *, resting: Collection[int] = ()) -> Delivery | None:
        """The next piece of work of a lane that is due, now marked as being sent; None when nothing is due.

        SIGHT: an alert of which nothing is in its chat; presses of a bell first. VIDEO: an alert that is shown and
        waits for its video. BACKLOG is claimed by `claim_album`. Chats in `resting` are left out. Alerts that have
        grown old while they waited, or of which too many wait, join the backlog on the way.
        """
        ...

    async def claim_album(self, now: datetime, *, most: int, resting: Collection[int] = ()) -> Sequence[Delivery]:
        """What goes next of one chat's backlog: its newest recordings, at most `most`, newest first."""
        ...

    async def next_due_at(self, lane: Lane) -> datetime | None:
        """When the next waiting work of a lane comes due; None when none waits."""
        ...

    async def join_incident(self, delivery: Delivery, window: timedelta) -> Burst:
        """Count a delivery in with its camera's burst in its chat, or begin a new one.

        Clips belong together when each was recorded within `window` of another of them. Joining again changes nothing.
        """
        ...

    async def incident(self, incident_id: int) -> Burst:
        """An burst as it stands."""
        ...

    async def miscounted_incidents(self, since: datetime) -> Sequence[int]:
        """The ids of incidents that went on after `since` and whose head's message does not show their count.

        None of a chat that is not authorized any more.
        """
        ...

    async def count_shown(self, incident_id: int, count: int) -> None:
        """The head's message shows this count."""
        ...

    async def shown(
        self,
        delivery: Delivery,
        message_id: int,
        stage: Stage,
        *,
        thread_id: int | None = None,
        photo_id: str | None = None,
        sheet_id: str | None = None,
    ) -> None:
        """Its first sight is in the chat, since `delivery.shown_at`; it waits for its video.

        The ids serve the other chats.
        """
        ...

    async def sent(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, *, thread_id: int | None = None
    ) -> None:
        """It is whole in the chat; `file` serves the other chats."""
        ...

    async def withhold(self, delivery: Delivery) -> None:
        """The chat does not want to be shown it; it stays in /clips, marked."""
        ...

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        """Back to waiting, in its stage; counts as an attempt."""
        ...

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to this chat before `until` (flood control)."""
        ...

    async def give_up(self, delivery: Delivery, reason: str, *, told: str = "") -> None:
        """It will never be sent; what is in the chat of it stays. `told` is what the chat was told of that."""
        ...

    async def forget_file(self, key: str) -> None:
        """Telegram does not know the clip's files any more: the next send uploads again."""
        ...

    async def mutes(self, chat_id: int, now: datetime) -> Sequence[Mute]:
        """What is muted in a chat at `now` or later: a claimed delivery's mutes may have changed on its way."""
        ...

    async def recover(self) -> int:
        """At start: what was being sent when the program ended waits again, in its stage; returns how many."""
        ...

    async def wait_for_work(self, lane: Lane) -> None:
        """Return when something of a lane may have become due since the last claim."""
        ...


class DeviceAlertOutbox(Protocol):
    """Troubles of devices on their way to chats. Every method is one transaction."""

    async def trouble_begun(self, trouble: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        """A trouble is there, since then or from now on; a notice for each chat is made where it was not known.

        True when it is new.
        """
        ...

    async def trouble_over(self, trouble: DeviceIssue) -> bool:
        """It ended; notices that were told go out again to say so, others are dropped. True when it was known."""
        ...

    async def next_notice(self, now: datetime) -> DeviceAlert | None:
        """The next notice that is to be told, or to be told as over."""
        ...

    async def told(self, notice: DeviceAlert, message_id: int | None) -> None:
        """It is in the chat (None: it needed no telling)."""
        ...

    async def postpone_notice(self, notice: DeviceAlert, not_before: datetime) -> None:
        """Later; counts as an attempt."""
        ...

    async def hold_notice(self, notice: DeviceAlert, until: datetime) -> None:
        """Later, since its chat has it muted until then; counts as no attempt.

        It is due again as soon as the chat's wishes change. Where they are others already than it says, it stays due.
        """
        ...

    async def drop_notice(self, notice: DeviceAlert) -> None:
        """It will never be told."""
        ...

    async def wait_for_notices(self) -> None:
        """Return when a notice may have become due since the last look."""
        ...

    async def next_notice_at(self) -> datetime | None:
        """When the next one comes due; None when none waits."""
        ...


class TopicStore(Protocol):
    """Which topic of a supergroup belongs to which camera."""

    async def topic(self, chat_id: int, camera_id: int) -> ForumTopic | None:
        """A camera's topic in a chat, None when it has none."""
        ...

    async def topics(self, chat_id: int) -> Sequence[ForumTopic]:
        """Every topic of a chat."""
        ...

    async def save_topic(self, topic: ForumTopic) -> None:
        """Remember a topic; takes the place of the camera's earlier one."""
        ...

    async def forget_topic(self, chat_id: int, camera_id: int) -> None:
        """It was deleted."""
        ...
