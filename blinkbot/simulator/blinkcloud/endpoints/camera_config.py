"""A camera's configuration as each family tells it (protocol §4, camera-config)."""

from typing import Any

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, filled
from blinkbot.simulator.blinkcloud.endpoints.homescreen import FIRMWARE, signals, status_word
from blinkbot.simulator.blinkcloud.state.household import Camera, Family
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World

ROWS, COLUMNS, SUBZONES = 8, 8, 2
"""A newer camera's grid: each of its zones has SUBZONES × SUBZONES cells in the mask."""
PRIVACY_WIDTH, PRIVACY_HEIGHT, PRIVACY_ZONES = 20, 15, 2
NEWER_ZONES = ("hawk", "chickadee", "superior", "superior_owl", "sedona", "sonoran")
"""The models that know the newer form; the others have motion regions alone."""
REGIONS, WHOLE_REGION, ALL_REGIONS = 25, 0xFFF, 2**25 - 1
ADVANCED_BIT = 2**30


def zones_body(camera: Camera) -> Body:
    """A newer camera's zones. Raises Refusal for an older one."""
    if camera.model not in NEWER_ZONES:
        raise Refusal(404, "Not found")
    return {
        "basic_zone_rows": ROWS,
        "basic_zone_columns": COLUMNS,
        "sub_zone_rows": SUBZONES,
        "sub_zone_columns": SUBZONES,
        "zone_mask": [1] * (ROWS * COLUMNS * SUBZONES**2),
        "privacy_zones": [],
        "use_analytics_for_motion": False,
        **camera.zones,
    }


def changed_zones(camera: Camera, wanted: Body) -> Body:
    """Zones that were sent in. Raises Refusal where they are none."""
    there = zones_body(camera)
    mask, hidden = wanted.get("zone_mask", there["zone_mask"]), wanted.get("privacy_zones", there["privacy_zones"])
    if not (isinstance(mask, list) and len(mask) == len(there["zone_mask"]) and all(cell in (0, 1) for cell in mask)):
        raise Refusal(400, "Invalid zone_mask")
    if not (isinstance(hidden, list) and len(hidden) <= PRIVACY_ZONES and all(map(_is_privacy_zone, hidden))):
        raise Refusal(400, "Invalid privacy_zones")
    return {name: value for name, value in wanted.items() if name in there}


def regions_body(camera: Camera) -> Body:
    """A camera's motion regions in the older form: a bit each, and twelve of their own."""
    everything = camera.settings.get("motion_regions", ALL_REGIONS)
    return {"motion_regions": everything, "advanced_motion_regions": fine_regions(camera)}


def changed_regions(wanted: Body) -> Body:
    """Motion regions that were sent in. Raises Refusal where they are none."""
    fine = wanted.get("advanced_motion_regions", [0] * REGIONS)
    if not wanted or not 0 <= wanted.get("motion_regions", 0) < 2 * ADVANCED_BIT:
        raise Refusal(400, "Invalid motion_regions")
    if len(fine) != REGIONS or not all(0 <= region <= WHOLE_REGION for region in fine):
        raise Refusal(400, "Invalid advanced_motion_regions")
    return wanted


def fine_regions(camera: Camera) -> list[int]:
    """What each motion region sees: twelve bits."""
    found: list[int] = camera.settings.get("advanced_motion_regions", [WHOLE_REGION] * REGIONS)
    return found


def _is_privacy_zone(zone: Any) -> bool:
    if not isinstance(zone, dict) or not all(isinstance(zone.get(side), int) for side in "xywh"):
        return False
    inside = zone["x"] + zone["w"] <= PRIVACY_WIDTH and zone["y"] + zone["h"] <= PRIVACY_HEIGHT
    return bool(inside and min(zone["x"], zone["y"]) >= 0 and min(zone["w"], zone["h"]) > 0)


def config_body(world: World, camera: Camera) -> Body:
    """The whole configuration."""
    if camera.family is not Family.CAMERA:
        return {**flat_config(camera), **camera.settings}
    return {
        "camera": [{**long_config(world, camera), **camera.settings}],
        "signals": {**signals_body(world, camera), "battery_state": camera.battery},
    }


def signals_body(world: World, camera: Camera) -> Body:
    """Bars and temperature with their time."""
    return {**signals(camera), "updated_at": stamp(world.clock())}


def flat_config(camera: Camera) -> Body:
    """A Mini's or doorbell's configuration: one flat object without ids."""
    body = filled(
        "camera_config_flat",
        **fields_of(camera, "name", "updated_at"),
        fw_version=FIRMWARE[camera.family],
        enabled=camera.motion_enabled,
        status=status_word(camera),
        wifi=camera.wifi_bars,
        local_storage_compatible=camera.family is Family.MINI,
    )
    return body if camera.light is None else {**body, "floodlight_on": camera.light}


def long_config(world: World, camera: Camera) -> Body:
    """A battery camera's configuration. Its `thumbnail` can be a bare epoch (protocol §6)."""
    thumbnail = camera.thumbnail
    if camera.picture is not None and camera.modern_pictures:
        thumbnail = str(int(camera.picture.taken_at.timestamp()))
    measured = {"fw_version": FIRMWARE[camera.family], "temperature": camera.temperature_f}
    return filled(
        "camera_config_long",
        **fields_of(camera, "id", "created_at", "updated_at", "serial", "name", "network_id"),
        **measured,
        **strengths(camera),
        first_boot=stamp(camera.created_at),
        thumbnail=thumbnail,
        enabled=camera.motion_enabled,
        status=status_word(camera),
        battery_state=camera.battery,
        battery_check_time=stamp(camera.updated_at),
        last_connect={"camera_id": camera.id, **fields_of(camera, "updated_at", "serial"), **measured},
        armed=world.home.network(camera.network_id).armed,
        local_storage_compatible=camera.model != "white",
        type=camera.model,
        account_id=world.account.id,
        sync_module_id=world.home.sync_module_id_of(camera.network_id),
        account=world.account.id,
        network=camera.network_id,
    )


def strengths(camera: Camera) -> Body:
    """The bars as a battery camera measures them."""
    return {
        "wifi_strength": -100 + 10 * camera.wifi_bars,
        "lfr_strength": -110 + 10 * camera.sync_bars,
        "battery_voltage": 130 + 10 * camera.battery_bars,
    }
