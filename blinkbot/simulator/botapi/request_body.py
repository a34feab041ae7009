"""The raw fields and uploads of an HTTP request: query, urlencoded, JSON or multipart."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.protocol.parameters import Upload

_FIELDS_ROOM = 1024 * 1024
"""The room for the other fields beside the largest file."""

Fields = tuple[dict[str, Any], dict[str, Upload]]


async def read_fields(request: Request, upload_limit: int) -> Fields:
    """All fields and uploads of a request. Raises Refusal; ClientDisconnect when the bot is gone."""
    fields: dict[str, Any] = dict(request.query_params)
    if request.method == "GET":
        return fields, {}
    if int(request.headers.get("content-length", "0")) > upload_limit + _FIELDS_ROOM:
        await _drain(request)
        raise Refusal(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return fields | await _json_fields(request), {}
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form, uploads = await _form_fields(request)
        return fields | form, uploads
    await _drain(request)
    return fields, {}


async def _drain(request: Request) -> None:
    """Read a body to its end unused, so that the client gets to the answer."""
    async for _ in request.stream():
        continue


async def _json_fields(request: Request) -> dict[str, Any]:
    try:
        fields = json.loads(await request.body() or b"{}")
    except ValueError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(fields, dict):
        raise bad_request("request body must be a JSON object")
    return fields


async def _form_fields(request: Request) -> Fields:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content_type = value.content_type or ""
                    uploads[name] = Upload(name, value.filename or name, content_type, await value.read())
                else:
                    fields[name] = value
    except HTTPException as error:
        raise bad_request(f"can't parse request body: {error.detail}") from error
    return fields, uploads
