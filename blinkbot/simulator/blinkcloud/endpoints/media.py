"""Clips and pictures: what changed, their bytes, and deleting them (protocol §6, §7)."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, media_not_found, read_json
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Family
from blinkbot.simulator.blinkcloud.state.timestamps import read_since
from blinkbot.simulator.ranges import ranged

PURGE_ID = 2_139_129_532
LATEST = "9999-12-31T00:00:00+00:00"
PARTIAL_SHARE = 2
"""Of a clip that is still being written, one in so many bytes can be had."""


class Media(Endpoints):
    """Clips and pictures."""

    def routes(self) -> list[Route]:
        """The routes."""
        modern = "/api/v3/media/accounts/{account:int}/networks/{network:int}/{model}/{camera:int}"
        return [
            get("/api/v1/accounts/{account:int}/media/changed", self.changed),
            post("/api/v4/accounts/{account:int}/media", self.events),
            get("/api/v4/accounts/{account:int}/media/{clip:int}/video/contents", self.video),
            post("/api/v1/accounts/{account:int}/media/delete", self.delete),
            get("/api/v2/accounts/{account:int}/media/clip/{clip:int}.mp4", self.video),
            get("/api/v2/accounts/{account:int}/media/thumb/{clip:int}", self.thumbnail),
            get("/api/v2/accounts/{account:int}/media/thumb/{clip:int}.jpg", self.thumbnail),
            get(modern + "/thumbnail/thumbnail.jpg", self.camera_picture),
            get(modern + "/{kind}/{clip:int}.mp4", self.video),
            get(modern + "/{kind}/{clip:int}.jpg", self.thumbnail),
            get("/media/{path:path}", self.old_camera_picture),
        ]

    async def changed(self, request: Request) -> Body:
        """One page of what changed since a time, by `updated_at`, tombstones included, in no useful order."""
        since, page, limit = query_since(request), query_page(request), self._world.media_limit
        changed = [clip for clip in self._world.clips.changed_since(since) if clip.kept]
        listed = self._world.with_odd("media-changed", [self.entry(clip) for clip in changed])
        media = listed[(page - 1) * limit : page * limit]
        return {"limit": limit, "purge_id": PURGE_ID, "refresh_count": 0, "media": media}

    def entry(self, clip: Clip) -> Body:
        """One clip as media-changed lists it."""
        account_id = self._world.account.id
        body: Body = {
            **fields_of(clip, "id", "created_at", "updated_at", "deleted", "network_id", "network_name"),
            **fields_of(clip, "source", "partial", "watched", "time_zone"),
            "device": "camera" if clip.camera.family is Family.CAMERA else clip.camera.model,
            "device_id": clip.camera.id,
            "device_name": clip.camera_name,
            "type": "video",
            "thumbnail": clip.thumbnail_path(account_id),
            "media": clip.media_path(account_id),
            "additional_devices": [],
        }
        return {**body, "metadata": None} if clip.modern else body

    async def events(self, request: Request) -> Body:
        """One page of what happened since a time, the newest first, by the time of the event; no tombstones (§7b)."""
        if not self._world.serves_new_lists:
            raise Refusal(404, "Not found")
        query = request.query_params
        begin, end = query_moment(query.get("start_time")), query_moment(query.get("end_time") or LATEST)
        key = query.get("pagination_key") or "0"
        if not key.isdecimal():
            raise Refusal(400, "Invalid pagination_key")
        wanted = wanted_devices(await read_json(request))
        happened = sorted(
            (
                clip
                for clip in self._world.clips.all
                if not clip.deleted and begin <= clip.created_at <= end and (wanted is None or clip.camera.id in wanted)
            ),
            key=lambda clip: (clip.created_at, clip.id),
            reverse=True,
        )
        listed = self._world.with_odd("media", [self.event(clip) for clip in happened])
        first, size = int(key), self._world.event_limit
        page = listed[first : first + size]
        more = first + size if first + size < len(listed) else None
        return {
            "media": page,
            "pagination_key": more,
            "page_size": size,
            "moment_gap_time": 25,
            "smart_video_descriptions": True,
        }

    def event(self, clip: Clip) -> Body:
        """One entry of today's list. Labels and sentences stand in it once Blink has made them."""
        account_id = self._world.account.id
        body: Body = {
            **fields_of(clip, "id", "created_at", "updated_at", "network_id", "network_name", "watched", "partial"),
            "device": "camera" if clip.camera.family is Family.CAMERA else clip.camera.model,
            "device_id": clip.camera.id,
            "device_name": clip.camera_name,
            "type": "video" if clip.kept else "event",
            "event_type": clip.source,
            "source": clip.source,
            "time_zone": clip.time_zone,
            "thumbnail": clip.thumbnail_path(account_id) if clip.kept else None,
            "no_media_reason": "none" if clip.kept else "no_subscription",
            "clip_length_ms": round(clip.seconds * 1000),
            **self._description_of(clip),
        }
        if clip.kept:
            newer = f"/api/v4/accounts/{account_id}/media/{clip.id}/video/contents"
            body["media"] = clip.media_path(account_id) if clip.modern else newer
        if clip.primary is not None:
            body |= {"primary_id": clip.primary.id, "secondary_id": clip.id}
        return body

    def _description_of(self, clip: Clip) -> Body:
        if clip.described_at is not None and self._world.clock() < clip.described_at:
            return {"cv_detection": None, "ai_vd": {}, "unusual_activity": None}
        words = {"short_description": clip.sentence, "full_description": clip.description or clip.sentence}
        return {
            "cv_detection": list(clip.labels) or None,
            "ai_vd": words if clip.sentence else {},
            "unusual_activity": {"is_unusual": True, "description": ""} if clip.unusual else None,
        }

    async def video(self, request: Request) -> Response:
        """A clip's MP4, whole or a range; reading it marks it watched."""
        clip = self._world.clips.find(request.path_params["clip"])
        if not clip.kept:
            raise media_not_found()
        if clip.missing_for > 0:
            clip.missing_for -= 1
            raise media_not_found()
        if not clip.watched and not clip.partial:
            clip.watched = True
            self._world.clips.touch(clip)
        data = clip.mp4[: len(clip.mp4) // PARTIAL_SHARE] if clip.partial else clip.mp4
        return ranged(request, data, "video/mp4")

    async def thumbnail(self, request: Request) -> Response:
        """A clip's picture."""
        clip = self._world.clips.find(request.path_params["clip"])
        if clip.jpeg is None or not clip.kept:
            raise media_not_found()
        return ranged(request, clip.jpeg, "image/jpeg")

    async def camera_picture(self, request: Request) -> Response:
        """A camera's newest picture under the form with `ts`, whichever `ts` is asked for."""
        for camera in self._world.home.cameras_of(request.path_params["network"]):
            if camera.id == request.path_params["camera"] and camera.picture is not None and camera.modern_pictures:
                return ranged(request, camera.picture.jpeg, "image/jpeg")
        raise media_not_found()

    async def old_camera_picture(self, request: Request) -> Response:
        """A camera's picture under the form that needs `.jpg` added; earlier ones stay (protocol §6)."""
        for camera in self._world.home.cameras:
            for picture in (camera.picture, *camera.earlier_pictures):
                if picture is not None and f"{picture.path}.jpg" == request.url.path:
                    return ranged(request, picture.jpeg, "image/jpeg")
        raise media_not_found()

    async def delete(self, request: Request) -> Body:
        """Delete clips by id; one bad id and none is deleted (706)."""
        wanted: Any = (await read_json(request)).get("media_list")
        alive = {clip.id: clip for clip in self._world.clips.all if not clip.deleted}
        if not (isinstance(wanted, list) and wanted) or not all(type(each) is int and each in alive for each in wanted):
            raise Refusal(400, "Invalid media list", 706)
        for clip_id in wanted:
            self._world.clips.delete(alive[clip_id])
        return {"message": "Successfully deleted media", "code": 711}


def query_since(request: Request) -> datetime:
    """The `since` of a request. Raises Refusal where it is missing or no time."""
    try:
        return read_since(request.query_params.get("since", ""))
    except ValueError:
        raise Refusal(400, "Invalid since") from None


def query_page(request: Request) -> int:
    """The page asked for, from 1; page 0 is page 1. Raises Refusal where it is missing or no number."""
    text = request.query_params.get("page", "")
    if not text.isdecimal():
        raise Refusal(400, "Invalid page")
    return max(1, int(text))


def query_moment(text: str | None) -> datetime:
    """A `start_time` or `end_time`. Raises Refusal where it is no time."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise Refusal(400, "Invalid start_time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def wanted_devices(body: dict[str, Any]) -> set[int] | None:
    """The camera ids that a list is narrowed to, None for all."""
    filters = body.get("filters")
    devices = filters.get("devices") if isinstance(filters, dict) else None
    if not isinstance(devices, dict):
        return None
    return {each for ids in devices.values() if isinstance(ids, list) for each in ids if isinstance(each, int)}
