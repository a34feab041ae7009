"""Clips whose camera is known by its name alone: some on USB sticks, whose camera was renamed or is new (protocol §10).

They get their camera as soon as the home, or another clip, tells whose name it is.
"""

from collections.abc import Iterator

import sqlite_utils

from blinkbot.domain.duplicates import bare_name

NAMELESS_ID = 0
"""Stands for the camera whose id is not known."""

UNKNOWN = f"SELECT DISTINCT network_id, camera_name FROM clips WHERE camera_id = {NAMELESS_ID} AND camera_name <> ''"

NAMES = f"""
    SELECT id AS camera_id, name FROM cameras WHERE network_id = :network AND position IS NOT NULL
    UNION SELECT camera_id, camera_name FROM clips WHERE network_id = :network AND camera_id <> {NAMELESS_ID}
"""
"""What cameras are called now, and were called when they recorded."""


def resolve(db: sqlite_utils.Database) -> None:
    """Give the clips their camera where one alone can be meant."""
    for unknown in list(db.query(UNKNOWN)):
        network, name = unknown["network_id"], unknown["camera_name"]
        found = set(_called(db, network, name))
        if len(found) == 1:
            known = {"camera": found.pop(), "network": network, "name": name}
            db.execute(
                "UPDATE clips SET camera_id = :camera"
                f" WHERE camera_id = {NAMELESS_ID} AND network_id = :network AND camera_name = :name",
                known,
            )
            db.execute(
                "UPDATE incidents SET camera_id = :camera, camera_name = ''"
                f" WHERE camera_id = {NAMELESS_ID} AND network_id = :network AND camera_name = :name",
                known,
            )


def _called(db: sqlite_utils.Database, network_id: int, name: str) -> Iterator[int]:
    """The cameras of a network that are or were called so, but for punctuation and spaces."""
    bare = bare_name(name)
    for row in db.query(NAMES, {"network": network_id}):
        if bare and bare_name(row["name"]) == bare:
            yield row["camera_id"]
