"""Bytes from memory over HTTP, whole or in part: browsers play and seek a video by asking for ranges of it."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(request: Request, data: bytes, mime_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The file, or the one range of it that was asked for (RFC 9110 §14); several ranges at once get the whole file.

    A range beyond the end is refused with 416.
    """
    told = {"Accept-Ranges": "bytes", **(headers or {})}
    asked = _ONE_RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or not (asked[1] or asked[2]):
        return Response(data, media_type=mime_type, headers=told)
    first, last = _limits(asked[1], asked[2], len(data))
    if first > last:
        return Response(status_code=416, headers=told | {"Content-Range": f"bytes */{len(data)}"})
    told["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], 206, media_type=mime_type, headers=told)


def _limits(first: str, last: str, length: int) -> tuple[int, int]:
    """The first and the last byte; `-500` means the last 500."""
    if not first:
        return max(0, length - int(last)), length - 1 if int(last) else -1
    return int(first), min(int(last), length - 1) if last else length - 1
