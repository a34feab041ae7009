"""The entries of Blink's lists that could not be read: set aside one by one, counted, and logged once a kind."""

import hashlib
import logging
from collections.abc import Mapping

from blinkbot.domain import OddEntry

_log = logging.getLogger(__name__)

# Of each kind so many entries are told apart; beyond that there are "so many or more".
MOST_OF_A_KIND = 1000
MOST_KINDS = 100


class OddEntries:
    """What was set aside since the start, by kind."""

    def __init__(self) -> None:
        self._found: dict[OddEntry, set[bytes]] = {}

    def __call__(self, kind: OddEntry, entry: object) -> None:
        """Count an entry, once however often it is listed; it is not kept, only a fingerprint of it."""
        if kind not in self._found:
            if len(self._found) >= MOST_KINDS:
                return
            where = f"{kind.place}[…].{kind.field}" if kind.field else f"{kind.place}[…]"
            _log.warning("%s: an entry was left out: %s: %s (%s)", kind.operation, where, kind.problem, kind.shape)
        known = self._found.setdefault(kind, set())
        if len(known) < MOST_OF_A_KIND:
            known.add(hashlib.blake2b(repr(entry).encode("utf-8", "replace"), digest_size=8).digest())

    def counted(self) -> Mapping[OddEntry, int]:
        """How many different entries of each kind were set aside."""
        return {kind: len(found) for kind, found in self._found.items()}
