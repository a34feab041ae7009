"""Operations the notes call obsolete; old clients still ask for them (protocol §4, marked †)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal
from blinkbot.simulator.blinkcloud.endpoints.camera_config import long_config
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Family
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World

USAGE_DAYS = 7
USAGE_REFERENCE = 400


class Obsolete:
    """Serves lists of devices, events and videos in their old forms, and the cameras' usage."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """What it serves."""
        camera = "/network/{network:int}/camera/{camera:int}"
        return [
            Route("/network/{network:int}/syncmodules", self.sync_module, methods=["GET"]),
            Route("/network/{network:int}/cameras", self.cameras, methods=["GET"]),
            Route(camera, self.camera_info, methods=["GET"]),
            Route(camera + "/status", self.camera_info, methods=["GET"]),
            Route("/events/network/{network:int}", self.events, methods=["GET"]),
            Route("/api/v1/camera/usage", self.usage, methods=["GET"]),
            Route("/api/v2/videos/count", self.video_count, methods=["GET"]),
            Route("/api/v2/videos/page/{page:int}", self.videos, methods=["GET"]),
            Route("/api/v2/videos/unwatched", self.unwatched, methods=["GET"]),
            Route("/api/v2/video/{clip:int}", self.video_info, methods=["GET"]),
            Route("/api/v2/video/{clip:int}/delete", self.delete_video, methods=["POST"]),
        ]

    async def sync_module(self, request: Request) -> Response:
        """The hub of a network."""
        network = self._world.network(request.path_params["network"])
        module = self._world.home.sync_module_of(network.id)
        if module is None:
            raise Refusal(404, "Sync module not found")
        now = stamp(self._world.clock())
        body: Body = {
            "id": module.id,
            "created_at": stamp(module.created_at),
            "updated_at": stamp(module.updated_at),
            "last_activity": "1970-01-01",
            "name": module.name,
            "fw_version": "16.0.32",
            "mac_address": None,
            "ip_address": "192.0.2.18",
            "lfr_frequency": None,
            "serial": module.serial,
            "status": "online" if module.online else "offline",
            "onboarded": True,
            "server": "i-simulated",
            "last_hb": now,
            "os_version": "6.16.3",
            "last_wifi_alert": None,
            "wifi_alert_count": 0,
            "last_offline_alert": None,
            "offline_alert_count": 0,
            "table_update_sequence": 1,
            "local_storage_enabled": False,
            "last_backup_started": now,
            "last_backup_completed": now,
            "last_backfill_completed": now,
            "backfill_in_progress": None,
            "ring_device_id": None,
            "first_boot": stamp(module.created_at),
            "feature_plan_id": None,
            "account_id": self._world.account.id,
            "network_id": module.network_id,
            "country_id": "US",
            "vo9_channel": 0,
            "wifi_strength": 5,
        }
        return JSONResponse({"syncmodule": body})

    async def cameras(self, request: Request) -> Response:
        """The battery cameras of a network."""
        network = self._world.network(request.path_params["network"])
        return JSONResponse(
            {
                "devicestatus": [
                    long_config(self._world, camera)
                    for camera in self._world.home.cameras_of(network.id)
                    if camera.family is Family.CAMERA
                ]
            }
        )

    async def camera_info(self, request: Request) -> Response:
        """What a camera last told of itself."""
        network, camera = request.path_params["network"], request.path_params["camera"]
        return JSONResponse({"camera_status": self.camera_status(self._world.camera(network, camera, Family.CAMERA))})

    def camera_status(self, camera: Camera) -> Body:
        """A camera's last connection."""
        module = self._world.home.sync_module_of(camera.network_id)
        counters = dict.fromkeys(COUNTERS, 0)
        return {
            "camera_id": camera.id,
            "created_at": stamp(camera.created_at),
            "updated_at": stamp(camera.updated_at),
            "wifi_strength": -100 + 10 * camera.wifi_bars,
            "lfr_strength": -110 + 10 * camera.sync_bars,
            "battery_voltage": 130 + 10 * camera.battery_bars,
            "temperature": camera.temperature_f,
            "fw_version": "10.65",
            "fw_git_hash": None,
            "mac": "00:00:5e:00:53:01",
            "ipv": "ipv4",
            "ip_address": "192.0.2.31",
            "battery_alert_status": camera.battery == "low",
            "temp_alert_status": False,
            "ac_power": False,
            "light_sensor_data_valid": False,
            "light_sensor_data_new": False,
            **counters,
            "unit_number": 1,
            "serial": camera.serial,
            "sync_module_id": None if module is None else module.id,
            "network_id": camera.network_id,
            "account_id": self._world.account.id,
            "id": 1,
            "thumbnail": None if camera.picture is None else camera.picture.path,
        }

    async def events(self, request: Request) -> Response:
        """The newest recordings of a network."""
        network = self._world.network(request.path_params["network"])
        clips = [clip for clip in self._alive() if clip.network_id == network.id]
        return JSONResponse({"event": [self.event(clip) for clip in clips[:25]]})

    def event(self, clip: Clip) -> Body:
        """A recording as an event."""
        return {
            "id": clip.id,
            "created_at": stamp(clip.created_at),
            "updated_at": stamp(clip.updated_at),
            "type": "motion",
            "notified": True,
            "camera": clip.camera.id,
            "camera_id": clip.camera.id,
            "camera_name": clip.camera_name,
            "network": clip.network_id,
            "network_id": clip.network_id,
            "video_id": clip.id,
            "video_url": clip.media_path(self._world.account.id),
            "account_id": self._world.account.id,
        }

    async def usage(self, request: Request) -> Response:
        """Seconds recorded and watched live by battery cameras; networks without any appear with none."""
        networks = [
            {
                "network_id": network.id,
                "name": network.name,
                "cameras": [
                    self.camera_usage(camera)
                    for camera in self._world.home.cameras_of(network.id)
                    if camera.family is Family.CAMERA
                ],
            }
            for network in self._world.home.networks
        ]
        return JSONResponse({"range_days": USAGE_DAYS, "reference": {"usage": USAGE_REFERENCE}, "networks": networks})

    def camera_usage(self, camera: Camera) -> Body:
        """One camera's seconds."""
        clip_seconds = round(sum(clip.seconds for clip in self._world.shelf.clips if clip.camera is camera))
        usage = clip_seconds + camera.live_seconds
        return {
            "id": camera.id,
            "name": camera.name,
            "usage": usage,
            "lv_seconds": camera.live_seconds,
            "clip_seconds": clip_seconds,
        }

    async def video_count(self, request: Request) -> Response:
        """How many clips there are."""
        return JSONResponse({"count": len(self._alive())})

    async def videos(self, request: Request) -> Response:
        """A page of clips, newest first, pages from 0."""
        page, limit = request.path_params["page"], self._world.media_limit
        return JSONResponse({"videos": [self.video(clip) for clip in self._alive()[page * limit :][:limit]]})

    async def unwatched(self, request: Request) -> Response:
        """The clips nobody has seen."""
        return JSONResponse({"videos": [self.video(clip) for clip in self._alive() if not clip.watched]})

    async def video_info(self, request: Request) -> Response:
        """One clip."""
        return JSONResponse({"video": self.video(self._world.shelf.find(request.path_params["clip"]))})

    async def delete_video(self, request: Request) -> Response:
        """Delete one clip."""
        self._world.shelf.delete(self._world.shelf.find(request.path_params["clip"]))
        return JSONResponse({"message": "Successfully deleted video", "code": 711})

    def video(self, clip: Clip) -> Body:
        """A clip in the old form."""
        account_id = self._world.account.id
        return {
            "id": clip.id,
            "created_at": stamp(clip.created_at),
            "updated_at": stamp(clip.updated_at),
            "deleted_at": None,
            "viewed": stamp(clip.updated_at) if clip.watched else None,
            "address": clip.media_path(account_id),
            "thumbnail": clip.thumbnail_path(account_id),
            "camera_id": clip.camera.id,
            "camera_name": clip.camera_name,
            "network_id": clip.network_id,
            "network_name": clip.network_name,
            "event_id": clip.id,
            "length": round(clip.seconds),
            "size": len(clip.mp4),
            "partial": clip.partial,
            "ready": not clip.partial,
            "time_zone": clip.time_zone,
            "account_id": account_id,
        }

    def _alive(self) -> list[Clip]:
        alive = [clip for clip in self._world.shelf.clips if not clip.deleted]
        return sorted(alive, key=lambda clip: clip.created_at, reverse=True)


COUNTERS = (
    "error_codes",
    "light_sensor_ch0",
    "light_sensor_ch1",
    "time_first_video",
    "time_108_boot",
    "time_wlan_connect",
    "time_dhcp_lease",
    "time_dns_resolve",
    "lfr_108_wakeups",
    "total_108_wakeups",
    "lfr_tb_wakeups",
    "total_tb_wakeups",
    "wifi_connect_failure_count",
    "dhcp_failure_count",
    "socket_failure_count",
    "dev_1",
    "dev_2",
    "dev_3",
    "lifetime_count",
    "lifetime_duration",
    "pir_rejections",
)
"""Numbers a camera reports that mean nothing here."""
