"""A camera's configuration as each family tells it (protocol §4, camera-config)."""

from blinkbot.simulator.blinkcloud.answers import Body, fields_of, filled
from blinkbot.simulator.blinkcloud.endpoints.homescreen import FIRMWARE, signals, status_word
from blinkbot.simulator.blinkcloud.state.household import Camera, Family
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World


def config_body(world: World, camera: Camera) -> Body:
    """The whole configuration."""
    if camera.family is not Family.CAMERA:
        return {**flat_config(camera), **camera.settings}
    return {"camera": [{**long_config(world, camera), **camera.settings}], "signals": signals_body(world, camera)}


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
