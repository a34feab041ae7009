"""/schedule: the weekly schedules that Blink carries out, in local time, each to be turned on or off."""

from collections.abc import Sequence
from dataclasses import dataclass

from blinkbot.bot.buttons.callbacks import DisableSchedule, EnableSchedule, switch_schedule
from blinkbot.bot.buttons.keyboards import Button, keyboard
from blinkbot.bot.dispatch.choices import Options, choose, switch_of
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.names import labels
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain import NetworkSchedules, Schedule
from blinkbot.translations import Sentence


@dataclass(frozen=True, slots=True)
class Placed:
    schedule: Schedule
    network: str

    @property
    def name(self) -> str:
        return self.schedule.name


router = Router()


@router.command("schedule", Sentence("turn Blink's schedules on or off"))
async def command(request: Request) -> None:
    """/schedule, /schedule on NAME, /schedule off NAME."""
    verb, _, wanted = request.words.partition(" ")
    on = switch_of(verb)
    if request.words and on is None:
        await request.reply.show(devices.SCHEDULE_USAGE(on=spoken().on[0], off=spoken().off[0]))
        return
    await request.reply.show(devices.ASKING_FOR_SCHEDULES())
    async with request.acting():
        networks = await request.control.networks.schedules()
        if on is not None:
            await _switch(request, _placed(networks), wanted, on=on)
            return
    await _list(request, networks)


async def _switch(request: Request, placed: Sequence[Placed], wanted: str, *, on: bool) -> None:
    """Turn on or off the schedule of this name; without a name, the only one that is not so yet."""
    among = [each for each in placed if wanted or each.schedule.enabled is not on]
    if placed and not among:
        await request.reply.show(devices.SCHEDULES_ARE[on]())
        return
    options = Options(
        devices.SCHEDULE,
        among,
        _labels(among),
        devices.WHICH_SCHEDULE[on](),
        lambda each, label: [(f"🗓 {label}", switch_schedule(each.schedule.network_id, each.schedule.id, on=on))],
    )
    for each in await choose(request, wanted, options):
        await request.reply.show(devices.SWITCHING_SCHEDULE[on](name=bold(each.name)))
        await request.control.networks.switch_schedule(each.schedule.network_id, each.schedule.id, on=on)
        await request.reply.show(devices.SCHEDULE_IS[on](name=bold(each.name)))


@router.button(EnableSchedule)
async def enable_tapped(request: Request, callback: EnableSchedule) -> None:
    await _tapped(request, callback.network_id, callback.schedule_id, on=True)


@router.button(DisableSchedule)
async def disable_tapped(request: Request, callback: DisableSchedule) -> None:
    await _tapped(request, callback.network_id, callback.schedule_id, on=False)


async def _tapped(request: Request, network_id: int, schedule_id: int, *, on: bool) -> None:
    """Switched, then the whole list as it is afterwards."""
    await request.reply.show(devices.SWITCHING_IT[on]())
    async with request.acting():
        await request.control.networks.switch_schedule(network_id, schedule_id, on=on)
        networks = await request.control.networks.schedules()
    await _list(request, networks)


async def _list(request: Request, networks: Sequence[NetworkSchedules]) -> None:
    placed = _placed(networks)
    if not placed and not any(each.error for each in networks):
        await request.reply.show(devices.SCHEDULE.none())
        return
    buttons: list[Button] = []
    for label, each in zip(_labels(placed), placed, strict=True):
        on = not each.schedule.enabled
        callback = switch_schedule(each.schedule.network_id, each.schedule.id, on=on)
        buttons.append((devices.SCHEDULE_BUTTON[on](name=label), callback))
    await request.reply.show(devices.schedules(networks, request.now()), keyboard(buttons) if buttons else None)


def _labels(placed: Sequence[Placed]) -> list[str]:
    return labels(placed, lambda each: each.name, lambda each: each.network)


def _placed(networks: Sequence[NetworkSchedules]) -> list[Placed]:
    return [Placed(schedule, each.network.name) for each in networks for schedule in each.schedules]
