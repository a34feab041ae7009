"""How urgent a request to Blink is: set where the work begins, read where requests are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Priority(StrEnum):
    """Who waits for a request; the last goes first."""

    ARCHIVE = "archive"  # nothing waits for it: it is only sent while there is plenty
    WATCH = "watch"  # looking by itself, which leaves a share to people
    PERSON = "person"  # a person, or a clip on its way to one


_priority: ContextVar[Priority] = ContextVar("priority", default=Priority.PERSON)


def current_priority() -> Priority:
    """The priority of what is done now."""
    return _priority.get()


@contextmanager
def with_priority(priority: Priority) -> Iterator[None]:
    """What is asked of Blink within this block has this priority."""
    token = _priority.set(priority)
    try:
        yield
    finally:
        _priority.reset(token)
