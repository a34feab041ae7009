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
    """Requests of the last hour by kind, and the most there may be in one; `limit` is None where there is none."""

    by_kind: Mapping[RequestKind, int] = field(default_factory=dict)
    limit: int | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_kind.values())
