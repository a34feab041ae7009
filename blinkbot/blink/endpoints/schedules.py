"""Schedules, which Blink's own servers carry out (protocol §8). Times are as stored: see `domain.timezones`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from blinkbot.blink.endpoints.base import Endpoints
from blinkbot.blink.http.transport import Call
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import schedules
from blinkbot.domain import Schedule, ScheduleEntry


class ScheduleEndpoints(Endpoints):
    """What concerns the schedules of a network."""

    async def schedules(self, network_id: int) -> Sequence[Schedule]:
        """The weekly programs of a network, times as stored."""
        return schedules.schedules(await self._ask("programs", network=network_id), self._set_aside)

    async def create_schedule(self, network_id: int, name: str, entries: Iterable[ScheduleEntry]) -> Schedule:
        """Make a schedule, which Blink makes switched off. Entries of any offset are stored in UTC."""
        kept = tuple(entries)
        body = schedules.schedule_body(kept, self._today())
        answer = await self._ask("create-program", network=network_id, name=name, schedule=body)
        number, enabled = schedules.saved("create-program", answer)
        return Schedule(number, network_id, name, enabled, kept)

    async def update_schedule(self, schedule: Schedule) -> Schedule:
        """Store the whole schedule anew; whether it is on stays as it was.

        Of one that came from `schedules`, what is not understood here goes back as it came.
        """
        values = {
            "network": schedule.network_id,
            "program": schedule.id,
            "name": schedule.name,
            "schedule": schedules.changed_body(schedule, self._today()),
        }
        call = Call(OPERATIONS["update-program"], values, extra=schedules.kept_fields(schedule))
        answer = (await self._request(call)).body
        return replace(schedule, enabled=schedules.saved("update-program", answer)[1])

    async def delete_schedule(self, network_id: int, schedule_id: int) -> None:
        """Remove a schedule."""
        await self._ask("delete-program", network=network_id, program=schedule_id)

    async def enable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a schedule on."""
        await self._ask("enable-program", network=network_id, program=schedule_id)

    async def disable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a schedule off."""
        await self._ask("disable-program", network=network_id, program=schedule_id)

    def _today(self) -> date:
        return self._timing.clock().date()
