"""JSON → how a command stands (protocol §5)."""

from dataclasses import dataclass

from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.wire.fields import Fields

_SUCCEEDED = (Code.COMMAND_DONE, Code.COMMAND_SUCCEEDED)


@dataclass(frozen=True, slots=True)
class StartedCommand:
    """The first answer to a command. `id` None: there is nothing to wait for."""

    id: int | None
    message: str
    finished: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class CommandStatus:
    """A look at a command; `succeeded` counts once it is `complete`."""

    complete: bool
    succeeded: bool
    message: str
    condition: str | None


def started_command(operation: str, body: object) -> StartedCommand:
    """The first answer to a command: an id to ask for, a bare message, or done already."""
    top = Fields(operation, body)
    condition = top.word("state_condition") or top.word("state")
    return StartedCommand(
        id=top.optional_id("id"),
        message=top.text("message"),
        finished=condition == "done" or top.flag("complete"),
        failed=condition == "error",
    )


def command_status(body: object, command_id: int) -> CommandStatus:
    """A look at a command. 908 "Command succeeded" is already there while it runs, and means nothing then."""
    top = Fields("command-status", body)
    top.check("complete")
    status, code = top.integer("status"), top.integer("status_code")
    own = [item.word("state_condition") for item in top.parts("commands") if item.integer("id") == command_id]
    return CommandStatus(
        complete=top.flag("complete"),
        succeeded=not status and (code is None or code in _SUCCEEDED) and "error" not in own,
        message=top.text("status_msg"),
        condition=own[0] if own else None,
    )
