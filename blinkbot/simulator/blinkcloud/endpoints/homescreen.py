"""The homescreen: everything in one body (protocol §6)."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, filled
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get
from blinkbot.simulator.blinkcloud.state.household import Camera, Family, Network, Siren, SyncModule
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World

UP_TO_DATE: Body = {"message": "OK", "code": 103, "update_available": False, "update_required": False}
OUTDATED = UP_TO_DATE | {"message": "An app update is required", "code": 105}
OUTDATED |= {"update_available": True, "update_required": True}
PURGE_DAYS = (3, 7, 14, 30, 60)
LISTS = {Family.CAMERA: "cameras", Family.MINI: "owls", Family.DOORBELL: "doorbells"}
TARGETS = {Family.CAMERA: "camera", Family.MINI: "owl", Family.DOORBELL: "lotus"}
"""How an accessory names the family of the camera that it belongs to."""

FIRMWARE = {Family.CAMERA: "10.65", Family.MINI: "9.93", Family.DOORBELL: "12.68"}


class Homescreen(Endpoints):
    """The one body that apps open with."""

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            get("/api/v3/accounts/{account:int}/homescreen", self.homescreen),
            get("/api/v4/accounts/{account:int}/homescreen", self.newer_homescreen),
        ]

    async def newer_homescreen(self, request: Request) -> Response:
        """What today's app reads: the same, and more (protocol §6)."""
        if not self._world.serves_new_lists:
            raise Refusal(404, "Not found")
        response_headers = {"Client-Id": str(request.state.client.id), "User-Id": str(self._world.account.user_id)}
        return JSONResponse(self.newer_body(), headers=response_headers)

    async def homescreen(self, request: Request) -> Response:
        """The body, and the ids of client and user in its headers."""
        headers = {"Client-Id": str(request.state.client.id), "User-Id": str(self._world.account.user_id)}
        return JSONResponse(self.body(), headers=headers)

    def body(self) -> Body:
        """The home as it is now."""
        world, home, account = self._world, self._world.home, self._world.account
        by_family = {
            family: world.with_odd(
                LISTS[family],
                [
                    self.camera(camera)
                    for camera in home.cameras
                    if camera.family is family and camera.id not in world.unlisted
                ],
            )
            for family in Family
        }
        return filled(
            "homescreen",
            account={"id": account.id},
            networks=world.with_odd("networks", [network_body(network) for network in home.networks]),
            sync_modules=world.with_odd("sync_modules", [self.sync_module(module) for module in home.sync_modules]),
            cameras=by_family[Family.CAMERA],
            sirens=[siren_body(siren, world.clock()) for siren in home.sirens],
            video_stats={"storage": min(100, len(world.clips.all)), "auto_delete_days": account.auto_purge_days},
            owls=by_family[Family.MINI],
            doorbells=by_family[Family.DOORBELL],
            app_updates=OUTDATED if account.update_required else UP_TO_DATE,
            accessories=self.accessories(),
        )

    def newer_body(self) -> Body:
        """The home as today's generation has it."""
        world, body = self._world, self.body()
        pictured = {camera.id: camera.picture for camera in world.home.cameras}
        for name in ("cameras", "owls", "doorbells"):
            for device in body[name]:
                picture = pictured.get(device["id"]) if isinstance(device, dict) and "id" in device else None
                if picture is not None:
                    device["thumbnail_timestamp"] = int(picture.taken_at.timestamp())
        for device in body["owls"]:
            if isinstance(device, dict):
                device |= {"wifi_strength": -52, "ring_device_id": f"R{device.get('id')}", "two_way_audio": True}
        plan = {"id": 1, "type": "plus"} if world.account.subscribed else None
        return {
            **body,
            "subscriptions": {"plans": [plan] if plan else []},
            "entitlements": {"entitlements": []},
            "access": {"level": "owner"},
            "location": {},
        }

    def sync_module(self, module: SyncModule) -> Body:
        """A hub. `local_storage_enabled` stays false beside an active stick, as seen on real ones (protocol §10)."""
        return filled(
            "sync_module",
            **fields_of(module, "id", "created_at", "updated_at", "name", "serial", "network_id"),
            status="online" if module.online else "offline",
            last_hb=stamp(self._world.clock() if module.online else module.updated_at),
            local_storage_status="active" if module.usb_active else "unavailable",
        )

    def camera(self, camera: Camera) -> Body:
        """A camera, with the keys that its family has and no others."""
        old = camera.model == "white"
        body: Body = {
            **fields_of(camera, "id", "created_at", "updated_at", "name", "serial", "network_id"),
            "thumbnail": self._world.shown_picture(camera),
            "fw_version": FIRMWARE[camera.family],
            "type": camera.model,
            "enabled": camera.motion_enabled,
            "status": status_word(camera),
            "local_storage_enabled": False,
            "local_storage_compatible": not old and camera.family is not Family.DOORBELL,
            **snooze_keys(self._world, camera),
            "revision": None if old else "01",
        }
        # Cameras as old as "white" never got a colour; only they are not "onboarded" as a device of their own.
        if not old:
            body["color"] = camera.color
        if camera.family is not Family.CAMERA:
            body["onboarded"] = True
        if camera.family is not Family.MINI:
            body |= {"battery": camera.battery, "issues": [], "signals": signals(camera)}
        if camera.family is Family.CAMERA:
            body["usage_rate"] = False
        if camera.family is Family.DOORBELL:
            body |= {"doorbell_mode": "lfr", "changing_mode": False, "config_out_of_sync": False}
        return body

    def accessories(self) -> Body:
        """Mounts and lights. A wired floodlight stands here a second time (protocol §6)."""
        cameras = self._world.home.cameras
        wired = [each for each in cameras if each.model == "superior"]
        return {
            "storm": [light_body(each, each.light_mount, "storm") for each in cameras if each.light_mount is not None],
            "rosie": [],
            "superior": [light_body(each, 20_000 + each.id % 10_000, "superior") for each in wired],
        }


