"""The table of operations: every call of protocol §4, each once, by the name the project gives it.

The client's methods stand on these rows. Blink's words for the families (owl, lotus, storm) live here and in wire.py.
"""

from collections.abc import Mapping

from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.protocol.operation import WHOLE_PATH, Answer, Argument, Kind, Operation, Route, Sign, Template
from blinkbot.domain import Family

_V1 = "/api/v1/accounts/{account}"
_NETWORK = f"{_V1}/networks/{{network}}"
_PROGRAMS = "/api/v1/networks/{network}/programs"
_SIRENS = "/api/v1/networks/{network}/sirens"
_STORAGE = f"{_NETWORK}/sync_modules/{{sync_module}}/local_storage"
_CLIENT = "/api/v4/account/{account}/client/{client}"

_CAMERA = "/network/{network}/camera/{camera}"
_CAMERA_V1 = f"{_NETWORK}/cameras/{{camera}}"
_MINI = f"{_NETWORK}/owls/{{camera}}"
_DOORBELL = f"{_NETWORK}/doorbells/{{camera}}"

Routes = dict[Family | None, Route]

APP_BUILD = "IOS_2511191620"
"""The build of the app that our user agent claims to be."""

_NOTIFICATIONS = (
    "low_battery",
    "camera_offline",
    "camera_usage",
    "scheduling",
    "motion",
    "sync_module_offline",
    "temperature",
    "doorbell",
    "wifi",
    "lfr",
    "bandwidth",
    "battery_dead",
    # Not on the page; real bodies of 2022 and later have them.
    "local_storage",
    "accessory_connected",
    "accessory_disconnected",
    "accessory_low_battery",
    "general",
    "cv_motion",
)
_SNOOZE: Template = {"snooze_time": Argument("snooze_time")}
_SIREN: Template = {"duration": Argument("duration")}
_PROGRAM: Template = {"name": Argument("name", Kind.TEXT), "schedule": Argument("schedule", Kind.JSON), "format": "v1"}
_LIVE: Template = {"intent": "liveview", "motion_event_start_time": None}
_CONFIG: Template = {
    "motion_sensitivity": Argument("motion_sensitivity", required=False),
    "video_length": Argument("video_length", required=False),
    "early_notification": Argument("early_notification", Kind.FLAG, required=False),
    "record_audio_enable": Argument("record_audio_enable", Kind.FLAG, required=False),
}
_LIGHT_LEVEL = Argument("illuminator_enable", required=False, choices=(0, 1, 2))
_LIGHT_WORD = Argument("illuminator_enable", Kind.TEXT, required=False, choices=("off", "on", "auto"))
# The page gives words for Minis, numbers for the rest; a doorbell's own configuration, flat like a Mini's, shows words.
_LIGHT_EITHER = Argument("illuminator_enable", Kind.TEXT, required=False, choices=("off", "on", "auto", 0, 1, 2))


def _one(method: str, path: str, body: Template | None = None, query: Template | None = None) -> Routes:
    return {None: Route(method, path, body, query or {})}


def _get(path: str, **query: object) -> Routes:
    return _one("GET", path, query=query)


def _post(path: str, body: Template | None = None) -> Routes:
    return _one("POST", path, body)


def _each(method: str, tail: str, *, camera: str = _CAMERA, body: Template | None = None) -> Routes:
    return {
        Family.CAMERA: Route(method, camera + tail, body),
        Family.MINI: Route(method, _MINI + tail, body),
        Family.DOORBELL: Route(method, _DOORBELL + tail, body),
    }


def _motion(tail: str, enabled: bool) -> Routes:
    return {**_each("POST", tail), Family.MINI: Route("POST", f"{_MINI}/config", {"enabled": enabled})}


def _camera_only(method: str, path: str) -> Routes:
    return {Family.CAMERA: Route(method, path)}


_LOGIN: Template = {
    "email": Argument("email", Kind.TEXT),
    "password": Argument("password", Kind.TEXT),
    "unique_id": Argument("unique_id", Kind.TEXT, required=False),
    "client_name": Argument("client_name", Kind.TEXT, required=False),
    "reauth": Argument("reauth", Kind.TEXT, required=False),
}
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
_UPDATE_NETWORK: Template = {
    "time_zone": Argument("time_zone", Kind.TEXT, required=False),
    "lv_save": Argument("lv_save", Kind.FLAG, required=False),
    "name": Argument("name", Kind.TEXT, required=False),
}
_FLAGS: Template = {flag: Argument(flag, Kind.FLAG, required=False) for flag in _NOTIFICATIONS}
# Blink judges it (code 213), as it judges the minutes of a snooze: which days it offers is the account's affair.
_PURGE_DAYS = Argument("auto_purge_days")
_PAGE = Argument("page", required=False, default=1)

