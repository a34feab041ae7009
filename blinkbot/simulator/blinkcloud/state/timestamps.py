"""Times as Blink writes them."""

from datetime import UTC, datetime


def now() -> datetime:
    """The simulator's default clock: aware, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time the way bodies carry it: whole seconds, UTC, `2026-11-22T18:34:34+00:00`."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def read_since(text: str) -> datetime:
    """The `since` of media-changed (protocol §7), to whole seconds. Raises ValueError without time or offset."""
    # A `+` that was not percent-encoded arrives as a space, which real servers accept.
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError("a time without an offset")
    return moment.astimezone(UTC).replace(microsecond=0)
