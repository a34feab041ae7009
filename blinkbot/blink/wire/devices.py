"""JSON → values for cameras' settings, signals and usage, sirens, and the obsolete lists of devices (protocol §4)."""

from blinkbot.blink import models
from blinkbot.blink.wire.fields import Fields, objects
from blinkbot.blink.wire.home import network
from blinkbot.domain import Family, Network

LIGHT_NUMBERS = {0: models.NightLight.OFF, 1: models.NightLight.ON, 2: models.NightLight.AUTO}  # protocol §4


def camera_settings(body: object) -> models.CameraSettings:
    """A camera's configuration: a list of one beside its signals for battery cameras, flat for the others."""
    top = Fields("camera-config", body)
    if "camera" not in top:
        return _settings(top, None)
    found = list(top.parts("camera"))
    if len(found) != 1:
        raise top.wrong("camera", f"one camera was expected, {len(found)} came")
    measured = top.part("signals")
    return _settings(found[0], _signals(measured) if measured else None)


def signals(body: object) -> models.Signals:
    return _signals(Fields("camera-signals", body))


def usage(body: object) -> models.UsageReport:
    top = Fields("camera-usage", body)
    reference = top.part("reference")
    return models.UsageReport(
        days=top.integer("range_days"),
        normal_seconds=reference.integer("usage") if reference else None,
        cameras=tuple(
            _usage_of(camera, network.id("network_id"))
            for network in top.parts("networks")
            for camera in network.parts("cameras")
        ),
    )


def sirens(body: object) -> tuple[models.Siren, ...]:
    items = objects("sirens", body, "sirens") if isinstance(body, list) else Fields("sirens", body).parts("sirens")
    return tuple(_siren(item) for item in items)


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
    return tuple(network(item) for item in Fields("networks", body).needed_parts("networks"))


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


def cameras(body: object) -> tuple[models.CameraSettings, ...]:
    return tuple(_settings(item, None) for item in Fields("cameras", body).needed_parts("devicestatus"))


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


def night_light(wanted: models.NightLight, family: Family) -> int | str:
    """A night light as a family's update wants it: a number for battery cameras, else a word (protocol §4)."""
    if family is not Family.CAMERA:
        return wanted.value
    return next(number for number, word in LIGHT_NUMBERS.items() if word is wanted)


def _settings(item: Fields, measured: models.Signals | None) -> models.CameraSettings:
    item.check("name", "enabled")
    return models.CameraSettings(
        name=item.text("name"),
        motion=item.flag("enabled"),
        model=item.text("type"),
        sensitivity=item.integer("motion_sensitivity"),
        clip_seconds=item.integer("video_length" if "video_length" in item else "clip_length"),
        night_light=_night_light(item),
        early_end=_flag(item, "early_termination"),
        early_notification=_flag(item, "early_notification"),
        audio=_flag(item, "record_audio_enable"),
        firmware=item.text("fw_version"),
        signals=measured,
    )


def _night_light(item: Fields) -> models.NightLight | str | None:
    number, word = item.integer("illuminator_enable"), item.word("illuminator_enable")
    if word is not None:
        return models.NightLight(word) if word in list(models.NightLight) else word
    return LIGHT_NUMBERS.get(number, str(number)) if number is not None else None


def _flag(item: Fields, name: str) -> bool | None:
    return item.flag(name) if item.given(name) else None


def _signals(item: Fields) -> models.Signals:
    return models.Signals(
        wifi_bars=item.bars("wifi"),
        sync_bars=item.bars("lfr"),
        battery_bars=item.bars("battery"),
        temperature_f=item.number("temp"),
        at=item.moment("updated_at"),
    )


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
