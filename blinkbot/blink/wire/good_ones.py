"""Lists whose entries hold up none of the others."""

import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from blinkbot.blink.wire.fields import Fields
from blinkbot.errors import BlinkResponseError

_log = logging.getLogger(__name__)

Item = TypeVar("Item")


def good_ones(operation: str, value: object, where: str, read: Callable[[Fields], Item]) -> Iterator[Item]:
    """What can be read of a list; the rest is logged, each by itself. Raises where it is no list."""
    if not isinstance(value, list):
        raise BlinkResponseError(operation, "a list was expected", where)
    for index, item in enumerate(value):
        try:
            yield read(Fields(operation, item, f"{where}[{index}]"))
        except BlinkResponseError as error:
            _log.warning("%s; it is left out", error)


def good_parts(operation: str, item: Fields, name: str, read: Callable[[Fields], Item]) -> tuple[Item, ...]:
    """What can be read of a list in an object; nothing where it is missing or null. Raises where it is no list."""
    value = dict(item.items()).get(name)
    return () if value is None else tuple(good_ones(operation, value, name, read))
