"""/schedule: the weekly programs that Blink carries out, in local time, each to be switched on or off."""

from collections.abc import Sequence
from dataclasses import dataclass

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import DisableSchedule, EnableSchedule, switch_schedule
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import schedules as render_schedule
from blinkbot.bot.text.formatting import bold, listed, quoted
from blinkbot.bot.text.names import NAMELESS, folded, labels, matching
from blinkbot.domain import NetworkSchedules, Schedule
from blinkbot.translations import Sentence

USAGE = "Like this: /schedule, /schedule on NAME, /schedule off NAME"
NONE = "Blink has no schedules for this home. You can make them in Blink's app."


@dataclass(frozen=True, slots=True)
class Placed:
    """A schedule and the name of its network."""

    schedule: Schedule
    network: str


router = Router()


@router.command("schedule", Sentence("switch Blink's schedules on and off"))
async def command(request: Request) -> None:
    """/schedule, /schedule on NAME, /schedule off NAME."""
    verb, _, wanted = request.words.partition(" ")
    if not request.words:
        await show(request)
    elif folded(verb) in ("on", "off"):
        await switch(request, wanted, on=folded(verb) == "on")
    else:
        await request.reply.show(USAGE)


async def show(request: Request) -> None:
    """The list, with a button for each schedule."""
    await request.reply.show("⏳ Asking Blink for its schedules…")
    async with request.acting():
        networks = await request.control.schedules()
    await _list(request, networks)


async def switch(request: Request, wanted: str, *, on: bool) -> None:
    """Switch the schedule of this name; without a name the only one that is not yet so."""
    await request.reply.show("⏳ Asking Blink for its schedules…")
    async with request.acting():
        placed = _placed(await request.control.schedules())
        if wanted:
            found = matching(wanted, placed, lambda each: each.schedule.name)
        else:
            found = [each for each in placed if each.schedule.enabled is not on]
        if len(found) == 1:
            await _switch(request, found[0].schedule, on=on)
            return
    if not placed:
        await request.reply.show(NONE)
    elif not found and not wanted:
        await request.reply.show(f"🗓 Every schedule is {_word(on=on)} already.")
    elif not found:
        names = listed([each.schedule.name for each in placed])
        await request.reply.show(f"There is no schedule {quoted(wanted)}. There is {names}.")
    else:
        question = f"Which schedule shall I switch {_word(on=on)}?"
        await request.reply.show(question, keyboard(_choices(found, on=on)))


@router.button(EnableSchedule)
async def enable_tapped(request: Request, callback: EnableSchedule) -> None:
    """A schedule's button."""
    await _tapped(request, callback.network_id, callback.schedule_id, on=True)


@router.button(DisableSchedule)
async def disable_tapped(request: Request, callback: DisableSchedule) -> None:
    """A schedule's button."""
    await _tapped(request, callback.network_id, callback.schedule_id, on=False)


async def _tapped(request: Request, network_id: int, schedule_id: int, *, on: bool) -> None:
    """Switched, then the whole list as it is afterwards."""
    await request.reply.show(f"⏳ Switching it {_word(on=on)}…")
    async with request.acting():
        await request.control.switch_schedule(network_id, schedule_id, on=on)
        networks = await request.control.schedules()
    await _list(request, networks)


async def _switch(request: Request, schedule: Schedule, *, on: bool) -> None:
    await request.reply.show(f"⏳ Switching {bold(schedule.name)} {_word(on=on)}…")
    await request.control.switch_schedule(schedule.network_id, schedule.id, on=on)
    await request.reply.show(f"🗓 {bold(schedule.name)} is {_word(on=on)}")


async def _list(request: Request, networks: Sequence[NetworkSchedules]) -> None:
    placed = _placed(networks)
    if not placed and not any(each.error for each in networks):
        await request.reply.show(NONE)
        return
    buttons: list[tuple[str, Callback]] = []
    for label, each in zip(_labels(placed), placed, strict=True):
        on = not each.schedule.enabled
        verb = "▶ Switch on" if on else "⏸ Switch off"
        buttons.append((f"{verb} {label}", switch_schedule(each.schedule.network_id, each.schedule.id, on=on)))
    text = render_schedule.schedules(networks, request.now())
    await request.reply.show(text, keyboard(buttons) if buttons else None)


def _choices(found: Sequence[Placed], *, on: bool) -> list[tuple[str, Callback]]:
    return [
        (f"🗓 {label}", switch_schedule(each.schedule.network_id, each.schedule.id, on=on))
        for label, each in zip(_labels(found), found, strict=True)
    ]


def _labels(placed: Sequence[Placed]) -> list[str]:
    return labels(placed, lambda each: each.schedule.name or NAMELESS, lambda each: each.network)


def _placed(networks: Sequence[NetworkSchedules]) -> list[Placed]:
    return [Placed(schedule, each.network.name) for each in networks for schedule in each.schedules]


def _word(*, on: bool) -> str:
    return "on" if on else "off"
