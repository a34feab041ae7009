"""The files on "Telegram's servers", checked as the real ones check them."""

import hashlib
import io
import mimetypes
import secrets
import warnings
from dataclasses import dataclass, replace

from PIL import Image, UnidentifiedImageError

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.protocol.parameters import FileRef, Upload
from blinkbot.simulator.botapi.state.values import Media, MediaKind

UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
LOCAL_UPLOAD_LIMIT = 2000 * 1024 * 1024
"""What a Bot API server of one's own takes; it also hands out files of any size."""
PHOTO_LIMIT = 10 * 1024 * 1024
THUMBNAIL_LIMIT = 200 * 1024
THUMBNAIL_SIDE = 320
_PHOTO_SIDES = 10_000
_PHOTO_RATIO = 20
_PREFIXES = {MediaKind.PHOTO: "Ag", MediaKind.VIDEO: "BA", MediaKind.ANIMATION: "Cg", MediaKind.DOCUMENT: "BQ"}


@dataclass(frozen=True, slots=True)
class VideoDetails:
    """The fields of a video as the bot gives them, in pixels and seconds; nothing is measured."""

    duration: int = 0
    width: int = 0
    height: int = 0
    thumbnail: FileRef | None = None
    cover: FileRef | None = None
    supports_streaming: bool = False


class FileStore:
    """All files, by file id and by the path that getFile tells, in memory."""

    def __init__(self, upload_limit: int = UPLOAD_LIMIT) -> None:
        self.upload_limit = upload_limit
        self._by_id: dict[str, Media] = {}
        self._by_path: dict[str, Media] = {}

    def find(self, file_id: str) -> Media | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> Media | None:
        return self._by_path.get(path)

    @staticmethod
    def path_of(media: Media) -> str:
        """Where a file can be downloaded, below `/file/bot{token}/`."""
        suffix = mimetypes.guess_extension(media.mime_type) or ""
        return f"{media.kind}s/{media.file_id}{suffix}"

    def photo(self, ref: FileRef) -> Media:
        """A picture. Raises Refusal, also for a size or shape that Telegram does not take."""
        if not isinstance(ref, Upload):
            return self._known(ref, MediaKind.PHOTO)
        self._check_size(ref)
        if len(ref.data) > PHOTO_LIMIT:
            too_big = f"file of size {len(ref.data)} bytes is too big for a photo"
            raise bad_request(f"{too_big}; the maximum size is {PHOTO_LIMIT} bytes")
        image = _decoded_picture(ref.data)
        small = image.convert("RGB")
        small.thumbnail((90, 90))
        buffer = io.BytesIO()
        small.save(buffer, "JPEG")
        thumbnail = self._keep(MediaKind.PHOTO, buffer.getvalue(), "", "image/jpeg", small.size)
        mime = Image.MIME.get(image.format or "", "image/jpeg")
        kept = self._keep(MediaKind.PHOTO, ref.data, ref.file_name, mime, image.size)
        return self._complete(replace(kept, thumbnail=thumbnail))

    def video(self, ref: FileRef, details: VideoDetails) -> Media:
        """A video; other bytes than MP4 become a document. Raises Refusal.

        A cover belongs to the message, not to the file: a video sent by its id has only the cover given with it.
        """
        if not isinstance(ref, Upload):
            kept = self._known(ref, MediaKind.VIDEO)
        elif not _is_mp4(ref.data):
            return self.document(ref, details.thumbnail)
        else:
            moving = self._moving(MediaKind.VIDEO, ref, details)
            kept = self._complete(replace(moving, supports_streaming=details.supports_streaming))
        return replace(kept, cover=self.photo(details.cover)) if details.cover else kept

    def animation(self, ref: FileRef, details: VideoDetails) -> Media:
        """A GIF or a video without sound; other bytes become a document. Raises Refusal."""
        if not isinstance(ref, Upload):
            return self._known(ref, MediaKind.ANIMATION)
        if not _is_mp4(ref.data) and not ref.data.startswith(b"GIF8"):
            return self.document(ref, details.thumbnail)
        return self._complete(self._moving(MediaKind.ANIMATION, ref, details))

    def document(self, ref: FileRef, thumbnail: FileRef | None) -> Media:
        """Any file. Raises Refusal."""
        if not isinstance(ref, Upload):
            return self._known(ref, MediaKind.DOCUMENT)
        self._check_size(ref)
        kept = self._keep(MediaKind.DOCUMENT, ref.data, ref.file_name, _mime_type(ref))
        return self._complete(self._with_thumbnail(kept, thumbnail))

    def _moving(self, kind: MediaKind, upload: Upload, details: VideoDetails) -> Media:
        self._check_size(upload)
        mime = "video/mp4" if _is_mp4(upload.data) else "image/gif"
        kept = self._keep(kind, upload.data, upload.file_name, mime, (details.width, details.height))
        return self._with_thumbnail(replace(kept, duration=details.duration), details.thumbnail)

    def _with_thumbnail(self, media: Media, ref: FileRef | None) -> Media:
        if ref is None:
            return media
        if not isinstance(ref, Upload):
            return replace(media, thumbnail_ignored="a thumbnail can only be uploaded as a new file")
        size, problem = _thumbnail_size(ref.data)
        if problem:
            return replace(media, thumbnail_ignored=problem)
        return replace(media, thumbnail=self._keep(MediaKind.PHOTO, ref.data, "", "image/jpeg", size))

    def _check_size(self, upload: Upload) -> None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > self.upload_limit:
            raise Refusal(413, "Request Entity Too Large")

    def _known(self, ref: str, kind: MediaKind) -> Media:
        if ref.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")  # the simulator reaches no other host
        media = self.find(ref)
        if media is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if media.kind is not kind:
            raise bad_request(f"can't use file of type {media.kind.title()} as {kind.title()}")
        return media

    def _keep(self, kind: MediaKind, data: bytes, name: str, mime_type: str, size: tuple[int, int] = (0, 0)) -> Media:
        unique_id = "AgAD" + hashlib.sha256(kind.encode() + data).hexdigest()[:12]
        file_id = _PREFIXES[kind] + "ACAgQAAx" + secrets.token_urlsafe(40)
        return self._complete(Media(kind, file_id, unique_id, data, name, mime_type, *size))

    def _complete(self, media: Media) -> Media:
        self._by_id[media.file_id] = media
        self._by_path[self.path_of(media)] = media
        return media


def _decoded_picture(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from None
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    width, height = image.size
    if width + height > _PHOTO_SIDES or max(width, height) > _PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    try:
        image.load()
    except (OSError, SyntaxError):  # cut short, or broken inside
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return image


def _thumbnail_size(data: bytes) -> tuple[tuple[int, int], str]:
    """A thumbnail's size in pixels, and why Telegram would ignore it ("" when it would not)."""
    if len(data) > THUMBNAIL_LIMIT:
        return (0, 0), f"{len(data)} bytes are more than {THUMBNAIL_LIMIT}"
    try:
        image = _decoded_picture(data)
    except Refusal as refusal:
        return (0, 0), refusal.description
    if image.format != "JPEG":
        return image.size, f"{image.format} is not JPEG"
    if max(image.size) > THUMBNAIL_SIDE:
        return image.size, f"{image.width}x{image.height} is larger than {THUMBNAIL_SIDE} pixels"
    return image.size, ""


def _is_mp4(data: bytes) -> bool:
    return data[4:8] == b"ftyp"


def _mime_type(upload: Upload) -> str:
    guessed, _ = mimetypes.guess_type(upload.file_name)
    return guessed or upload.content_type or "application/octet-stream"
