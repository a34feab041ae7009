"""The table of operations: every call of protocol §4 by name. Blink's words (owl, storm) are here and in wire/."""

from collections.abc import Mapping
from dataclasses import replace

from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.protocol.operation import (
    WHOLE_PATH,
    Argument,
    ArgumentKind,
    Operation,
    ResponseKind,
    Route,
    Template,
)
from blinkbot.domain import Family

_V1 = "/api/v1/accounts/{account}"
_V4 = "/api/v4/accounts/{account}"
_NETWORK = f"{_V1}/networks/{{network}}"
_PROGRAMS = "/api/v1/networks/{network}/programs"
_PROGRAM_PATH = f"{_PROGRAMS}/{{program}}"
_SIRENS = "/api/v1/networks/{network}/sirens"
_STORAGE = f"{_NETWORK}/sync_modules/{{sync_module}}/local_storage"
_STORED = f"{_STORAGE}/manifest/{{manifest}}/clip"
_CLIENT = "/api/v4/account/{account}/client/{client}"

_CAMERA = "/network/{network}/camera/{camera}"
_CAMERA_V1 = f"{_NETWORK}/cameras/{{camera}}"
_MINI = f"{_NETWORK}/owls/{{camera}}"
_DOORBELL = f"{_NETWORK}/doorbells/{{camera}}"
_V2_CAMERA = "/api/v2/accounts/{account}/networks/{network}/%s/{camera}"

COMMAND, BYTES = ResponseKind.COMMAND, ResponseKind.BYTES
TEXT, FLAG, JSON, INTEGERS = ArgumentKind.TEXT, ArgumentKind.FLAG, ArgumentKind.JSON, ArgumentKind.INTEGERS
Routes = dict[Family | None, Route]

APP_BUILD = "IOS_2511191620"  # the build of the app that our user agent claims to be

_NOTIFICATIONS = (
    "low_battery camera_offline camera_usage scheduling motion sync_module_offline temperature doorbell wifi lfr"
    " bandwidth battery_dead"
    # Not on the page; real bodies of 2022 and later have them.
    " local_storage accessory_connected accessory_disconnected accessory_low_battery general cv_motion"
)


def _fields(*arguments: Argument) -> Template:
    """A body of fields that are called as their arguments are."""
    return {argument.name: argument for argument in arguments}


def _optional(name: str, kind: ArgumentKind = ArgumentKind.INTEGER, choices: tuple[int | str, ...] = ()) -> Argument:
    return Argument(name, kind, required=False, choices=choices)


_SNOOZE = _fields(Argument("snooze_time"))
_SIREN = _fields(Argument("duration"))
_PROGRAM: Template = {**_fields(Argument("name", TEXT), Argument("schedule", JSON)), "format": "v1"}
_LIVE: Template = {"intent": "liveview", "motion_event_start_time": None}
_CONFIG = _fields(
    _optional("motion_sensitivity"),
    _optional("video_length"),
    _optional("early_notification", FLAG),
    _optional("record_audio_enable", FLAG),
)
_LIGHT_LEVEL = _optional("illuminator_enable", choices=(0, 1, 2))
_LIGHT_WORD = _optional("illuminator_enable", TEXT, ("off", "on", "auto"))
# The page gives words for Minis, numbers for the rest; a doorbell's own configuration, flat like a Mini's, shows words.
_LIGHT_EITHER = _optional("illuminator_enable", TEXT, ("off", "on", "auto", 0, 1, 2))


def _group(name: str, *operations: Operation) -> tuple[Operation, ...]:
    return tuple(replace(operation, group=name) for operation in operations)


def _get(path: str, **query: object) -> Routes:
    return {None: Route("GET", path, query=query)}


def _post(path: str, body: Template | None = None) -> Routes:
    return {None: Route("POST", path, body)}


def _each(method: str, tail: str, *, camera: str = _CAMERA, body: Template | None = None) -> Routes:
    return {
        Family.CAMERA: Route(method, camera + tail, body),
        Family.MINI: Route(method, _MINI + tail, body),
        Family.DOORBELL: Route(method, _DOORBELL + tail, body),
    }


def _zones(method: str, body: Template | None = None) -> Routes:
    lists = {Family.CAMERA: "cameras", Family.MINI: "owls", Family.DOORBELL: "doorbells"}
    return {family: Route(method, f"{_V2_CAMERA % name}/zones", body) for family, name in lists.items()}


