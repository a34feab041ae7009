"""How many messages go out: fewer than Telegram takes, with a part kept free for alerts and for answers to commands.

Telegram takes about one message a second in a chat with bursts of some twenty, twenty a minute in a group, and thirty
a second over all chats; each item of an album counts, an edit does not. What is kept here are sliding windows under
those, over all that the bot sends. They are forgotten at a stop: what is too much then is told by a 429, and
`ChatDirectory.hold_chat` waits that out.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from blinkbot.domain.deliveries import Queue
from blinkbot.ports import Clock

ALBUM_SIZE = 10
"""Items of an album at most; room for as many has to be there before the backlog goes on."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Messages in any stretch of time `within`: `most` of all kinds, `backlog` of old clips."""

    most: int
    backlog: int
    within: timedelta


PRIVATE = Limit(most=16, backlog=10, within=timedelta(seconds=20))
"""Of 20: the rest is for answers to commands. Six alerts in twenty seconds do not hold up an album."""

GROUP = Limit(most=17, backlog=10, within=timedelta(seconds=60))
"""Of 20 a minute."""

RINGS = 4
"""So many of a chat's messages are not for the silent replies of a burst: a bell pressed meanwhile rings at once."""

EVERYWHERE = Limit(most=24, backlog=14, within=timedelta(seconds=1))
"""Of 30 a second, over all chats."""


@dataclass(frozen=True, slots=True)
class _Sent:
    at: datetime
    count: int
    backlog: bool


class MessageQuota:
    """Counts what goes out, and tells which chats have reached their limit."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._everywhere: deque[_Sent] = deque()
        self._chats: defaultdict[int, deque[_Sent]] = defaultdict(deque)

    def count(self, chat_id: int, messages: int = 1, *, backlog: bool = False) -> None:
        """So many messages are about to go to a chat. A refused one counts too, which errs on the safe side."""
        sent = _Sent(self._clock(), messages, backlog)
        self._everywhere.append(sent)
        self._chats[chat_id].append(sent)

    def limited(self, queue: Queue) -> set[int]:
        """The chats for which nothing more of this queue may go out now."""
        return {chat_id for chat_id, sent in self._chats.items() if self._free_at(sent, _limit_of(chat_id), queue)}

    def room_for_reply_at(self, chat_id: int) -> datetime | None:
        """When a chat may get one more silent reply, which leaves RINGS to what rings; None when it may now."""
        limit = _limit_of(chat_id)
        return _room_at(self._lately(self._chats[chat_id], limit), limit.most - RINGS - 1, limit)

    def room_for_old_at(self, chat_id: int, count: int) -> datetime | None:
        """When a chat may get so many old clips on request; None when it may now.

        They share with the backlog, and leave RINGS to what rings.
        """
        limit = _limit_of(chat_id)
        lately = self._lately(self._chats[chat_id], limit)
        old = _room_at((each for each in lately if each.backlog), limit.backlog - count, limit)
        every = _room_at(lately, limit.most - RINGS - count, limit)
        return max((at for at in (old, every) if at is not None), default=None)

    def is_used_up(self, queue: Queue) -> bool:
        """Whether nothing more of this queue may go out now, to whichever chat."""
        return self._free_at(self._everywhere, EVERYWHERE, queue) is not None

    def free_at(self, queue: Queue) -> datetime | None:
        """When the next chat may get more; None when none is limited."""
        times = [self._free_at(sent, _limit_of(chat_id), queue) for chat_id, sent in self._chats.items()]
        times.append(self._free_at(self._everywhere, EVERYWHERE, queue))
        return min((at for at in times if at is not None), default=None)

    def _free_at(self, sent: deque[_Sent], limit: Limit, queue: Queue) -> datetime | None:
        """When there is room again; None when there is room now."""
        lately = self._lately(sent, limit)
        if queue is not Queue.BACKLOG:
            return _room_at(lately, limit.most - 1, limit)
        old = _room_at((each for each in lately if each.backlog), limit.backlog - ALBUM_SIZE, limit)
        every = _room_at(lately, limit.most - ALBUM_SIZE, limit)
        return max((at for at in (old, every) if at is not None), default=None)

    def _lately(self, sent: deque[_Sent], limit: Limit) -> deque[_Sent]:
        """What still counts; the rest is forgotten. So is what lies ahead of a clock that was set back: it is not known
        when it went out, and waiting for that hour would silence the chat."""
        now = self._clock()
        while sent and not timedelta() <= now - sent[0].at < limit.within:
            sent.popleft()
        return sent


def _room_at(sent: Iterable[_Sent], allowed: int, limit: Limit) -> datetime | None:
    """When no more than `allowed` of these count any more; None when that is so now."""
    end = _end_of_excess(sent, allowed)
    return None if end is None else end + limit.within


def _end_of_excess(sent: Iterable[_Sent], allowed: int) -> datetime | None:
    """When the last went out of those that have to leave the window until it holds `allowed`; None when none has."""
    entries = list(sent)
    excess = sum(each.count for each in entries) - allowed
    last = None
    for each in entries:
        if excess <= 0:
            break
        excess -= each.count
        last = each.at
    return last


def _limit_of(chat_id: int) -> Limit:
    return PRIVATE if chat_id > 0 else GROUP
