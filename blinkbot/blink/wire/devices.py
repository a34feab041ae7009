"""JSON → values for cameras' signals and usage, sirens, and the obsolete lists of devices (protocol §4)."""

from functools import partial

from blinkbot.blink import models
from blinkbot.blink.wire.fields import Fields, SetAside, readable
from blinkbot.blink.wire.home import network
from blinkbot.domain import Network


def signals(body: object) -> models.Signals:
    return signals_in(Fields("camera-signals", body))


def usage(body: object, set_aside: SetAside) -> models.UsageReport:
    top = Fields("camera-usage", body)
    reference = top.part("reference")
    return models.UsageReport(
        days=top.integer("range_days"),
        normal_seconds=reference.integer("usage") if reference else None,
        cameras=tuple(
            camera
            for listed in top.readable("networks", partial(_usage_in, set_aside=set_aside), set_aside)
            for camera in listed
        ),
    )


def sirens(body: object, set_aside: SetAside) -> tuple[models.Siren, ...]:
    if isinstance(body, list):
        return tuple(readable("sirens", body, "sirens", _siren, set_aside))
    top = Fields("sirens", body)
    top.check("sirens")
    return tuple(top.readable("sirens", _siren, set_aside))


def network_settings(body: object) -> models.NetworkSettings:
    found = Fields("update-network", body).needed_part("network")
    return models.NetworkSettings(
        id=found.id("id"),
        name=found.text("name"),
        time_zone=found.text("time_zone"),
        armed=found.flag("armed"),
        saves_live_views=found.flag("lv_save") if "lv_save" in found else None,
    )


def networks(body: object, set_aside: SetAside) -> tuple[Network, ...]:
    top = Fields("networks", body)
    top.check("networks")
    return tuple(top.readable("networks", network, set_aside))


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


def _usage_in(item: Fields, set_aside: SetAside) -> tuple[models.CameraUsage, ...]:
    network_id = item.id("network_id")
    return tuple(item.readable("cameras", lambda camera: _usage_of(camera, network_id), set_aside))


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