def _motion(tail: str, enabled: bool) -> Routes:
    return {**_each("POST", tail), Family.MINI: Route("POST", f"{_MINI}/config", {"enabled": enabled})}


def _get_battery_camera(tail: str) -> Routes:
    return {Family.CAMERA: Route("GET", _CAMERA + tail)}


_LOGIN = _fields(
    Argument("email", TEXT),
    Argument("password", TEXT),
    *(_optional(name, TEXT) for name in ("unique_id", "client_name", "reauth")),
)
_LIVE_VIEW: Routes = {
    Family.CAMERA: Route("POST", "/api/v6/accounts/{account}/networks/{network}/cameras/{camera}/liveview", _LIVE),
    Family.MINI: Route("POST", "/api/v2/accounts/{account}/networks/{network}/owls/{camera}/liveview", _LIVE),
    Family.DOORBELL: Route("POST", "/api/v2/accounts/{account}/networks/{network}/doorbells/{camera}/liveview", _LIVE),
}
_UPDATE_CAMERA: Routes = {
    Family.CAMERA: Route("POST", f"{_CAMERA}/update", {**_CONFIG, "illuminator_enable": _LIGHT_LEVEL}),
    Family.MINI: Route("POST", f"{_MINI}/config", {**_CONFIG, "illuminator_enable": _LIGHT_WORD}),
    Family.DOORBELL: Route("POST", f"{_DOORBELL}/config", {**_CONFIG, "illuminator_enable": _LIGHT_EITHER}),
}
_LIGHTS: Routes = {
    Family.CAMERA: Route("POST", f"{_CAMERA_V1}/accessories/storm/{{accessory}}/lights/{{state}}"),
    Family.MINI: Route("POST", f"{_MINI}/lights/{{state}}"),
}
_UPDATE_NETWORK = _fields(_optional("time_zone", TEXT), _optional("lv_save", FLAG), _optional("name", TEXT))
_FLAGS = _fields(*(_optional(flag, FLAG) for flag in _NOTIFICATIONS.split()))
# Blink judges it (code 213), as it judges the minutes of a snooze: which days it offers is the account's affair.
_PURGE_DAYS = Argument("auto_purge_days")
_PAGE = Argument("page", required=False, default=1)
_ZONES = _fields(
    _optional("zone_mask", INTEGERS),
    _optional("privacy_zones", JSON),
    _optional("basic_zone_rows"),
    _optional("basic_zone_columns"),
    _optional("use_analytics_for_motion", FLAG),
)
_REGIONS = _fields(_optional("motion_regions"), _optional("advanced_motion_regions", INTEGERS))
_MOTION_REGIONS: Routes = {
    Family.CAMERA: Route("GET", f"{_CAMERA_V1}/motion_regions", written=_REGIONS),
    Family.MINI: Route("GET", f"{_MINI}/motion_regions", written=_REGIONS),
    Family.DOORBELL: Route("GET", f"{_DOORBELL}/motion_regions", written=_REGIONS),
}
# Read with POST: what is wanted stands in the address, and in the body what it is narrowed to.
_MEDIA_LIST: Routes = {
    None: Route(
        "POST",
        f"{_V4}/media",
        _fields(_optional("filters", JSON)),
        _fields(Argument("start_time", TEXT), _optional("end_time", TEXT), _optional("pagination_key")),
    )
}

_ACCOUNT = _group(
    "account",
    Operation("login-v5", _post("/api/v5/account/login", _LOGIN), "§3", needs_token=False),
    Operation("verify-pin", _post(f"{_CLIENT}/pin/verify", _fields(Argument("pin", TEXT))), "§3"),
    Operation("resend-pin", _post(f"{_CLIENT}/pin/resend"), "§3"),
    Operation("logout", _post(f"{_CLIENT}/logout", {"message": "logout"})),
    Operation("tier", _get("/api/v1/users/tier_info"), "§3"),
    Operation("user", _get("/user")),
    Operation("account-options", _get("/api/v1/account/options")),
    Operation("client-options", _get(f"{_V1}/clients/{{client}}/options")),
    Operation(
        "update-client",
        _post("/client/{client}/update", _fields(Argument("notification_key", TEXT))),
        repeatable=True,
        open_body=True,
    ),
    Operation("clients", _get("/account/clients"), obsolete=True),
    Operation("notifications", _get(f"{_V1}/notifications/configuration")),
    Operation(
        "set-notifications", _post(f"{_V1}/notifications/configuration", {"notifications": _FLAGS}), repeatable=True
    ),
    Operation("subscription", _get(f"{_V1}/subscriptions/plans")),
    Operation("video-options", _post("/api/v1/account/video_options", _fields(_PURGE_DAYS)), repeatable=True),
)

