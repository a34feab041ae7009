"""Where entries go that cannot be read."""

from blinkbot.domain import OddEntry


class Aside:
    """Keeps what was set aside."""

    def __init__(self) -> None:
        self.found: list[OddEntry] = []

    def __call__(self, kind: OddEntry, entry: object) -> None:
        self.found.append(kind)


def nothing_aside(kind: OddEntry, entry: object) -> None:
    """For bodies of which everything can be read."""
    raise AssertionError(f"an entry was set aside: {kind}")


def anything_aside(kind: OddEntry, entry: object) -> None:
    """For bodies of any kind."""
