"""Locks by key: for one chat, one network, one burst."""

import asyncio
from weakref import WeakValueDictionary


class Locks:
    """A lock for each key, forgotten once it is free. asyncio's locks are fair: turns keep their order."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __getitem__(self, key: int) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())
