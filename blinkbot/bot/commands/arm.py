"""/arm and /disarm: one network, several at once, with one message that tells how each of them ended."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callbacks import Arm, Disarm, switch_network
from blinkbot.bot.client.concurrency import together
from blinkbot.bot.dispatch.choices import Options, ask, carried_out, choose
from blinkbot.bot.dispatch.handler_task import help_with
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.names import network_labels
from blinkbot.domain import ArmAction, Network
from blinkbot.errors import Missing, NotFound, NotSignedIn
from blinkbot.translations import Sentence

router = Router()


@router.command("arm", Sentence("arm your home, or one network"))
async def arm(request: Request) -> None:
    """/arm [network|all]."""
    await _command(request, ArmAction.ARM)


@router.command("disarm", Sentence("disarm your home, or one network"))
async def disarm(request: Request) -> None:
    """/disarm [network|all]."""
    await _command(request, ArmAction.DISARM)


@router.button(Arm)
async def arm_tapped(request: Request, callback: Arm) -> None:
    await _tapped(request, ArmAction.ARM, callback.network_id)


@router.button(Disarm)
async def disarm_tapped(request: Request, callback: Disarm) -> None:
    await _tapped(request, ArmAction.DISARM, callback.network_id)


async def _command(request: Request, action: ArmAction) -> None:
    networks = (await request.home()).networks
    lock = devices.LOCKS[action]
    options = Options(
        devices.NETWORK,
        networks,
        network_labels(networks),
        devices.WHICH_NETWORK[action](),
        lambda network, label: [(f"{lock} {label}", switch_network(action, network.id))],
        everything=(devices.ALL_NETWORKS[action](), switch_network(action, None)),
    )
    if networks and request.is_late and action is ArmAction.DISARM:
        # A person who came home hours ago may have left since.
        await ask(request, replace(options, question=devices.LATE_DISARM()), networks)
    else:
        await _switch(request, action, await choose(request, request.words, options))


async def _tapped(request: Request, action: ArmAction, network_id: int | None) -> None:
    networks = [network for network in (await request.home()).networks if network_id in (None, network.id)]
    if not networks:
        raise NotFound(action, missing=Missing.NETWORK)
    await _switch(request, action, networks)


async def _switch(request: Request, action: ArmAction, networks: Sequence[Network]) -> None:
    if not networks:
        return
    order = devices.ORDERS[action]
    switch = request.control.networks.arm if action is ArmAction.ARM else request.control.networks.disarm
    lines = {network.id: order.doing(name=bold(network.name)) for network in networks}
    buttons: InlineKeyboardMarkup | None = None

    async def one(network: Network) -> None:
        nonlocal buttons
        try:
            trouble = await carried_out(request, order, network.name, switch(network.id))
            lines[network.id] = trouble or order.done(name=bold(network.name))
        except NotSignedIn as error:
            lines[network.id] = order.failure(network.name, error)
            buttons = help_with(error)
        await request.reply.show("\n".join(lines.values()), buttons)

    await request.reply.show("\n".join(lines.values()))
    async with request.acting():
        await together(one(network) for network in networks)
