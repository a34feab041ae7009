"""What the bot asks of Blink, counted: how many requests of the last hour, and for what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RequestKind(StrEnum):
    """What requests are for."""

    LOOKS = "looks"  # for new clips
    HOME = "home"
    USB = "usb"
    PICTURES = "pictures"
    VIDEOS = "videos"
    ARCHIVE = "archive"  # what is older than the first look
    ORDERS = "orders"  # what people ask for, and what follows of it


@dataclass(frozen=True, slots=True)
class Spending:
    """Requests of the last hour by kind, the most there may be in one, and up to how many looking by itself may go.

    `limit` and `for_watch` are None where there is no limit."""

    by_kind: Mapping[RequestKind, int] = field(default_factory=dict)
    limit: int | None = None
    for_watch: int | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_kind.values())
