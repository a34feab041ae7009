"""The bodies of commands: at their start, and when they are polled (protocol §5)."""

from blinkbot.simulator.blinkcloud.answers import Body
from blinkbot.simulator.blinkcloud.state.commands import Command
from blinkbot.simulator.blinkcloud.state.timestamps import stamp

STAGES = ("rest", "cs_db", "cs_sent", "sm", "dev", "is", "lv", "vs")
"""The stations of a command, each with a time of its own in bodies."""


def full_body(command: Command) -> Body:
    """All that Blink tells of one command."""
    camera_aimed = command.kind not in ("clip", "status", "arm", "disarm")
    marks = {stage: command.reached.get(stage) for stage in STAGES}
    acknowledged = "sm" in command.reached
    return {
        "id": command.id,
        "created_at": stamp(command.created_at),
        "updated_at": stamp(command.updated_at),
        "deleted_at": None,
        "execute_time": stamp(command.created_at),
        "command": command.kind,
        "state_stage": command.stage,
        **{f"stage_{stage}": None if moment is None else stamp(moment) for stage, moment in marks.items()},
        "state_condition": command.condition,
        "sm_ack": 1 if acknowledged else None,
        "lfr_ack": 0 if command.finished.is_set() else None,
        "sequence": command.id % 4096 if "cs_sent" in command.reached else None,
        "attempts": 0,
        "transaction": command.transaction,
        "player_transaction": command.player_transaction,
        "server": command.server,
        "duration": command.duration,
        "by_whom": "iPhone - 50.1 (2511191620) #simulated",
        "diagnostic": False,
        "debug": command.debug,
        "opts_1": 0,
        "target": "camera" if camera_aimed and command.camera_id is not None else None,
        "target_id": command.camera_id if camera_aimed else None,
        "parent_command_id": command.parent_id,
        "camera_id": command.camera_id,
        "siren_id": None,
        "firmware_id": None,
        "network_id": command.network_id,
        "account_id": command.account_id,
        "sync_module_id": command.sync_module_id,
    }


def short_body(command: Command) -> Body:
    """The four keys with which a Mini answers."""
    return {"id": command.id, "network_id": command.network_id, "command": command.kind, "state": "new"}


def arm_body(command: Command) -> Body:
    """The answer to arm and disarm: sub-commands already run while the parent is new."""
    children = [{**short_body(child), "state": "running"} for child in command.children]
    return {**short_body(command), "commands": children}


def status_body(command: Command) -> Body:
    """The answer to command-status; `status_code` is 908 long before `complete` is true."""
    return {
        "complete": command.finished.is_set(),
        "status": command.status,
        "status_msg": command.status_msg,
        "status_code": command.status_code,
        "commands": [full_body(each) for each in (command, *command.children)],
        "media_id": None,
    }
