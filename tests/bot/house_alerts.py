"""The part of a house's control that is about alerts, and a book of topics."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from blinkbot.domain.deliveries import ForumTopic
from blinkbot.domain.preferences import ChatAlerts, Mute, Scope, Target
from blinkbot.errors import BlinkError

if TYPE_CHECKING:
    from tests.bot.house import House

OWNER = 1001


@dataclass
class Choices:
    """What each chat has chosen, and what is muted in it. `unsnoozable` is what Blink refuses to snooze, and why."""

    chosen: dict[int, ChatAlerts] = field(default_factory=dict)
    muted: dict[int, dict[Target, Mute]] = field(default_factory=dict)
    unsnoozable: dict[Target, BlinkError] = field(default_factory=dict)

    def of(self, chat_id: int) -> ChatAlerts:
        return self.chosen.get(chat_id, ChatAlerts())

    def mutes(self, chat_id: int, now: datetime) -> list[Mute]:
        held = (mute for mute in self.muted.get(chat_id, {}).values() if mute.holds_at(now))
        return sorted(held, key=lambda mute: mute.until)


class HousePreferences:
    """A ports.ChatPreferences over a House."""

    def __init__(self, house: "House", chat_id: int) -> None:
        self.house = house
        self.chat_id = chat_id

    async def alerts(self) -> ChatAlerts:
        return self.house.choices.of(self.chat_id)

    async def choose_alerts(self, alerts: ChatAlerts) -> None:
        self.house.choices.chosen[self.chat_id] = alerts

    async def mutes(self) -> Sequence[Mute]:
        return self.house.choices.mutes(self.chat_id, self.house.clock())

    async def mute(self, target: Target, until: datetime) -> None:
        self.house.choices.muted.setdefault(self.chat_id, {})[target] = Mute(target, self.house.clock(), until)

    async def unmute(self, target: Target | None) -> Sequence[Mute]:
        ended = [mute for mute in await self.mutes() if target in (None, mute.target)]
        for mute in ended:
            del self.house.choices.muted[self.chat_id][mute.target]
        return ended


class HouseAlerts:
    """The method of a ports.ChatControl that is about Blink's own notifications."""

    house: "House"
    chat_id: int

    async def snooze(self, target: Target, minutes: int) -> None:
        of = "" if target.scope is Scope.ALL else f" {target.id}"
        await self.house.ask(f"snooze {target.scope}{of} {minutes}")
        if target in self.house.choices.unsnoozable:
            raise self.house.choices.unsnoozable[target]


class TopicPages:
    """A ports.TopicStore in memory."""

    def __init__(self) -> None:
        self.pages: dict[tuple[int, int], ForumTopic] = {}

    async def topic(self, chat_id: int, camera_id: int) -> ForumTopic | None:
        return self.pages.get((chat_id, camera_id))

    async def topics(self, chat_id: int) -> Sequence[ForumTopic]:
        return [topic for topic in self.pages.values() if topic.chat_id == chat_id]

    async def save_topic(self, topic: ForumTopic) -> None:
        self.pages[topic.chat_id, topic.camera_id] = topic

    async def forget_topic(self, chat_id: int, camera_id: int) -> None:
        self.pages.pop((chat_id, camera_id), None)


def muted(house: "House", chat_id: int = OWNER) -> dict[Target, timedelta]:
    """What is muted in a chat, and how long from now."""
    now = house.clock()
    return {mute.target: mute.until - now for mute in house.choices.mutes(chat_id, now)}
