"""/siren, and its button under a clip."""

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import AskSiren, Dismiss, SwitchSiren
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.choices import SWITCHES, carried_out, meant
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import bold, clock, network_zone
from blinkbot.bot.text.names import folded, labels
from blinkbot.domain import Network
from blinkbot.translations import Sentence

SIREN_SECONDS = 30

NO_SIREN = "There is no siren any more."
NO_SIRENS = "Blink shows no siren in this account."

router = Router()


@router.button(AskSiren)
async def ask_tapped(request: Request, callback: AskSiren) -> None:
    """A siren's button."""
    await ask_siren(request, callback.network_id)


@router.button(SwitchSiren)
async def tapped(request: Request, callback: SwitchSiren) -> None:
    """The answer to that question."""
    await switch_siren(request, callback.network_id, on=callback.on)


@router.button(Dismiss)
async def dismissed(request: Request, _: Dismiss) -> None:
    """No."""
    await request.reply.show("👌 Nothing was done.")


@router.command("siren", Sentence("sound a siren, or silence it"))
async def siren_command(request: Request) -> None:
    """/siren [network] [off]."""
    home = await request.home()
    *rest, last = request.words.split() or [""]
    wanted = SWITCHES.get(folded(last))
    words = request.words if wanted is None else " ".join(rest)
    loud = [network for network in home.networks if network.id in home.siren_networks]
    found = await meant(request, words, loud, "siren", NO_SIRENS)
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
    trouble = await carried_out(request, siren, request.control.sound_siren(network.id, SIREN_SECONDS))
    # It may sound in spite of what was heard of it.
    buttons: list[tuple[str, Callback]] = [("🔇 Silence it", SwitchSiren(network.id, on=False))]
    if trouble:
        buttons.append(("🔄 Try again", AskSiren(network.id)))
    at = clock(request.now(), network_zone(network, request.time_zone))
    await request.reply.show(trouble or f"🚨 {siren} was set off at {at}, for {SIREN_SECONDS} s", keyboard(buttons))


async def _silence(request: Request, network: Network) -> None:
    siren = f"The siren of {bold(network.name)}"
    await request.reply.show(f"⏳ Silencing the siren of {bold(network.name)}…")
    trouble = await carried_out(request, siren, request.control.silence_sirens(network.id))
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