_SERVICE = _group(
    "service",
    Operation(
        "version",
        _get("/api/v1/version"),
        needs_token=False,
        success=(Code.UP_TO_DATE, Code.UPDATE_REQUIRED),
        headers={"APP-BUILD": APP_BUILD},
    ),
    Operation("regions", _get("/regions", locale=_optional("locale", TEXT)), needs_token=False),
    Operation("upload-logs", _post("/app/logs/upload"), open_body=True),
    Operation("health", _get("/health"), obsolete=True),
)

_HOME = _group("home", Operation("homescreen", _get("/api/{generation}/accounts/{account}/homescreen"), "§6"))

_NETWORKS = _group(
    "network",
    Operation("arm", _post(f"{_NETWORK}/state/arm"), "§5", COMMAND, success=(Code.NO_CAMERA_ENABLED,), repeatable=True),
    Operation("disarm", _post(f"{_NETWORK}/state/disarm"), "§5", COMMAND, repeatable=True),
    Operation("command-status", _get("/network/{network}/command/{command}"), "§5"),
    Operation("command-done", _post("/network/{network}/command/{command}/done/"), "§5, §9", repeatable=True),
    Operation("update-network", _post("/network/{network}/update", _UPDATE_NETWORK), repeatable=True, open_body=True),
    Operation("snooze-network", _post(f"{_NETWORK}/snooze", _SNOOZE), repeatable=True),
    Operation("unsnooze-network", _post(f"{_NETWORK}/unsnooze"), repeatable=True),
    Operation("programs", _get(_PROGRAMS), "§8"),
    Operation("create-program", _post(f"{_PROGRAMS}/create", _PROGRAM), "§8"),
    Operation(
        "update-program",
        _post(f"{_PROGRAM_PATH}/update", {"id": Argument("program"), **_PROGRAM}),
        "§8",
        repeatable=True,
        open_body=True,
    ),
    Operation(
        "enable-program", _post(f"{_PROGRAM_PATH}/enable"), "§8, §11", success=(Code.SCHEDULE_ON,), repeatable=True
    ),
    Operation(
        "disable-program", _post(f"{_PROGRAM_PATH}/disable"), "§8, §11", success=(Code.SCHEDULE_OFF,), repeatable=True
    ),
    Operation("delete-program", _post(f"{_PROGRAM_PATH}/delete"), "§8", repeatable=True),
    Operation("networks", _get("/networks"), obsolete=True),
    Operation("sync-modules", _get("/network/{network}/syncmodules"), obsolete=True),
    Operation("events", _get("/events/network/{network}"), obsolete=True),
    Operation("sirens", _get(f"{_SIRENS}/")),
    Operation("activate-siren", _post(f"{_SIRENS}/[{{siren}}/]activate/", _SIREN), response=COMMAND),
    Operation("deactivate-siren", _post(f"{_SIRENS}/deactivate/"), response=COMMAND, repeatable=True),
)

