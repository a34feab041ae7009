"""/arm and /disarm: one network, several at once, with one message that tells how each of them ended."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import Arm, Disarm, switch_network
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.concurrency import together
from blinkbot.bot.dispatch.handler_task import help_with
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import status as render
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, escaped, listed, quoted
from blinkbot.bot.text.names import folded, labels, matching
from blinkbot.domain import ArmAction, Home, Network
from blinkbot.errors import BlinkbotError
from blinkbot.translations import Sentence

LATE = "⏸ You asked for this while I was away."
VERBS = {ArmAction.ARM: "arm", ArmAction.DISARM: "disarm"}

router = Router()


@router.command("arm", Sentence("arm the home, or a part of it"))
async def arm(request: Request) -> None:
    """/arm [network|all]."""
    await command(request, ArmAction.ARM)


@router.command("disarm", Sentence("disarm the home, or a part of it"))
async def disarm(request: Request) -> None:
    """/disarm [network|all]."""
    await command(request, ArmAction.DISARM)


@router.button(Arm)
async def arm_tapped(request: Request, callback: Arm) -> None:
    """A network's button, or All."""
    await _tapped(request, ArmAction.ARM, callback.network_id)


@router.button(Disarm)
async def disarm_tapped(request: Request, callback: Disarm) -> None:
    """A network's button, or All."""
    await _tapped(request, ArmAction.DISARM, callback.network_id)


async def command(request: Request, action: ArmAction) -> None:
    """/arm [network|all], /disarm [network|all]."""
    home = await request.home()
    if not home.networks:
        await request.reply.show("Blink shows no network in this account.")
    elif request.is_late and action is ArmAction.DISARM:
        # Somebody came home hours ago, perhaps, and has left since.
        await _ask(request, action, home, home.networks, f"{LATE} ")
    elif folded(request.words) == "all" or (not request.words and len(home.networks) == 1):
        await switch(request, action, home.networks)
    elif not request.words:
        await _ask(request, action, home, home.networks)
    else:
        await _named(request, action, home)


async def _tapped(request: Request, action: ArmAction, network_id: int | None) -> None:
    home = await request.home()
    networks = [network for network in home.networks if network_id in (None, network.id)]
    if networks:
        await switch(request, action, networks)
    else:
        await request.reply.show("That network is not there any more. /status shows what is.")


async def switch(request: Request, action: ArmAction, networks: Sequence[Network]) -> None:
    """Arm or disarm these, all at the same time."""
    lines = {network.id: render.switching(action, network) for network in networks}
    buttons: InlineKeyboardMarkup | None = None

    async def one(network: Network) -> None:
        nonlocal buttons
        try:
            lines[network.id] = await _switched(request, action, network)
        except BlinkbotError as error:
            lines[network.id] = f"⚠️ {bold(network.name)} was not {render.STATES[action]}: {escaped(complaint(error))}"
            buttons = help_with(error) or buttons
        await request.reply.show("\n".join(lines.values()), buttons)

    await request.reply.show("\n".join(lines.values()))
    async with request.acting():
        await together(one(network) for network in networks)


async def _switched(request: Request, action: ArmAction, network: Network) -> str:
    started = request.now()
    call = request.control.arm if action is ArmAction.ARM else request.control.disarm
    result = await call(network.id)
    return render.switched(action, network, result, (request.now() - started).total_seconds())


async def _named(request: Request, action: ArmAction, home: Home) -> None:
    found = matching(request.words, home.networks, lambda network: network.name)
    if len(found) == 1:
        await switch(request, action, found)
    elif found:
        await _ask(request, action, home, found)
    else:
        names = listed([network.name for network in home.networks])
        await request.reply.show(f"There is no network {quoted(request.words)}. There is {names}.")


async def _ask(request: Request, action: ArmAction, home: Home, among: Sequence[Network], before: str = "") -> None:
    choices: list[tuple[str, Callback]] = [
        (f"{render.LOCKS[action]} {label}", switch_network(action, network.id))
        for label, network in zip(labels(among, lambda network: network.name, lambda _: ""), among, strict=True)
    ]
    if len(among) == len(home.networks):
        choices.append((f"{render.LOCKS[action]} All", switch_network(action, None)))
    await request.reply.show(f"{before}Which network shall I {VERBS[action]}?", keyboard(choices))
