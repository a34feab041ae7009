"""Bodies in the shapes that Blink sends, with an invented home: two networks, all three families."""

from typing import Any

JSON = dict[str, Any]


def network(number: int = 100, name: str = "Lake house", armed: bool = True, **more: Any) -> JSON:
    """A network of the homescreen."""
    times = {"created_at": "2021-12-09T20:10:29+00:00", "updated_at": "2026-11-12T00:14:20+00:00"}
    return {"id": number, "name": name, "time_zone": "Europe/Berlin", "dst": True, "armed": armed, **times, **more}


def sync_module(number: int = 50, network_id: int = 100, **more: Any) -> JSON:
    """A sync module of the homescreen."""
    known = {"id": number, "network_id": network_id, "name": "My Blink Sync Module", "type": "sm2", "status": "online"}
    return {**known, "wifi_strength": 4, "local_storage_enabled": False, "local_storage_status": "active", **more}


def camera(number: int = 301, **more: Any) -> JSON:
    """A battery camera of the homescreen."""
    known = {"id": number, "network_id": 100, "name": "Porch", "type": "catalina", "enabled": True, "status": "done"}
    picture = f"/api/v3/media/accounts/7/networks/100/catalina/{number}/thumbnail/thumbnail.jpg?ts=1700000000&ext="
    signals = {"lfr": 5, "wifi": 4, "temp": 68, "battery": 3}
    return {**known, "battery": "ok", "thumbnail": picture, "signals": signals, "issues": [], **more}


def mini(number: int = 401, **more: Any) -> JSON:
    """A Mini of the homescreen: no battery, no signals."""
    known = {"id": number, "network_id": 200, "name": "Hall", "type": "owl", "enabled": False, "status": "online"}
    picture = f"/media/u014/account/7/network/200/owl/{number}/thumbnail/fw_9.93__Ab_c_2026_11_20__06_30PM"
    return {**known, "thumbnail": picture, "snooze": False, "revision": "00", **more}


def doorbell(number: int = 501, **more: Any) -> JSON:
    """A doorbell of the homescreen: signals without a temperature."""
    known = {"id": number, "network_id": 100, "name": "Front door", "type": "lotus", "enabled": True, "status": "done"}
    signals = {"lfr": 2, "wifi": 5, "battery": 1}
    return {**known, "battery": "low", "thumbnail": None, "signals": signals, "doorbell_mode": "lfr", **more}


def homescreen(**more: Any) -> JSON:
    """A whole homescreen."""
    return {
        "account": {"id": 7, "email_verified": True},
        "networks": [network(), network(200, "Flat", armed=False)],
        "sync_modules": [sync_module()],
        "cameras": [camera()],
        "owls": [mini()],
        "doorbells": [doorbell()],
        "sirens": [],
        "chimes": [],
        "accessories": {"storm": [], "rosie": [], "superior": []},
        "app_updates": {"message": "OK", "code": 103, "update_available": False, "update_required": False},
        **more,
    }


def entry(number: int = 9001, **more: Any) -> JSON:
    """An entry of media-changed."""
    return {
        "id": number,
        "created_at": "2026-11-22T11:58:20+00:00",
        "updated_at": "2026-11-22T11:59:01+00:00",
        "deleted": False,
        "device": "catalina",
        "device_id": 301,
        "device_name": "Porch",
        "network_id": 100,
        "network_name": "Lake house",
        "type": "video",
        "source": "pir",
        "partial": False,
        "watched": False,
        "thumbnail": f"/api/v2/accounts/7/media/thumb/{number}",
        "media": f"/api/v2/accounts/7/media/clip/{number}.mp4",
        "metadata": None,
        "additional_devices": [],
        "time_zone": "Europe/Berlin",
        **more,
    }


def media(*entries: JSON, limit: int = 25) -> JSON:
    """A page of media-changed."""
    return {"limit": limit, "purge_id": 1, "refresh_count": 0, "media": list(entries)}


def event(number: int = 9001, **more: Any) -> JSON:
    """An entry of today's list, with a video and what Blink saw in it."""
    return {
        "id": number,
        "type": "video",
        "event_type": "pir",
        "created_at": "2026-11-22T11:58:20+00:00",
        "updated_at": "2026-11-22T11:59:01+00:00",
        "device": "camera",
        "device_id": 301,
        "device_name": "Porch",
        "network_id": 100,
        "network_name": "Lake house",
        "media": f"/api/v4/accounts/7/media/{number}/video/contents",
        "thumbnail": f"/api/v2/accounts/7/media/thumb/{number}",
        "watched": False,
        "clip_length_ms": 11_000,
        "cv_detection": ["person"],
        "ai_vd": {"short_description": "Ann comes home", "full_description": "Ann comes home with two bags"},
        "unusual_activity": None,
        "no_media_reason": "none",
        **more,
    }


def events(*entries: JSON, key: object = None) -> JSON:
    """A page of today's list."""
    return {"media": list(entries), "pagination_key": key, "page_size": 200, "moment_gap_time": 25}


def program(number: int = 3, **more: Any) -> JSON:
    """A program that arms at 22:00 and disarms at 06:30 on weekdays, UTC."""
    days = ["mon", "tue", "wed", "thu", "fri"]
    schedule = [
        {"dow": days, "devices": [], "time": "2020-02-14 22:00:00 +0000", "action": "arm"},
        {"dow": days, "devices": [], "time": "2020-02-14 06:30:00 +0000", "action": "disarm"},
    ]
    known = {"id": number, "network_id": 100, "status": "enabled", "name": "Nights", "format": "v1"}
    return {**known, "schedule": schedule, **more}


def command(number: int = 5, state: str = "new") -> JSON:
    """The first answer to a command."""
    return {"id": number, "network_id": 100, "command": "arm", "state": state}


def status(complete: bool = True, number: int = 5, **more: Any) -> JSON:
    """An answer of command-status: 908 is there from the first look on."""
    condition = "done" if complete else "running"
    told = {"complete": complete, "status": 0, "status_code": 908, "status_msg": "Command succeeded"}
    return {**told, "commands": [{"id": number, "state_condition": condition, "debug": '{"x":1},LV907'}], **more}
