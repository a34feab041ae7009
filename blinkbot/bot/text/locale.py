"""Where, when and in which language words are said: the home, the present, the zones of times, a chat's language."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from blinkbot.bot.text.formatting import AT, ON, clock, day, long_day, recent_day, weekday, zone_name
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
        return f" {zone_name(at.astimezone(zone))}" if len(clocks) > 1 else ""

    def time(self, at: datetime, zone: tzinfo) -> str:
        """An instant in words that stay true: "21:14" where it is today, else "Sun 22 Nov, 21:14"."""
        on, today = at.astimezone(zone).date(), self.today(zone)
        return clock(at, zone) if on == today else ON(day=long_day(on, today), time=clock(at, zone))

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """An instant as people say it now: "today 21:14", "Sat 21:14", "14 Nov 21:14"."""
        on, today = at.astimezone(zone).date(), self.today(zone)
        near = 1 < (today - on).days < 7
        return AT(day=weekday(on) if near else recent_day(on, today) or day(on, today), time=clock(at, zone))

    def recent(self, at: datetime, zone: tzinfo) -> str:
        """The same where it goes without saying that it was today: "21:14"."""
        return clock(at, zone) if at.astimezone(zone).date() == self.today(zone) else self.moment(at, zone)

    def today(self, zone: tzinfo) -> date:
        return self.now.astimezone(zone).date()


def speaking_to(chat_id: int, chats: ChatDirectory) -> AbstractContextManager[None]:
    """Say what is said in this block in a chat's language."""
    chat = chats.find(chat_id)
    return speaking(chat.language if chat else None)