_ACCOUNT = (
    Operation("login-v5", "account", _post("/api/v5/account/login", _LOGIN), "§3", sign=Sign.NOTHING),
    Operation("verify-pin", "account", _post(f"{_CLIENT}/pin/verify", {"pin": Argument("pin", Kind.TEXT)}), "§3"),
    Operation("resend-pin", "account", _post(f"{_CLIENT}/pin/resend"), "§3"),
    Operation("logout", "account", _post(f"{_CLIENT}/logout", {"message": "logout"})),
    Operation("tier", "account", _get("/api/v1/users/tier_info"), "§3"),
    Operation("user", "account", _get("/user")),
    Operation("account-options", "account", _get("/api/v1/account/options")),
    Operation("client-options", "account", _get(f"{_V1}/clients/{{client}}/options")),
    Operation(
        "update-client",
        "account",
        _post("/client/{client}/update", {"notification_key": Argument("notification_key", Kind.TEXT)}),
        repeatable=True,
        open_body=True,
    ),
    Operation("clients", "account", _get("/account/clients"), obsolete=True),
    Operation("notifications", "account", _get(f"{_V1}/notifications/configuration")),
    Operation(
        "set-notifications",
        "account",
        _post(f"{_V1}/notifications/configuration", {"notifications": _FLAGS}),
        repeatable=True,
    ),
    Operation("subscription", "account", _get(f"{_V1}/subscriptions/plans")),
    Operation(
        "video-options",
        "account",
        _post("/api/v1/account/video_options", {"auto_purge_days": _PURGE_DAYS}),
        repeatable=True,
    ),
)

_SERVICE = (
    Operation(
        "version",
        "service",
        _get("/api/v1/version"),
        sign=Sign.NOTHING,
        success=(Code.UP_TO_DATE, Code.UPDATE_REQUIRED),
        headers={"APP-BUILD": APP_BUILD},
    ),
    Operation(
        "regions", "service", _get("/regions", locale=Argument("locale", Kind.TEXT, required=False)), sign=Sign.NOTHING
    ),
    Operation("upload-logs", "service", _post("/app/logs/upload"), open_body=True),
    Operation("health", "service", _get("/health"), obsolete=True),
)

_HOME = (Operation("homescreen", "home", _get("/api/v3/accounts/{account}/homescreen"), "§6"),)

_NETWORKS = (
    Operation(
        "arm",
        "network",
        _post(f"{_NETWORK}/state/arm"),
        "§5",
        Answer.COMMAND,
        success=(Code.NO_CAMERA_ENABLED,),
        repeatable=True,
    ),
    Operation("disarm", "network", _post(f"{_NETWORK}/state/disarm"), "§5", Answer.COMMAND, repeatable=True),
    Operation("command-status", "network", _get("/network/{network}/command/{command}"), "§5"),
    Operation(
        "command-done", "network", _post("/network/{network}/command/{command}/done/"), "§5, §9", repeatable=True
    ),
    Operation(
        "update-network",
        "network",
        _post("/network/{network}/update", _UPDATE_NETWORK),
        repeatable=True,
        open_body=True,
    ),
    Operation("snooze-network", "network", _post(f"{_NETWORK}/snooze", _SNOOZE), repeatable=True),
    Operation("programs", "network", _get(_PROGRAMS), "§8"),
    Operation("create-program", "network", _post(f"{_PROGRAMS}/create", _PROGRAM), "§8"),
    Operation(
        "update-program",
        "network",
        _post(f"{_PROGRAMS}/{{program}}/update", {"id": Argument("program"), **_PROGRAM}),
        "§8",
        repeatable=True,
        open_body=True,
    ),
    Operation(
        "enable-program",
        "network",
        _post(f"{_PROGRAMS}/{{program}}/enable"),
        "§8, §11",
        success=(Code.SCHEDULE_ON,),
        repeatable=True,
    ),
    Operation(
        "disable-program",
        "network",
        _post(f"{_PROGRAMS}/{{program}}/disable"),
        "§8, §11",
        success=(Code.SCHEDULE_OFF,),
        repeatable=True,
    ),
    Operation("delete-program", "network", _post(f"{_PROGRAMS}/{{program}}/delete"), "§8", repeatable=True),
    Operation("networks", "network", _get("/networks"), obsolete=True),
    Operation("sync-modules", "network", _get("/network/{network}/syncmodules"), obsolete=True),
    Operation("events", "network", _get("/events/network/{network}"), obsolete=True),
    Operation("sirens", "network", _get(f"{_SIRENS}/")),
    Operation("activate-siren", "network", _post(f"{_SIRENS}/[{{siren}}/]activate/", _SIREN), answer=Answer.COMMAND),
    Operation("deactivate-siren", "network", _post(f"{_SIRENS}/deactivate/"), answer=Answer.COMMAND, repeatable=True),
)

