"""Buttons under a clip whose camera was not known when they were made: they mean the one that it turned out to be."""

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.domain.preferences import Scope, Target
from blinkbot.ports import ChatClips

UNKNOWN = 0


async def with_camera(callback: Callback, clips: ChatClips, message_id: int) -> Callback:
    """The callback with the camera of the message's clip, where it names none and that is known by now."""
    by_id = getattr(callback, "camera_id", None) == UNKNOWN
    by_target = getattr(callback, "target", None) == Target(Scope.CAMERA, UNKNOWN)
    known = await clips.camera_of_message(message_id) if by_id or by_target else None
    if known is None:
        return callback
    found: dict[str, object] = {"camera_id": known} if by_id else {"target": Target(Scope.CAMERA, known)}
    return type(callback)(**{name: found.get(name, getattr(callback, name)) for name in callback.codecs})
