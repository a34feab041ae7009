"""/arm and /disarm: one network, several at once, with one message that tells how each of them ended."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons import callbacks as taps
from blinkbot.bot.buttons import keyboards
from blinkbot.bot.dispatch.dispatcher import LATE, Dispatcher, Handler, help_with, together
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text import status as render
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, escaped, listed, quoted
from blinkbot.bot.text.names import folded, labels, matching
from blinkbot.domain import ArmAction, Home, Network
from blinkbot.errors import BlinkbotError

VERBS = {ArmAction.ARM: "arm", ArmAction.DISARM: "disarm"}


def handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers."""
    return [
        dispatcher.command("arm", lambda request: command(request, ArmAction.ARM)),
        dispatcher.command("disarm", lambda request: command(request, ArmAction.DISARM)),
        dispatcher.tap(taps.SwitchNetwork, tapped),
    ]


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


async def tapped(request: Request, tap: taps.SwitchNetwork) -> None:
    """A network's button, or All."""
    home = await request.home()
    networks = [network for network in home.networks if tap.network_id in (None, network.id)]
    if networks:
        await switch(request, tap.action, networks)
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
    started = request.services.clock()
    call = request.control.arm if action is ArmAction.ARM else request.control.disarm
    result = await call(network.id)
    return render.switched(action, network, result, (request.services.clock() - started).total_seconds())


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
    choices: list[tuple[str, taps.Callback]] = [
        (f"{render.LOCKS[action]} {label}", taps.SwitchNetwork(action, network.id))
        for label, network in zip(labels(among, lambda network: network.name, lambda _: ""), among, strict=True)
    ]
    if len(among) == len(home.networks):
        choices.append((f"{render.LOCKS[action]} All", taps.SwitchNetwork(action, None)))
    await request.reply.show(f"{before}Which network shall I {VERBS[action]}?", keyboards.keyboard(choices))
