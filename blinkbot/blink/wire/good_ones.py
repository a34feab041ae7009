"""Lists whose entries hold up none of the others."""

import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeVar

from blinkbot.blink.wire.fields import Fields
from blinkbot.errors import BlinkResponseError

_log = logging.getLogger(__name__)

Item = TypeVar("Item")


def good_ones(operation: str, value: object, where: str, read: Callable[[Fields], Item]) -> Iterator[Item]:
    """What can be read of a list; the rest is left out and logged. Raises where it is no list."""
    if not isinstance(value, list):
        raise BlinkResponseError(operation, "a list was expected", where)
    for item in value:
        try:
            yield read(Fields(operation, item, f"{where}[…]"))
        except BlinkResponseError as error:
            tell(str(error))


@lru_cache(maxsize=256)
def tell(what: str) -> None:
    """Log a kind of odd entry once: a list may be read every minute."""
    _log.warning("%s; such entries are left out", what)


def good_parts(operation: str, item: Fields, name: str, read: Callable[[Fields], Item]) -> tuple[Item, ...]:
    """What can be read of a list in an object; nothing where it is missing or null. Raises where it is no list."""
    value = dict(item.items()).get(name)
    return () if value is None else tuple(good_ones(operation, value, name, read))
