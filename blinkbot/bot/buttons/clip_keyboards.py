"""The buttons under a clip, made of the clip, the home and the mutes, so that they can be made again at any time."""

from collections.abc import Iterable
from datetime import datetime

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons import callbacks
from blinkbot.bot.buttons.keyboards import Button, has_button, keyboard, rows
from blinkbot.bot.text import clips as text
from blinkbot.domain import Cause, Clip, Home
from blinkbot.domain.preferences import Mute, Scope, Target

MUTE_MINUTES = 60


def is_muted_itself(clip: Clip, mutes: Iterable[Mute], now: datetime) -> bool:
    """Whether the clip's own camera is muted in a chat, so that the button under the clip ends that."""
    return any(mute.target == _camera(clip) and mute.holds_at(now) for mute in mutes)


def clip_keyboard(clip: Clip, home: Home, *, muted: bool = False) -> InlineKeyboardMarkup:
    """The first buttons under a clip. A press of the bell comes with what one does to a visitor. `muted`: see
    `is_muted_itself`."""
    live: Button = (text.LIVE_BUTTON(), callbacks.WatchLive(clip.camera_id))
    picture: Button = (text.NEW_PICTURE_BUTTON(), callbacks.TakePicture(clip.camera_id))
    more: Button = (text.MORE_BUTTON(), callbacks.MoreAboutClip(clip.key))
    if clip.cause is Cause.DOORBELL:
        return InlineKeyboardMarkup([*rows([live, picture, *_light_and_siren(clip, home)], wide=2), *rows([more])])
    return InlineKeyboardMarkup([*rows([picture, live], wide=2), *rows([*_mute_and_disarm(clip, muted), more], wide=3)])


def more_keyboard(clip: Clip, home: Home, *, muted: bool = False, deleted: bool = False) -> InlineKeyboardMarkup:
    """The further buttons: what the first ones leave out. `deleted` tells that it is no longer where it was kept."""
    rest = _mute_and_disarm(clip, muted) if clip.cause is Cause.DOORBELL else _light_and_siren(clip, home)
    of_video: list[Button] = [
        (text.SHEET_BUTTON(), callbacks.ShowSheet(clip.key)),
        (text.FILE_BUTTON(), callbacks.SendAsFile(clip.key)),
    ]
    deletion = (text.DELETED_BUTTON if deleted else text.DELETE_THIS_BUTTON)[clip.origin]
    return InlineKeyboardMarkup(
        [
            *rows([] if clip.no_video is not None else of_video, wide=2),
            *rows(rest, wide=2),
            *rows([(deletion(), callbacks.AskDeleteClip(clip.key)), (text.BACK(), callbacks.LessAboutClip(clip.key))]),
        ]
    )


def deletion_keyboard(clip: Clip) -> InlineKeyboardMarkup:
    yes: Button = (text.YES_DELETE_BUTTON[clip.origin](), callbacks.DeleteClip(clip.key))
    return keyboard([yes, (text.NO_KEEP_BUTTON(), callbacks.MoreAboutClip(clip.key))])


def deleting_keyboard(clip: Clip) -> InlineKeyboardMarkup:
    """While it is being deleted. Should the bot be stopped meanwhile, the button finishes what was begun."""
    return keyboard([(text.DELETING_BUTTON(), callbacks.DeleteClip(clip.key))])


def is_of_clip(shown: InlineKeyboardMarkup | None) -> bool:
    return has_button(shown, callbacks.MoreAboutClip, callbacks.LessAboutClip, callbacks.DeleteClip)


def _light_and_siren(clip: Clip, home: Home) -> list[Button]:
    """Light and siren, where the device has them."""
    found: list[Button] = []
    camera = home.camera(clip.camera_id)
    if camera is not None and camera.has_light:
        found.append((text.LIGHT_BUTTON(), callbacks.SwitchLight(clip.camera_id, on=True)))
    if clip.network_id in home.siren_networks:
        found.append((text.SIREN_BUTTON(), callbacks.AskSiren(clip.network_id)))
    return found


def mute_button(target: Target) -> Button:
    return text.MUTE_BUTTON(), callbacks.MuteFor(target, MUTE_MINUTES)


def unmute_button(target: Target) -> Button:
    return text.UNMUTE_BUTTON(), callbacks.Unmute(target)


def _mute_and_disarm(clip: Clip, muted: bool) -> list[Button]:
    target = _camera(clip)
    return [
        unmute_button(target) if muted else mute_button(target),
        (text.DISARM_BUTTON(), callbacks.Disarm(clip.network_id)),
    ]


def _camera(clip: Clip) -> Target:
    return Target(Scope.CAMERA, clip.camera_id)