def status_word(camera: Camera) -> str:
    """How each family says that it is online, or that it is not."""
    if not camera.online:
        return "offline"
    return "online" if camera.family is Family.MINI else "done"


def light_body(camera: Camera, number: int, kind: str) -> Body:
    """A light as an accessory of its camera. A wired floodlight has its camera's serial, being one device with it."""
    wired = camera.light_mount is None
    return {
        "id": number,
        "serial": camera.serial if wired else f"G8F10000SIM{number:05}",
        "type": kind,
        "connected": True,
        "power_type": "wired" if wired else "battery",
        "battery": "ok",
        "target": TARGETS[camera.family],
        "target_id": camera.id,
        "created_at": stamp(camera.created_at),
        "revision": "01",
    }


def signals(camera: Camera) -> Body:
    """Bars and temperature; doorbells have no thermometer."""
    temperature = {"temp": camera.temperature_f} if camera.family is Family.CAMERA else {}
    return {"lfr": camera.sync_bars, "wifi": camera.wifi_bars, **temperature, "battery": camera.battery_bars}


def snooze_keys(world: World, camera: Camera) -> Body:
    """Whether Blink's own notifications of this camera are silenced, and for how many minutes more."""
    until = camera.snoozed_until
    if until is None or not camera.snoozed_at(world.clock()):
        return {"snooze": False, "snooze_time_remaining": None}
    return {"snooze": True, "snooze_time_remaining": round((until - world.clock()).total_seconds() / 60)}


def network_body(network: Network) -> Body:
    """A network as the homescreen has it."""
    return fields_of(network, "id", "created_at", "updated_at", "name", "time_zone", "dst", "armed", "lv_save")


def siren_body(siren: Siren, moment: datetime) -> Body:
    """A siren as it is at this moment."""
    known = fields_of(siren, "id", "network_id", "name", "serial")
    return {**known, "status": "online", "sounding": siren.sounds_at(moment)}
