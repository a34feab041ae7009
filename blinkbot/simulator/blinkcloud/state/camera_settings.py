"""The settings of a camera that may be changed, and to what (protocol §4, update-camera)."""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.blinkcloud.answers import Body, Refusal
from blinkbot.simulator.blinkcloud.state.household import Camera, Family

RANGES = {"motion_sensitivity": range(1, 10), "video_length": range(5, 61), "clip_length": range(5, 31)}
LIGHT_NUMBERS = (0, 1, 2)
LIGHT_WORDS = ("off", "on", "auto")
NAME_LENGTH = 48


def update_settings(camera: Camera, wanted: Body) -> Callable[[], None]:
    """Check what is wanted; the result carries it out. Raises Refusal for a wrong type or value (400)."""
    if not wanted:
        raise Refusal(400, "Nothing to update")
    for key, value in wanted.items():
        if not acceptable(camera, key, value):
            raise Refusal(400, f"Invalid {key}")

    def carry_out() -> None:
        for key, value in wanted.items():
            if key == "enabled":
                camera.motion_enabled = value
            elif key == "name":
                camera.name = value
            elif key not in camera.deaf_to:
                camera.settings[key] = value

    return carry_out


def acceptable(camera: Camera, key: str, value: Any) -> bool:
    """Whether a setting can take this value."""
    if key in RANGES:
        return type(value) is int and value in RANGES[key]
    if key == "illuminator_enable":
        # Battery cameras number their light's states and Minis name them; what doorbells do is told in both ways.
        numbered = type(value) is int and value in LIGHT_NUMBERS
        named = isinstance(value, str) and value in LIGHT_WORDS
        return (numbered and camera.family is not Family.MINI) or (named and camera.family is not Family.CAMERA)
    if key == "enabled":
        return isinstance(value, bool) and camera.family is not Family.CAMERA
    if key in ("early_notification", "record_audio_enable"):
        return isinstance(value, bool)
    if key == "name":
        return isinstance(value, str) and 0 < len(value) <= NAME_LENGTH
    return isinstance(value, str | int | bool | dict)
