"""The obsolete operations, which old clients still use (protocol §4, marked †)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, filled
from blinkbot.simulator.blinkcloud.endpoints.camera_config import long_config, strengths
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
        body = filled(
            "obsolete_sync_module",
            id=module.id,
            created_at=stamp(module.created_at),
            updated_at=stamp(module.updated_at),
            name=module.name,
            serial=module.serial,
            status="online" if module.online else "offline",
            **dict.fromkeys(
                ("last_hb", "last_backup_started", "last_backup_completed", "last_backfill_completed"), now
            ),
            first_boot=stamp(module.created_at),
            account_id=self._world.account.id,
            network_id=module.network_id,
        )
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
        """The status that a camera last reported."""
        network, camera = request.path_params["network"], request.path_params["camera"]
        return JSONResponse({"camera_status": self.camera_status(self._world.camera(network, camera, Family.CAMERA))})

    def camera_status(self, camera: Camera) -> Body:
        """A camera's last connection."""
        module = self._world.home.sync_module_of(camera.network_id)
        return filled(
            "camera_status",
            camera_id=camera.id,
            created_at=stamp(camera.created_at),
            updated_at=stamp(camera.updated_at),
            **strengths(camera),
            temperature=camera.temperature_f,
            battery_alert_status=camera.battery == "low",
            serial=camera.serial,
            sync_module_id=None if module is None else module.id,
            network_id=camera.network_id,
            account_id=self._world.account.id,
            thumbnail=None if camera.picture is None else camera.picture.path,
        )

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
        clip_seconds = round(sum(clip.seconds for clip in self._world.clips.all if clip.camera is camera))
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
        """The clips that were not watched."""
        return JSONResponse({"videos": [self.video(clip) for clip in self._alive() if not clip.watched]})

    async def video_info(self, request: Request) -> Response:
        """One clip."""
        return JSONResponse({"video": self.video(self._world.clips.find(request.path_params["clip"]))})

    async def delete_video(self, request: Request) -> Response:
        """Delete one clip."""
        self._world.clips.delete(self._world.clips.find(request.path_params["clip"]))
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
        alive = [clip for clip in self._world.clips.all if not clip.deleted]
        return sorted(alive, key=lambda clip: clip.created_at, reverse=True)
