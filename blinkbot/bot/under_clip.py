"""The buttons under a clip, made of the clip and the home alone, so that they can be made again at any time."""

from telegram import InlineKeyboardMarkup

from blinkbot.alerts import Scope, Target
from blinkbot.bot.keyboards import rows
from blinkbot.bot.taps import AskSiren, MoreAboutClip, MuteFor, SwitchLight, SwitchNetwork, TakePicture, Tap, WatchLive
from blinkbot.domain import ArmAction, Cause, Clip, Home

MUTE_MINUTES = 60


def clip_keyboard(clip: Clip, home: Home) -> InlineKeyboardMarkup:
    """The first buttons under a clip. A press of the bell comes with what one does to a visitor."""
    live: tuple[str, Tap] = ("🔴 Live", WatchLive(clip.camera_id))
    picture: tuple[str, Tap] = ("📷 New picture", TakePicture(clip.camera_id))
    more: tuple[str, Tap] = ("⋯ More", MoreAboutClip(clip.key))
    if clip.cause is Cause.DOORBELL:
        answers = [live, picture]
        camera = home.camera(clip.camera_id)
        if camera is not None and camera.has_light:
            answers.append(("💡 Light", SwitchLight(clip.camera_id, on=True)))
        if clip.network_id in home.siren_networks:
            answers.append(("🚨 Siren", AskSiren(clip.network_id)))
        return InlineKeyboardMarkup([*rows(answers, wide=2), *rows([more])])
    mute: tuple[str, Tap] = ("🔕 Mute 1 h", MuteFor(Target(Scope.CAMERA, clip.camera_id), MUTE_MINUTES))
    disarm: tuple[str, Tap] = ("🔓 Disarm", SwitchNetwork(ArmAction.DISARM, clip.network_id))
    return InlineKeyboardMarkup([*rows([picture, live], wide=2), *rows([mute, disarm, more], wide=3)])
