"""/live, /light and /siren, and their buttons under a clip."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from telegram.constants import ChatAction

from blinkbot.bot.buttons.callbacks import AskSiren, Callback, Dismiss, SwitchLight, SwitchSiren, TakePicture, WatchLive
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import TooBig
from blinkbot.bot.dispatch.dispatcher import Dispatcher, Handler
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, clock, escaped, listed, name, network_zone, quoted, span, timestamp
from blinkbot.bot.text.names import camera_labels, folded, labels, matching
from blinkbot.bot.text.status import blinks_word
from blinkbot.domain import Camera, CommandResult, Home, Network, Outcome
from blinkbot.errors import BlinkbotError, MediaError, NotSignedIn

T = TypeVar("T", Camera, Network)

SIREN_SECONDS = 30

CAMERA_GONE = "That camera is not there any more. /status shows what is."
NOTHING_CAME = "Nothing that can be played came from it. Try again in a minute."
NO_SIREN = "There is no siren any more."
NO_LIGHT = "Blink shows no light in this account."
NO_SIRENS = "Blink shows no siren in this account."

SWITCHES = {"on": True, "off": False}


def handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers."""
    return [
        dispatcher.command("live", live_command),
        dispatcher.command("light", light_command),
        dispatcher.command("siren", siren_command),
        dispatcher.tap(WatchLive, lambda request, tap: watch(request, tap.camera_id)),
        dispatcher.tap(SwitchLight, lambda request, tap: switch_light(request, tap.camera_id, on=tap.on)),
        dispatcher.tap(AskSiren, lambda request, tap: ask_siren(request, tap.network_id)),
        dispatcher.tap(SwitchSiren, lambda request, tap: switch_siren(request, tap.network_id, on=tap.on)),
        dispatcher.tap(Dismiss, lambda request, _: request.reply.show("👌 Nothing was done.")),
    ]


# -- live view


async def live_command(request: Request) -> None:
    """/live [camera]."""
    home = await request.home()
    found = await _meant(request, request.words, home.cameras, "camera", "Blink shows no camera in this account.")
    if len(found) == 1:
        await watch(request, found[0].id)
    elif found:
        choices: list[tuple[str, Callback]] = [
            (f"🔴 {label}", WatchLive(camera.id))
            for label, camera in zip(camera_labels(found, home), found, strict=True)
        ]
        await request.reply.show("Which camera?", keyboard(choices))


async def watch(request: Request, camera_id: int) -> None:
    """Some seconds of live view, as a video in the place of the progress."""
    home = await request.home()
    camera = home.camera(camera_id)
    if camera is None:
        await request.reply.show(CAMERA_GONE)
        return
    await request.reply.show(f"🔴 Waking {bold(camera.name)}…")
    try:
        async with _telling_when_awake(request, camera) as awake, request.acting(ChatAction.RECORD_VIDEO):
            path = await request.control.record_live(camera.id, request.services.live_seconds, awake)
            try:
                await _show(request, home, camera, path)
            finally:
                path.unlink(missing_ok=True)
    except NotSignedIn:
        raise
    except MediaError:
        await _tell_no_live_view(request, camera, NOTHING_CAME)
    except TooBig as error:
        await _tell_no_live_view(request, camera, str(error))
    except BlinkbotError as error:
        await _tell_no_live_view(request, camera, complaint(error))


@asynccontextmanager
async def _telling_when_awake(request: Request, camera: Camera) -> AsyncIterator[Callable[[], None]]:
    """Gives what is to be called when the camera has woken: then the answer says that it is recorded."""
    awake = asyncio.Event()
    length = span(timedelta(seconds=request.services.live_seconds))

    async def tell() -> None:
        await awake.wait()
        await request.reply.show(f"🔴 Recording {bold(camera.name)} for {length}…")

    telling = asyncio.create_task(tell())
    try:
        yield awake.set
    finally:
        telling.cancel()
        # An ornament: what trouble it met, the answer itself meets too.
        await asyncio.gather(telling, return_exceptions=True)


async def _tell_no_live_view(request: Request, camera: Camera, why: str) -> None:
    again = keyboard([("🔄 Try again", WatchLive(camera.id)), ("📷 Picture", TakePicture(camera.id))], wide=2)
    await request.reply.show(f"⚠️ No live view of {bold(camera.name)}. {escaped(why)}", again)


async def _show(request: Request, home: Home, camera: Camera, path: Path) -> None:
    services = request.services
    network = home.network(camera.network_id)
    at = timestamp(services.clock(), services.clock(), network_zone(network, services.time_zone))
    where = f"{name(network.name)} · " if network and len(home.networks) > 1 else ""
    buttons = keyboard([("🔴 Again", WatchLive(camera.id)), ("📷 Picture", TakePicture(camera.id))], wide=2)
    caption = f"🔴 {bold(camera.name)} — live view\n{where}{at}"
    await services.uploads.show(path, caption, request.reply.become, keyboard=buttons)


# -- lights