_CAMERAS = (
    Operation(
        "enable-motion",
        "camera",
        _motion("/enable", True),
        answer=Answer.COMMAND,
        repeatable=True,
    ),
    Operation("disable-motion", "camera", _motion("/disable", False), answer=Answer.COMMAND, repeatable=True),
    Operation("new-thumbnail", "camera", _each("POST", "/thumbnail"), "§5, §6", Answer.COMMAND),
    Operation("thumbnail", "camera", _get(WHOLE_PATH), "§6", Answer.BYTES),
    Operation("record-clip", "camera", _each("POST", "/clip"), "§5, §7", Answer.COMMAND),
    Operation("camera-config", "camera", _each("GET", "/config")),
    Operation("update-camera", "camera", _UPDATE_CAMERA, answer=Answer.COMMAND, repeatable=True, open_body=True),
    Operation("camera-signals", "camera", _camera_only("GET", f"{_CAMERA}/signals"), obsolete=True),
    Operation("camera-info", "camera", _camera_only("GET", _CAMERA), obsolete=True),
    Operation("cameras", "camera", _get("/network/{network}/cameras"), obsolete=True),
    Operation("camera-usage", "camera", _get("/api/v1/camera/usage")),
    Operation("snooze-camera", "camera", _each("POST", "/snooze", camera=_CAMERA_V1, body=_SNOOZE), repeatable=True),
    Operation("lights", "camera", _LIGHTS, answer=Answer.COMMAND, repeatable=True),
    Operation("liveview", "camera", _LIVE_VIEW, "§9"),
)

_MEDIA = (
    Operation(
        "media-changed",
        "media",
        _get(f"{_V1}/media/changed", since=Argument("since", Kind.TEXT), page=_PAGE),
        "§7",
    ),
    Operation("video", "media", _get(WHOLE_PATH), "§7", Answer.BYTES),
    Operation("video-thumbnail", "media", _get(WHOLE_PATH), "§7", Answer.BYTES),
    Operation(
        "delete-media",
        "media",
        _post(f"{_V1}/media/delete", {"media_list": Argument("ids", Kind.INTEGERS)}),
        "§4, §11",
        success=(Code.CLIPS_DELETED,),
        repeatable=True,
    ),
    Operation("video-count", "media", _get("/api/v2/videos/count"), obsolete=True),
    Operation("videos", "media", _get("/api/v2/videos/page/{page}"), obsolete=True),
    Operation("video-info", "media", _get("/api/v2/video/{video}"), obsolete=True),
    Operation("unwatched-videos", "media", _get("/api/v2/videos/unwatched"), obsolete=True),
    Operation("delete-video", "media", _post("/api/v2/video/{video}/delete"), repeatable=True, obsolete=True),
)

_USB = (
    Operation("manifest-request", "usb", _post(f"{_STORAGE}/manifest/request"), "§10", Answer.COMMAND, repeatable=True),
    Operation("manifest", "usb", _get(f"{_STORAGE}/manifest/request/{{request}}"), "§10"),
    Operation(
        "prepare-local-clip",
        "usb",
        _post(f"{_STORAGE}/manifest/{{manifest}}/clip/request/{{clip}}"),
        "§10",
        Answer.COMMAND,
        repeatable=True,
    ),
    Operation(
        "local-clip", "usb", _get(f"{_STORAGE}/manifest/{{manifest}}/clip/request/{{clip}}"), "§10", Answer.BYTES
    ),
    Operation(
        "delete-local-clip",
        "usb",
        _post(f"{_STORAGE}/manifest/{{manifest}}/clip/delete/{{clip}}"),
        "§10",
        Answer.COMMAND,
        repeatable=True,
    ),
    Operation("local-storage-status", "usb", _get(f"{_STORAGE}/status"), "§10"),
)

OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation for operation in (*_ACCOUNT, *_SERVICE, *_HOME, *_NETWORKS, *_CAMERAS, *_MEDIA, *_USB)
}
"""Every operation by name, in the protocol page's order."""
