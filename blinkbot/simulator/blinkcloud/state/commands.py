"""The commands to devices: an immediate answer with an id, then states to poll (protocol §5)."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from blinkbot.simulator.blinkcloud.answers import Refusal, system_busy
from blinkbot.simulator.blinkcloud.state.household import Camera, Household

FIRST_ID = 7_500_820_000
"""Command ids start beyond 2^32."""

LIVE_VIEW = "lv_relay"
MANIFEST = "local_storage_manifest"
SUCCEEDED = 908
OFFLINE = 516
"""The protocol page names no code for a camera that does not answer; any other than 908 means failure."""

Work = Callable[["Command"], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Command:
    """One command and how far it came.

    `status_code` says 908 from the first moment; it means something only once `finished` is set. `epilogue` is put
    behind the JSON in `debug`, which is then none.
    """

    id: int
    kind: str
    network_id: int
    account_id: int
    created_at: datetime
    updated_at: datetime
    sync_module_id: int | None = None
    camera_id: int | None = None
    parent_id: int | None = None
    resource: int = 0
    condition: str = "new"
    stage: str = "rest"
    reached: dict[str, datetime] = field(default_factory=dict)
    duration: int | None = None
    server: str | None = None
    debug: str = ""
    epilogue: str = ""
    unreachable: bool = False
    status: int = 0
    status_code: int = SUCCEEDED
    status_msg: str = "Command succeeded"
    children: list["Command"] = field(default_factory=list)
    transaction: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    player_transaction: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    def reach(self, stage: str, moment: datetime) -> None:
        """Move on to a stage; bodies/command.json has them all."""
        self.stage, self.reached[stage], self.updated_at = stage, moment, moment


@dataclass(slots=True)
class PlannedFailure:
    """One planned failure: a refusal to start, or a bad end."""

    network_id: int | None
    kind: str | None
    times: int
    refusal: Refusal | None = None
    status_code: int = 0
    status_msg: str = ""

    def fits(self, network_id: int, kind: str) -> bool:
        """Whether it applies to such a command."""
        return self.times > 0 and self.network_id in (None, network_id) and self.kind in (None, kind)


class Commands:
    """The commands: one at a time for each sync module, or for each device where a network has none.

    `seconds` is how long an ordinary command takes; `stalled` keeps every command running for ever.
    """

    def __init__(self, home: Household, account_id: int, clock: Callable[[], datetime], seconds: float) -> None:
        self.seconds = seconds
        self.stalled = False
        self.busy_status = 409
        self.planned_failures: list[PlannedFailure] = []
        self.all: list[Command] = []
        self.crashes: list[Exception] = []
        self._home = home
        self._account_id = account_id
        self._clock = clock
        self._ids = count(FIRST_ID)
        self._sequence = count(361)
        self._tasks: set[asyncio.Task[None]] = set()

    def start(
        self,
        kind: str,
        network_id: int,
        camera: Camera | None = None,
        *,
        effect: Callable[[], Awaitable[None]] | None = None,
        work: Work | None = None,
        children: Iterable[tuple[str, Camera | None]] = (),
        reachable: bool = True,
        resource: int | None = None,
    ) -> Command:
        """Start a command; `effect` happens just before it is done. Raises Refusal where its sync module is busy.

        `work` replaces the ordinary course (a live view ends when its viewer leaves). `children` are sub-commands,
        most for a camera each. A device that is not `reachable` fails in the end. `resource` is what is kept busy
        where that is not the sync module.
        """
        if resource is None:
            resource = self._resource(network_id, camera)
        self._refuse_if_busy(kind, network_id, resource)
        command = self._new(kind, network_id, camera, resource)
        command.children = [self._child(command, *child) for child in children]
        command.unreachable = not reachable
        self.all.append(command)
        task = asyncio.create_task(self._run(command, effect, work))
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return command

    def done(self, kind: str, network_id: int) -> Command:
        """A command that is over before it is answered, as some are."""
        command = self._new(kind, network_id, None, resource=0)
        self.all.append(command)
        self.end(command)
        return command

    def find(self, network_id: int, command_id: int) -> Command:
        """The command with this id in this network. Raises Refusal."""
        for command in self.all:
            if command.id == command_id and command.network_id == network_id:
                return command
        raise Refusal(404, "Command not found")

    def busy(self, network_id: int) -> bool:
        """Whether a command runs in this network."""
        return any(command.network_id == network_id and not command.finished.is_set() for command in self.all)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.crashes.append(error)

    async def close(self) -> None:
        """Drop what still runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _resource(self, network_id: int, camera: Camera | None) -> int:
        alone = network_id if camera is None else camera.id
        return self._home.sync_module_id_of(network_id) or alone

    def _refuse_if_busy(self, kind: str, network_id: int, resource: int) -> None:
        for planned in self.planned_failures:
            if planned.refusal is not None and planned.fits(network_id, kind):
                planned.times -= 1
                raise planned.refusal
        if any(command.resource == resource and not command.finished.is_set() for command in self.all):
            raise system_busy(self.busy_status)

    def _new(self, kind: str, network_id: int, camera: Camera | None, resource: int) -> Command:
        moment = self._clock()
        command = Command(
            next(self._ids),
            kind,
            network_id,
            self._account_id,
            moment,
            moment,
            sync_module_id=self._home.sync_module_id_of(network_id),
            camera_id=None if camera is None else camera.id,
            resource=resource,
        )
        command.reach("rest", moment)
        return command

    def _child(self, parent: Command, kind: str, camera: Camera | None) -> Command:
        child = self._new(kind, parent.network_id, camera, parent.resource)
        child.parent_id, child.condition = parent.id, "running"
        return child

    async def _run(self, command: Command, effect: Callable[[], Awaitable[None]] | None, work: Work | None) -> None:
        if work is not None:
            await work(command)
        else:
            await self._advance(command)
            if self.stalled:
                return
            if not self.fails(command) and effect is not None:
                await effect()
        self.end(command)

    async def _advance(self, command: Command) -> None:
        """The way down to the device, in three steps that a client's polls can see."""
        command.condition = "new"
        await asyncio.sleep(self.seconds / 3)
        command.condition = "running"
        for stage in ("cs_db", "cs_sent"):
            command.reach(stage, self._clock())
        await asyncio.sleep(self.seconds / 3)
        command.reach("sm", self._clock())
        await asyncio.sleep(self.seconds / 3)

    def fails(self, command: Command) -> bool:
        """Whether a command is to end badly; says so in the command."""
        if command.unreachable:
            command.status, command.status_code, command.status_msg = 1, OFFLINE, "Camera is offline"
            return True
        for planned in self.planned_failures:
            if planned.refusal is None and planned.fits(command.network_id, command.kind):
                planned.times -= 1
                command.status, command.status_code, command.status_msg = 1, planned.status_code, planned.status_msg
                return True
        return False

    def end(self, command: Command) -> None:
        """Mark a command and its sub-commands as over; a second time it does nothing."""
        if command.finished.is_set():
            return
        moment, sequence = self._clock(), next(self._sequence)
        for each in (command, *command.children):
            each.reach("dev", moment)
            each.condition = "error" if command.status else "done"
            each.debug = f'{{"lfr_ok":[{command.network_id},1,{sequence},205,151,159,165,0]}}{each.epilogue}'
        if command.kind in ("thumbnail", "clip"):
            command.reach("vs", moment)
        command.finished.set()
