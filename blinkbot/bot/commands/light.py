"""/light, and its button under a clip."""

from blinkbot.bot.buttons.callbacks import SwitchLight
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.choices import Options, ask, carried_out, choose, without_switch
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Camera
from blinkbot.errors import Missing, NotFound
from blinkbot.translations import Sentence

router = Router()


@router.button(SwitchLight)
async def tapped(request: Request, callback: SwitchLight) -> None:
    camera = (await request.home()).camera(callback.camera_id)
    if camera is None or not camera.has_light:
        raise NotFound("light", missing=Missing.LIGHT if camera else Missing.CAMERA)
    await _switch(request, camera, on=callback.on)


@router.command("light", Sentence("turn a light on or off"))
async def command(request: Request) -> None:
    """/light [camera] [on|off]."""
    home = await request.home()
    words, wanted = without_switch(request.words)
    lit = [camera for camera in home.cameras if camera.has_light]
    options = Options(
        devices.LIGHT,
        lit,
        camera_labels(lit, home),
        devices.WHICH_LIGHT(),
        lambda camera, label: [
            (devices.LIGHT_BUTTON[on](name=label), SwitchLight(camera.id, on=on))
            for on in ((True, False) if wanted is None else (wanted,))
        ],
    )
    for camera in await choose(request, words, options):
        if wanted is None:
            await ask(request, options, [camera])
        else:
            await _switch(request, camera, on=wanted)


async def _switch(request: Request, camera: Camera, *, on: bool) -> None:
    order = devices.LIGHTS[on]
    await request.reply.show(order.doing(name=bold(camera.name)))
    async with request.acting():
        trouble = await carried_out(request, order, camera.name, request.control.cameras.switch_light(camera.id, on=on))
    if trouble:
        await request.reply.show(trouble, keyboard([(devices.TRY_AGAIN(), SwitchLight(camera.id, on=on))]))
    else:
        opposite = (devices.LIGHT_SWITCH[not on](), SwitchLight(camera.id, on=not on))
        await request.reply.show(order.done(name=bold(camera.name)), keyboard([opposite]))
