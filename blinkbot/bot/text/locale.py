"""Where, when and in which language words are said: the home, the present, the zones of times, a chat's language."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo

from blinkbot.bot.text.formatting import clock, timestamp
from blinkbot.domain import Clip, Home
from blinkbot.domain.timezones import zone_of
from blinkbot.ports import ChatDirectory
from blinkbot.translations import speaking


@dataclass(frozen=True, slots=True)
class Locale:
    """What texts about a home need. `time_zone` is the configured zone's name, for networks without a usable one."""

    home: Home
    now: datetime
    time_zone: str = ""

    @property
    def several_networks(self) -> bool:
        return len(self.home.networks) > 1

    def zone(self, network_id: int | None) -> tzinfo:
        """The zone a network's times are shown in, else the configured one, else UTC."""
        network = None if network_id is None else self.home.network(network_id)
        return zone_of(network.time_zone if network else "", self.time_zone)

    def clip_zone(self, clip: Clip) -> tzinfo:
        """The zone a clip's time is shown in: its own, its network's, the configured one, UTC."""
        network = self.home.network(clip.network_id)
        return zone_of(clip.time_zone, network.time_zone if network else "", self.time_zone)

    def zone_mark(self, at: datetime, zone: tzinfo) -> str:
        """ " CET" behind a time in a list, where the home's networks are in several zones; else ""."""
        clocks = {at.astimezone(self.zone(network.id)).utcoffset() for network in self.home.networks}
        return f" {at.astimezone(zone):%Z}" if len(clocks) > 1 else ""

    def time(self, at: datetime, zone: tzinfo) -> str:
        """An instant in words that stay true: "21:14" where it is today, else "Sun 22 Nov, 21:14"."""
        today = at.astimezone(zone).date() == self.now.astimezone(zone).date()
        return clock(at, zone) if today else timestamp(at, self.now, zone)


def speaking_to(chat_id: int, chats: ChatDirectory) -> AbstractContextManager[None]:
    """Say what is said in this block in a chat's language."""
    chat = chats.find(chat_id)
    return speaking(chat.language if chat else None)
