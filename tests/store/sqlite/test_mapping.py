"""What goes into the database comes out of it as it was."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.domain import Camera, Cause, Clip, Family, Network, Origin, Power, SyncModule, Tokens
from blinkbot.store.sqlite import mapping as rows
from blinkbot.store.sqlite.migrations import migrations
from tests.store.things import NOON, clip

IDS = st.integers(0, 2**63 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
MOMENTS = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2999, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours))),
)
CLIPS = st.builds(
    Clip,
    key=WORDS,
    id=IDS,
    network_id=IDS,
    network_name=WORDS,
    camera_id=IDS,
    camera_name=WORDS,
    recorded_at=MOMENTS,
    updated_at=MOMENTS,
    cause=st.sampled_from(Cause) | WORDS,
    video=WORDS,
    thumbnail=st.none() | WORDS,
    time_zone=WORDS,
    partial=st.booleans(),
    deleted=st.booleans(),
    origin=st.sampled_from(Origin),
)
BARS = st.none() | st.integers(0, 5)
CAMERAS = st.builds(
    Camera,
    id=IDS,
    network_id=IDS,
    name=WORDS,
    family=st.sampled_from(Family),
    model=WORDS,
    motion=st.booleans(),
    online=st.booleans(),
    battery=st.none() | st.sampled_from(Power) | WORDS,
    battery_bars=BARS,
    wifi_bars=BARS,
    sync_bars=BARS,
    temperature_f=st.none() | st.floats(allow_nan=False),
    picture=st.none() | WORDS,
    has_light=st.booleans(),
)
NETWORKS = st.builds(Network, id=IDS, name=WORDS, armed=st.booleans(), time_zone=WORDS)
MODULES = st.builds(SyncModule, id=IDS, network_id=IDS, name=WORDS, online=st.booleans(), usb_active=st.booleans())


@pytest.fixture(scope="module")
def db() -> sqlite_utils.Database:
    database = sqlite_utils.Database(memory=True, strict=True)
    migrations.apply(database)
    return database


def kept(db: sqlite_utils.Database, table: str, row: dict[str, object]) -> rows.Row:
    """The row as the database gives it back."""
    with db.atomic():
        db.table(table).insert(row)
        (found,) = db.table(table).rows
        db.table(table).delete_where()
    return found


@given(clip=CLIPS)
def test_clips(db: sqlite_utils.Database, clip: Clip) -> None:
    row = kept(db, "clips", rows.row_of(clip) | {"first_seen_at": 0})
    assert rows.value_from(Clip, row) == clip


@given(camera=CAMERAS)
def test_cameras(db: sqlite_utils.Database, camera: Camera) -> None:
    assert rows.value_from(Camera, kept(db, "cameras", rows.row_of(camera) | {"last_seen": 0})) == camera


@given(network=NETWORKS)
def test_networks(db: sqlite_utils.Database, network: Network) -> None:
    assert rows.value_from(Network, kept(db, "networks", rows.row_of(network) | {"last_seen": 0})) == network


@given(module=MODULES)
def test_sync_modules(db: sqlite_utils.Database, module: SyncModule) -> None:
    assert rows.value_from(SyncModule, kept(db, "sync_modules", rows.row_of(module) | {"last_seen": 0})) == module


@given(moment=MOMENTS)
def test_moments_keep_every_microsecond_and_come_back_in_utc(moment: datetime) -> None:
    back = rows.moment(rows.micros(moment))
    assert back == moment
    assert back.tzinfo is UTC


@given(earlier=MOMENTS, later=MOMENTS)
def test_moments_are_stored_in_their_order(earlier: datetime, later: datetime) -> None:
    assert (earlier < later) == (rows.micros(earlier) < rows.micros(later))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        rows.micros(NOON.replace(tzinfo=None))


def test_known_words_come_back_as_what_they_are() -> None:
    assert rows.open_word(Power, "low") is Power.LOW
    assert rows.open_word(Power, "hamster wheel") == "hamster wheel"


def test_half_a_surrogate_pair_in_a_name_does_not_stop_the_watch(db: sqlite_utils.Database) -> None:
    row = rows.row_of(replace(clip(), camera_name="Porch \ud83c"))
    assert rows.value_from(Clip, kept(db, "clips", row | {"first_seen_at": 0})).camera_name == "Porch ?"


@pytest.mark.parametrize("kind", [Clip, Camera, Network, SyncModule, Tokens])
def test_no_field_of_the_domain_is_left_out(db: sqlite_utils.Database, kind: type) -> None:
    table = {Clip: "clips", Camera: "cameras", Network: "networks", SyncModule: "sync_modules", Tokens: "tokens"}[kind]
    assert {field.name for field in fields(kind)} <= set(db.table(table).columns_dict)