_CAMERAS = _group(
    "camera",
    Operation("enable-motion", _motion("/enable", True), response=COMMAND, repeatable=True),
    Operation("disable-motion", _motion("/disable", False), response=COMMAND, repeatable=True),
    Operation("new-thumbnail", _each("POST", "/thumbnail"), "§5, §6", COMMAND),
    Operation("thumbnail", _get(WHOLE_PATH), "§6", BYTES),
    Operation("record-clip", _each("POST", "/clip"), "§5, §7", COMMAND),
    Operation("camera-config", _each("GET", "/config")),
    Operation("update-camera", _UPDATE_CAMERA, response=COMMAND, repeatable=True, open_body=True),
    Operation("camera-signals", _get_battery_camera("/signals"), obsolete=True),
    Operation("camera-info", _get_battery_camera(""), obsolete=True),
    Operation("cameras", _get("/network/{network}/cameras"), obsolete=True),
    Operation("camera-usage", _get("/api/v1/camera/usage")),
    Operation("snooze-camera", _each("POST", "/snooze", camera=_CAMERA_V1, body=_SNOOZE), repeatable=True),
    Operation("unsnooze-camera", _each("POST", "/unsnooze", camera=_CAMERA_V1), repeatable=True),
    Operation("zones", _zones("GET"), "§14"),
    Operation("set-zones", _zones("POST", _ZONES), "§14", COMMAND, repeatable=True, open_body=True),
    Operation("motion-regions", _MOTION_REGIONS, "§14", COMMAND, repeatable=True),
    Operation("lights", _LIGHTS, response=COMMAND, repeatable=True),
    Operation("liveview", _LIVE_VIEW, "§9"),
)

_MEDIA = _group(
    "media",
    Operation("media", _MEDIA_LIST, "§7b", repeatable=True),
    Operation("media-changed", _get(f"{_V1}/media/changed", since=Argument("since", TEXT), page=_PAGE), "§7"),
    Operation("media-count", _get(f"{_V1}/media/count")),
    Operation("unwatched-media", _get(f"{_V4}/unwatched_media")),
    Operation(
        "mark-viewed",
        _post(f"{_V4}/media/mark_as_viewed", {"media_list": Argument("ids", INTEGERS)}),
        repeatable=True,
    ),
    Operation("media-settings", _get(f"{_V4}/media_settings")),
    Operation(
        "set-media-settings",
        {None: Route("PATCH", f"{_V4}/media_settings", _fields(_optional("ttl_period")))},
        repeatable=True,
        open_body=True,
    ),
    Operation("video", _get(WHOLE_PATH), "§7", BYTES),
    Operation("video-thumbnail", _get(WHOLE_PATH), "§7", BYTES),
    Operation(
        "delete-media",
        _post(f"{_V1}/media/delete", {"media_list": Argument("ids", INTEGERS)}),
        "§4, §11",
        success=(Code.CLIPS_DELETED,),
        repeatable=True,
    ),
    Operation("video-count", _get("/api/v2/videos/count"), obsolete=True),
    Operation("videos", _get("/api/v2/videos/page/{page}"), obsolete=True),
    Operation("video-info", _get("/api/v2/video/{video}"), obsolete=True),
    Operation("unwatched-videos", _get("/api/v2/videos/unwatched"), obsolete=True),
    Operation("delete-video", _post("/api/v2/video/{video}/delete"), repeatable=True, obsolete=True),
)

_USB = _group(
    "usb",
    Operation("manifest-request", _post(f"{_STORAGE}/manifest/request"), "§10", COMMAND, repeatable=True),
    Operation("manifest", _get(f"{_STORAGE}/manifest/request/{{request}}"), "§10"),
    Operation("prepare-local-clip", _post(f"{_STORED}/request/{{clip}}"), "§10", COMMAND, repeatable=True),
    Operation("local-clip", _get(f"{_STORED}/request/{{clip}}"), "§10", BYTES),
    Operation("delete-local-clip", _post(f"{_STORED}/delete/{{clip}}"), "§10", COMMAND, repeatable=True),
    Operation("local-storage-status", _get(f"{_STORAGE}/status"), "§10"),
    Operation("local-storage-media", _get(f"{_STORAGE}/media/{{command}}"), "§10"),
    Operation("eject", _post(f"{_STORAGE}/eject"), "§10", COMMAND, repeatable=True),
    Operation("mount", _post(f"{_STORAGE}/mount"), "§10", COMMAND, repeatable=True),
    # Never sent twice by itself: between the tries something may have been recorded.
    Operation("format-local-storage", _post(f"{_STORAGE}/format"), "§10", COMMAND, deletes_for_good=True),
    Operation("clear-local-storage", {None: Route("DELETE", _STORAGE)}, "§10", COMMAND, deletes_for_good=True),
)

OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation for operation in (*_ACCOUNT, *_SERVICE, *_HOME, *_NETWORKS, *_CAMERAS, *_MEDIA, *_USB)
}
"""Every operation by name, in the protocol page's order."""
