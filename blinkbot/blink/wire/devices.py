"""JSON → values for cameras' signals and usage, sirens, and the obsolete lists of devices (protocol §4)."""

from blinkbot.blink import models
from blinkbot.blink.wire.fields import Fields
from blinkbot.blink.wire.good_ones import good_ones, good_parts
from blinkbot.blink.wire.home import network
from blinkbot.domain import Network


def signals(body: object) -> models.Signals:
    return signals_in(Fields("camera-signals", body))


def usage(body: object) -> models.UsageReport:
    top = Fields("camera-usage", body)
    reference = top.part("reference")
    return models.UsageReport(
        days=top.integer("range_days"),
        normal_seconds=reference.integer("usage") if reference else None,
        cameras=tuple(camera for listed in good_parts("camera-usage", top, "networks", _usage_in) for camera in listed),
    )


def sirens(body: object) -> tuple[models.Siren, ...]:
    if isinstance(body, list):
        return tuple(good_ones("sirens", body, "sirens", _siren))
    top = Fields("sirens", body)
    top.check("sirens")
    return good_parts("sirens", top, "sirens", _siren)


def network_settings(body: object) -> models.NetworkSettings:
    found = Fields("update-network", body).needed_part("network")
    return models.NetworkSettings(
        id=found.id("id"),
        name=found.text("name"),
        time_zone=found.text("time_zone"),
        armed=found.flag("armed"),
        saves_live_views=found.flag("lv_save") if "lv_save" in found else None,
    )


def networks(body: object) -> tuple[Network, ...]:
    top = Fields("networks", body)
    top.check("networks")
    return good_parts("networks", top, "networks", network)


def hub(body: object) -> models.Hub:
    found = Fields("sync-modules", body).needed_part("syncmodule")
    return models.Hub(
        id=found.id("id"),
        network_id=found.id("network_id"),
        name=found.text("name"),
        online=found.online,
        firmware=found.text("fw_version"),
        wifi_bars=found.bars("wifi_strength"),
        last_seen_at=found.moment("last_hb"),
    )


def last_connection(body: object) -> models.LastConnection:
    found = Fields("camera-info", body).needed_part("camera_status")
    return models.LastConnection(
        camera_id=found.id("camera_id"),
        at=found.moment("updated_at"),
        wifi_dbm=found.integer("wifi_strength"),
        sync_dbm=found.integer("lfr_strength"),
        battery_voltage=found.integer("battery_voltage"),
        temperature_f=found.number("temperature"),
        firmware=found.text("fw_version"),
    )


def signals_in(item: Fields) -> models.Signals:
    return models.Signals(
        wifi_bars=item.bars("wifi"),
        sync_bars=item.bars("lfr"),
        battery_bars=item.bars("battery"),
        temperature_f=item.number("temp"),
        at=item.moment("updated_at"),
        battery=item.text("battery_state"),
    )


def _usage_in(item: Fields) -> tuple[models.CameraUsage, ...]:
    network_id = item.id("network_id")
    return good_parts("camera-usage", item, "cameras", lambda camera: _usage_of(camera, network_id))


def _usage_of(item: Fields, network_id: int) -> models.CameraUsage:
    return models.CameraUsage(
        camera_id=item.id("id"),
        network_id=network_id,
        name=item.text("name"),
        clip_seconds=item.integer("clip_seconds") or 0,
        live_seconds=item.integer("lv_seconds") or 0,
    )


def _siren(item: Fields) -> models.Siren:
    return models.Siren(item.id("id"), item.id("network_id"), item.text("name"), item.online)
