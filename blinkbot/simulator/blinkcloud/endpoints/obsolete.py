"""The obsolete operations, which old clients still use (protocol §4, marked †)."""

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, filled
from blinkbot.simulator.blinkcloud.endpoints.camera_config import long_config, strengths
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Family, Network
from blinkbot.simulator.blinkcloud.state.timestamps import stamp

HEARTBEATS = ("last_hb", "last_backup_started", "last_backup_completed", "last_backfill_completed")
USAGE_DAYS = 7
USAGE_REFERENCE = 400


class Obsolete(Endpoints):
    """Lists of devices, events and videos in their old forms, and the cameras' usage."""

    def routes(self) -> list[Route]:
        """The routes."""
        camera = "/network/{network:int}/camera/{camera:int}"
        return [
            get("/network/{network:int}/syncmodules", self.sync_module),
            get("/network/{network:int}/cameras", self.cameras),
            get(camera, self.camera_info),
            get(camera + "/status", self.camera_info),
            get("/events/network/{network:int}", self.events),
            get("/api/v1/camera/usage", self.usage),
            get("/api/v2/videos/count", self.video_count),
            get("/api/v2/videos/page/{page:int}", self.videos),
            get("/api/v2/videos/unwatched", self.unwatched),
            get("/api/v2/video/{clip:int}", self.video_info),
            post("/api/v2/video/{clip:int}/delete", self.delete_video),
        ]

    async def sync_module(self, request: Request) -> Body:
        """The hub of a network."""
        module = self._world.home.sync_module_of(self._network(request).id)
        if module is None:
            raise Refusal(404, "Sync module not found")
        body = filled(
            "obsolete_sync_module",
            **fields_of(module, "id", "created_at", "updated_at", "name", "serial", "network_id"),
            status="online" if module.online else "offline",
            **dict.fromkeys(HEARTBEATS, stamp(self._world.clock())),
            first_boot=stamp(module.created_at),
            account_id=self._world.account.id,
        )
        return {"syncmodule": body}

    async def cameras(self, request: Request) -> Body:
        """The battery cameras of a network."""
        cameras = self._battery_cameras(self._network(request))
        return {"devicestatus": [long_config(self._world, camera) for camera in cameras]}

    async def camera_info(self, request: Request) -> Body:
        """The status that a camera last reported."""
        network, camera = request.path_params["network"], request.path_params["camera"]
        return {"camera_status": self.camera_status(self._world.camera(network, camera, Family.CAMERA))}

    def camera_status(self, camera: Camera) -> Body:
        """A camera's last connection."""
        return filled(
            "camera_status",
            **fields_of(camera, "created_at", "updated_at", "serial", "network_id", "thumbnail"),
            **strengths(camera),
            camera_id=camera.id,
            temperature=camera.temperature_f,
            battery_alert_status=camera.battery == "low",
            sync_module_id=self._world.home.sync_module_id_of(camera.network_id),
            account_id=self._world.account.id,
        )

    async def events(self, request: Request) -> Body:
        """The newest recordings of a network."""
        network = self._network(request)
        clips = [clip for clip in self._alive() if clip.network_id == network.id]
        return {"event": [self.event(clip) for clip in clips[:25]]}

    def event(self, clip: Clip) -> Body:
        """A recording as an event."""
        return {
            **fields_of(clip, "id", "created_at", "updated_at", "camera_name", "network_id"),
            "type": "motion",
            "notified": True,
            "camera": clip.camera.id,
            "camera_id": clip.camera.id,
            "network": clip.network_id,
            "video_id": clip.id,
            "video_url": clip.media_path(self._world.account.id),
            "account_id": self._world.account.id,
        }

    async def usage(self, request: Request) -> Body:
        """Seconds recorded and watched live by battery cameras; networks without any appear with none."""
        networks = [
            {
                "network_id": network.id,
                "name": network.name,
                "cameras": [self.camera_usage(camera) for camera in self._battery_cameras(network)],
            }
            for network in self._world.home.networks
        ]
        return {"range_days": USAGE_DAYS, "reference": {"usage": USAGE_REFERENCE}, "networks": networks}

    def camera_usage(self, camera: Camera) -> Body:
        """One camera's seconds."""
        clip_seconds = round(sum(clip.seconds for clip in self._world.clips.all if clip.camera is camera))
        seconds = {"lv_seconds": camera.live_seconds, "clip_seconds": clip_seconds}
        return {**fields_of(camera, "id", "name"), "usage": sum(seconds.values()), **seconds}

    async def video_count(self, request: Request) -> Body:
        """How many clips there are."""
        return {"count": len(self._alive())}

    async def videos(self, request: Request) -> Body:
        """A page of clips, newest first, pages from 0."""
        page, limit = request.path_params["page"], self._world.media_limit
        return {"videos": [self.video(clip) for clip in self._alive()[page * limit :][:limit]]}

    async def unwatched(self, request: Request) -> Body:
        """The clips that were not watched."""
        return {"videos": [self.video(clip) for clip in self._alive() if not clip.watched]}

    async def video_info(self, request: Request) -> Body:
        """One clip."""
        return {"video": self.video(self._world.clips.find(request.path_params["clip"]))}

    async def delete_video(self, request: Request) -> Body:
        """Delete one clip."""
        self._world.clips.delete(self._world.clips.find(request.path_params["clip"]))
        return {"message": "Successfully deleted video", "code": 711}

    def video(self, clip: Clip) -> Body:
        """A clip in the old form."""
        account_id = self._world.account.id
        return {
            **fields_of(clip, "id", "created_at", "updated_at", "camera_name", "network_id", "network_name"),
            **fields_of(clip, "partial", "time_zone"),
            "deleted_at": None,
            "viewed": stamp(clip.updated_at) if clip.watched else None,
            "address": clip.media_path(account_id),
            "thumbnail": clip.thumbnail_path(account_id),
            "camera_id": clip.camera.id,
            "event_id": clip.id,
            "length": round(clip.seconds),
            "size": len(clip.mp4),
            "ready": not clip.partial,
            "account_id": account_id,
        }

    def _battery_cameras(self, network: Network) -> list[Camera]:
        return [each for each in self._world.home.cameras_of(network.id) if each.family is Family.CAMERA]

    def _alive(self) -> list[Clip]:
        alive = [clip for clip in self._world.clips.all if not clip.deleted]
        return sorted(alive, key=lambda clip: clip.created_at, reverse=True)
