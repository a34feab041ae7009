"""/siren, and its button under a clip."""

from datetime import timedelta

from blinkbot.bot.buttons.callbacks import AskSiren, Dismiss, SwitchSiren
from blinkbot.bot.buttons.keyboards import Button, keyboard
from blinkbot.bot.dispatch.choices import Options, carried_out, choose, without_switch
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.formatting import bold, exact_clock, humanize
from blinkbot.bot.text.names import network_labels
from blinkbot.domain import Home, Network
from blinkbot.errors import Missing, NotFound
from blinkbot.translations import Sentence

SIREN_SECONDS = 30

router = Router()


@router.button(AskSiren)
async def ask_tapped(request: Request, callback: AskSiren) -> None:
    await _ask_whether(request, await _network_of(request, callback.network_id))


@router.button(SwitchSiren)
async def tapped(request: Request, callback: SwitchSiren) -> None:
    await (_sound if callback.on else _silence)(request, await _network_of(request, callback.network_id))


@router.button(Dismiss)
async def dismissed(request: Request, _: Dismiss) -> None:
    await request.reply.show(devices.CANCELLED())


@router.command("siren", Sentence("sound a siren, or stop it"))
async def command(request: Request) -> None:
    """/siren [network] [off]."""
    words, wanted = without_switch(request.words)
    networks = _with_siren(await request.home())
    options = Options(
        devices.SIREN,
        networks,
        network_labels(networks),
        devices.WHICH_SIREN(),
        lambda network, label: [
            (f"🔇 {label}", SwitchSiren(network.id, on=False))
            if wanted is False
            else (f"🚨 {label}", AskSiren(network.id))
        ],
    )
    for network in await choose(request, words, options):
        await (_silence if wanted is False else _ask_whether)(request, network)


async def _ask_whether(request: Request, network: Network) -> None:
    """No siren sounds without a second tap."""
    answers: list[Button] = [(devices.YES(), SwitchSiren(network.id, on=True)), (devices.NO(), Dismiss())]
    question = devices.SURE(name=bold(network.name), length=humanize(timedelta(seconds=SIREN_SECONDS)))
    await request.reply.show(question, keyboard(answers, wide=2))


async def _sound(request: Request, network: Network) -> None:
    order = devices.SIRENS[True]
    await request.reply.show(order.doing(name=bold(network.name)))
    zone = (await request.locale()).zone(network.id)
    sounding = request.control.networks.sound_siren(network.id, SIREN_SECONDS)
    async with request.acting():
        trouble = await carried_out(request, order, network.name, sounding)
    # It may sound in spite of the trouble.
    buttons: list[Button] = [(devices.SILENCE(), SwitchSiren(network.id, on=False))]
    if trouble:
        buttons.append((devices.TRY_AGAIN(), AskSiren(network.id)))
    end = request.now() + timedelta(seconds=SIREN_SECONDS)
    await request.reply.show(
        trouble or order.done(name=bold(network.name), time=exact_clock(end, zone)), keyboard(buttons)
    )


async def _silence(request: Request, network: Network) -> None:
    order = devices.SIRENS[False]
    await request.reply.show(order.doing(name=bold(network.name)))
    async with request.acting():
        trouble = await carried_out(request, order, network.name, request.control.networks.silence_sirens(network.id))
    again = keyboard([(devices.TRY_AGAIN(), SwitchSiren(network.id, on=False))])
    await request.reply.show(trouble or order.done(name=bold(network.name)), again if trouble else None)


def _with_siren(home: Home) -> list[Network]:
    return [network for network in home.networks if network.id in home.siren_networks]


async def _network_of(request: Request, network_id: int) -> Network:
    """The network of a button. Raises NotFound where it has no siren."""
    network = next((each for each in _with_siren(await request.home()) if each.id == network_id), None)
    if network is None:
        raise NotFound("siren", missing=Missing.SIREN)
    return network
