"""The bodies of commands: at their start, and when they are polled (protocol §5)."""

from blinkbot.simulator.blinkcloud.answers import Body, fields_of, filled
from blinkbot.simulator.blinkcloud.state.commands import MANIFEST, Command
from blinkbot.simulator.blinkcloud.state.timestamps import stamp

OWN_FIELDS = ("id", "created_at", "updated_at", "transaction", "player_transaction", "server", "duration", "debug")
OWNERS = ("camera_id", "network_id", "account_id", "sync_module_id")


def full_body(command: Command) -> Body:
    """All that Blink tells of one command; each stage that it reached has a time of its own."""
    camera_aimed = command.kind not in ("clip", "status", "arm", "disarm")
    return filled(
        "command",
        **fields_of(command, *OWN_FIELDS, *OWNERS),
        execute_time=stamp(command.created_at),
        command=command.kind,
        state_stage=command.stage,
        **{f"stage_{stage}": stamp(moment) for stage, moment in command.reached.items()},
        state_condition=command.condition,
        sm_ack=1 if "sm" in command.reached else None,
        lfr_ack=0 if command.finished.is_set() else None,
        sequence=command.id % 4096 if "cs_sent" in command.reached else None,
        target="camera" if camera_aimed and command.camera_id is not None else None,
        target_id=command.camera_id if camera_aimed else None,
        parent_command_id=command.parent_id,
    )


def short_body(command: Command) -> Body:
    """The four keys with which a Mini answers."""
    return {**fields_of(command, "id", "network_id"), "command": command.kind, "state": "new"}


def arm_body(command: Command) -> Body:
    """The answer to arm and disarm: sub-commands already run while the parent is new."""
    children = [{**short_body(child), "state": "running"} for child in command.children]
    return {**short_body(command), "commands": children}


def status_body(command: Command) -> Body:
    """The answer to command-status; `status_code` is 908 long before `complete` is true."""
    # A manifest's stands for its child alone (protocol §10); elsewhere the parent comes first.
    listed = command.children if command.kind == MANIFEST else [command, *command.children]
    return {
        "complete": command.finished.is_set(),
        **fields_of(command, "status", "status_msg", "status_code"),
        "commands": [full_body(each) for each in listed],
        "media_id": None,
    }