async def light_command(request: Request) -> None:
    """/light [camera] [on|off]."""
    home = await request.home()
    *rest, last = request.words.split() or [""]
    wanted = SWITCHES.get(folded(last))
    words = request.words if wanted is None else " ".join(rest)
    lit = [camera for camera in home.cameras if camera.has_light]
    found = await _meant(request, words, lit, "light", NO_LIGHT)
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
    trouble = await _trouble(
        request, f"The light of {bold(camera.name)}", request.control.switch_light(camera_id, on=on)
    )
    if trouble:
        await request.reply.show(trouble, keyboard([("🔄 Try again", SwitchLight(camera_id, on=on))]))
    else:
        opposite = (f"{_lamp(not on)} Switch it {'off' if on else 'on'}", SwitchLight(camera_id, on=not on))
        await request.reply.show(f"{_lamp(on)} The light of {bold(camera.name)} is {state}", keyboard([opposite]))


def _lamp(on: bool) -> str:
    return "💡" if on else "🌑"


# -- sirens


async def siren_command(request: Request) -> None:
    """/siren [network] [off]."""
    home = await request.home()
    *rest, last = request.words.split() or [""]
    wanted = SWITCHES.get(folded(last))
    words = request.words if wanted is None else " ".join(rest)
    loud = [network for network in home.networks if network.id in home.siren_networks]
    found = await _meant(request, words, loud, "siren", NO_SIRENS)
    if len(found) == 1:
        await (switch_siren(request, found[0].id, on=False) if wanted is False else ask_siren(request, found[0].id))
    elif found:
        names = labels(found, lambda network: network.name, lambda _: "")
        choices: list[tuple[str, Callback]] = [
            (f"🔇 {label}", SwitchSiren(network.id, on=False))
            if wanted is False
            else (f"🚨 {label}", AskSiren(network.id))
            for label, network in zip(names, found, strict=True)
        ]
        await request.reply.show("Which siren?", keyboard(choices))


async def ask_siren(request: Request, network_id: int) -> None:
    """No siren sounds without a second tap."""
    network = await _network_with_siren(request, network_id)
    if network is not None:
        choices: list[tuple[str, Callback]] = [
            ("🚨 Yes, sound it", SwitchSiren(network_id, on=True)),
            ("No", Dismiss()),
        ]
        question = f"🚨 Sound the siren of {bold(network.name)} for {SIREN_SECONDS} s?"
        await request.reply.show(question, keyboard(choices, wide=2))


async def switch_siren(request: Request, network_id: int, *, on: bool) -> None:
    """Let it sound, or silence it."""
    network = await _network_with_siren(request, network_id)
    if network is None:
        return
    await (_sound(request, network) if on else _silence(request, network))


async def _sound(request: Request, network: Network) -> None:
    siren = f"The siren of {bold(network.name)}"
    await request.reply.show(f"⏳ Sounding the siren of {bold(network.name)}…")
    trouble = await _trouble(request, siren, request.control.sound_siren(network.id, SIREN_SECONDS))
    # It may sound in spite of what was heard of it.
    buttons: list[tuple[str, Callback]] = [("🔇 Silence it", SwitchSiren(network.id, on=False))]
    if trouble:
        buttons.append(("🔄 Try again", AskSiren(network.id)))
    at = clock(request.services.clock(), network_zone(network, request.services.time_zone))
    await request.reply.show(trouble or f"🚨 {siren} was set off at {at}, for {SIREN_SECONDS} s", keyboard(buttons))


async def _silence(request: Request, network: Network) -> None:
    siren = f"The siren of {bold(network.name)}"
    await request.reply.show(f"⏳ Silencing the siren of {bold(network.name)}…")
    trouble = await _trouble(request, siren, request.control.silence_sirens(network.id))
    again = keyboard([("🔄 Try again", SwitchSiren(network.id, on=False))])
    await request.reply.show(trouble or f"🔇 {siren} is silent", again if trouble else None)


async def _network_with_siren(request: Request, network_id: int) -> Network | None:
    """The network; None where it has no siren, which the person was told then."""
    home = await request.home()
    network = home.network(network_id)
    if network is None or network_id not in home.siren_networks:
        await request.reply.show(NO_SIREN)
        return None
    return network


# -- what all have in common


async def _trouble(request: Request, what: str, command: Awaitable[CommandResult]) -> str:
    """Carry a command out; returns what is to be told (HTML) where it was not done, "" where it was.

    Raises NotSignedIn.
    """
    try:
        async with request.acting():
            result = await command
    except NotSignedIn:
        raise
    except BlinkbotError as error:
        return f"⚠️ {what}: {escaped(complaint(error))}"
    match result.outcome:
        case Outcome.DONE:
            return ""
        case Outcome.REFUSED:
            return f"⚠️ {what}: {blinks_word(result)}"
        case Outcome.UNKNOWN:
            return f"❓ {what}: Blink has not confirmed it."


async def _meant(request: Request, words: str, things: Sequence[T], kind: str, none: str) -> Sequence[T]:
    """What the words mean, everything where there are none; empty where nothing is meant, which was told then.

    `none` is told where there is no such thing at all.
    """
    if not things:
        await request.reply.show(none)
        return ()
    if not words:
        return things
    found = matching(words, things, lambda thing: thing.name)
    if not found:
        names = listed([thing.name for thing in things])
        await request.reply.show(f"There is no {kind} {quoted(words)}. There is {names}.")
    return found
