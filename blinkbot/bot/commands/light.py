"""/light, and its button under a clip."""

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import SwitchLight
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.choices import CAMERA_GONE, SWITCHES, carried_out, meant
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.names import camera_labels, folded
from blinkbot.translations import Sentence

NO_LIGHT = "Blink shows no light in this account."

router = Router()


@router.button(SwitchLight)
async def tapped(request: Request, callback: SwitchLight) -> None:
    """A light's button."""
    await switch_light(request, callback.camera_id, on=callback.on)


@router.command("light", Sentence("switch a camera's light on and off"))
async def light_command(request: Request) -> None:
    """/light [camera] [on|off]."""
    home = await request.home()
    *rest, last = request.words.split() or [""]
    wanted = SWITCHES.get(folded(last))
    words = request.words if wanted is None else " ".join(rest)
    lit = [camera for camera in home.cameras if camera.has_light]
    found = await meant(request, words, lit, "light", NO_LIGHT)
    if len(found) == 1 and wanted is not None:
        await switch_light(request, found[0].id, on=wanted)
    elif found:
        states = (True, False) if wanted is None else (wanted,)
        choices: list[tuple[str, Callback]] = [
            (f"{_lamp(on)} {label} {'on' if on else 'off'}", SwitchLight(camera.id, on=on))
            for label, camera in zip(camera_labels(found, home), found, strict=True)
            for on in states
        ]
        await request.reply.show("Which light?", keyboard(choices, wide=len(states)))


async def switch_light(request: Request, camera_id: int, *, on: bool) -> None:
    """Switch a camera's light; the answer leads to the opposite."""
    camera = (await request.home()).camera(camera_id)
    if camera is None:
        await request.reply.show(CAMERA_GONE)
        return
    if not camera.has_light:
        await request.reply.show(f"{bold(camera.name)} has no light.")
        return
    state = "on" if on else "off"
    await request.reply.show(f"⏳ Switching the light of {bold(camera.name)} {state}…")
    trouble = await carried_out(
        request, f"The light of {bold(camera.name)}", request.control.switch_light(camera_id, on=on)
    )
    if trouble:
        await request.reply.show(trouble, keyboard([("🔄 Try again", SwitchLight(camera_id, on=on))]))
    else:
        opposite = (f"{_lamp(not on)} Switch it {'off' if on else 'on'}", SwitchLight(camera_id, on=not on))
        await request.reply.show(f"{_lamp(on)} The light of {bold(camera.name)} is {state}", keyboard([opposite]))


def _lamp(on: bool) -> str:
    return "💡" if on else "🌑"
