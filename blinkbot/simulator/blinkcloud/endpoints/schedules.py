"""Programs: the weekly schedules that Blink's servers carry out (protocol §8)."""

import json
import re
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, read_json
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.household import Program
from blinkbot.simulator.blinkcloud.state.world import World

OWN = ("id", "network_id", "status", "name", "schedule", "format")
SHORT = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
DAYS = (*SHORT, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
TIME = re.compile(r"\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-]\d{4}")


class Programs(Endpoints):
    """Programs."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._ids = count(88_900)

    def routes(self) -> list[Route]:
        """The routes."""
        base = "/api/v1/networks/{network:int}/programs"
        return [
            get(base, self.all),
            post(base + "/create", self.create),
            post(base + "/{program:int}/update", self.update),
            post(base + "/{program:int}/enable", self.enable),
            post(base + "/{program:int}/disable", self.disable),
            post(base + "/{program:int}/delete", self.delete),
        ]

    async def all(self, request: Request) -> list[Body]:
        """All programs of a network: a bare array."""
        network = self._network(request)
        programs = [program for program in self._world.home.programs if program.network_id == network.id]
        return [program_body(program) for program in programs]

    async def create(self, request: Request) -> Body:
        """A new program, disabled; the whole of it is sent."""
        network = self._network(request)
        name, schedule, more = checked(await read_json(request))
        now = self._world.clock()
        program = Program(next(self._ids), network.id, name, False, schedule, now, now, more)
        self._world.home.programs.append(program)
        return self.saved_body(program)

    async def update(self, request: Request) -> Body:
        """Another schedule for a program; the whole of it is sent."""
        program = self._program(request)
        program.name, program.schedule, program.more = checked(await read_json(request))
        program.updated_at = self._world.clock()
        return self.saved_body(program)

    async def enable(self, request: Request) -> Body:
        """Let Blink's servers carry it out."""
        return self._switch(request, "enabled", 802)

    async def disable(self, request: Request) -> Body:
        """Keep it, but do nothing."""
        return self._switch(request, "disabled", 803)

    async def delete(self, request: Request) -> Body:
        """Remove it."""
        program = self._program(request)
        self._world.home.programs.remove(program)
        return {"message": f"Successfully deleted program {program.id}", "code": 804}

    def _switch(self, request: Request, status: str, code: int) -> Body:
        program = self._program(request)
        program.enabled, program.updated_at = status == "enabled", self._world.clock()
        return {"message": f"Successfully {status} program {program.id}", "code": code}

    def _program(self, request: Request) -> Program:
        network = self._network(request)
        for program in self._world.home.programs:
            if program.id == request.path_params["program"] and program.network_id == network.id:
                return program
        raise Refusal(404, "Program not found")

    def saved_body(self, program: Program) -> Body:
        """The answer to create and update: the program, its data JSON inside a string, and an action for each day."""
        account = self._world.account
        owner = {"network_id": program.network_id, "user_id": account.user_id, "account_id": account.id}
        times = fields_of(program, "created_at", "updated_at")
        data = {**fields_of(program, "name", "schedule"), "format": "v1"}
        actions = [
            {
                "id": program.id * 100 + number,
                **times,
                "time": line["time"].split(" ")[1][:5],
                "dow": day,
                "alt_when": None,
                "action": line["action"],
                "devices": "[]",
                "status": "active",
                "last_execution": None,
                "program_id": program.id,
                **owner,
            }
            for number, (line, day) in enumerate((line, day) for line in program.schedule for day in line["dow"])
        ]
        saved = {**fields_of(program, "id", "name", "status"), **times, "data": json.dumps(data), **owner}
        return {"program": saved, "actions": actions}


def program_body(program: Program) -> Body:
    """A program as the list has it."""
    return {**fields_of(program, "id", "network_id", "status", "name", "schedule"), "format": "v1", **program.more}


def checked(body: Body) -> tuple[str, list[dict[str, Any]], Body]:
    """Name and schedule of a program sent in, and what else came with it. Raises Refusal where it is not one."""
    name, schedule = body.get("name"), body.get("schedule")
    if body.get("format") != "v1" or not isinstance(name, str) or not name:
        raise Refusal(400, "A program has a name and format v1")
    if not isinstance(schedule, list) or not schedule or not all(map(good_line, schedule)):
        raise Refusal(400, "Invalid schedule")
    return name, schedule, {name: value for name, value in body.items() if name not in OWN}


def good_line(line: Any) -> bool:
    """Whether this is one line of a schedule. It may hold more, and say the same in other ways."""
    if not isinstance(line, dict) or not line.keys() >= {"dow", "devices", "time", "action"}:
        return False
    days = line["dow"]
    return (
        isinstance(days, list)
        and bool(days)
        and all(str(day).casefold() in DAYS for day in days)
        and isinstance(line["devices"], list)
        and isinstance(line["time"], str)
        and TIME.fullmatch(line["time"]) is not None
        and str(line["action"]).casefold() in ("arm", "disarm")
    )
