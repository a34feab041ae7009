"""The program as a process: started, watched, killed by signals, and told what is wrong with its settings."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.evening import ADA, Evening

STOP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


def _bare_environment(folder: Path) -> dict[str, str]:
    """No settings of this machine's user, and none of pytest's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BLINKBOT_", "PYTEST"))}
    return {**kept, "XDG_CONFIG_HOME": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}


@asynccontextmanager
async def blinkbot(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program, running in an empty folder; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "blinkbot",
        *arguments,
        cwd=folder,
        env={**_bare_environment(folder), **(env or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(process: asyncio.subprocess.Process, within: float = 30) -> Ended:
    async with asyncio.timeout(within):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


async def run_to_end(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ended:
    async with blinkbot(folder, *arguments, env=env) as process:
        return await ended(process)


def says_no_traceback(end: Ended) -> None:
    assert "Traceback" not in end.err + end.out


async def stopped_by(process: asyncio.subprocess.Process, number: signal.Signals) -> Ended:
    process.send_signal(number)
    return await ended(process, within=STOP_SECONDS)


# -- stopping


async def test_sigterm_ends_it_in_time_with_nothing_to_complain_about(evening: Evening, tmp_path: Path) -> None:
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        await evening.cloud.wait_for_request("/media?start_time", times=2)
        await evening.telegram.wait_for_call("getUpdates")
        end = await stopped_by(bot, signal.SIGTERM)
    assert end.code == 0
    says_no_traceback(end)


async def test_sigterm_while_the_program_still_loads_is_no_failure(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.mkdir()
    # Stands in for a module that takes a small machine seconds to load.
    (slow / "tomllib.py").write_text(
        "import signal, sys\nprint('loading', file=sys.stderr, flush=True)\nsignal.pause()"
    )
    async with blinkbot(tmp_path, "run", env={"PYTHONPATH": str(slow)}) as bot:
        assert bot.stderr is not None
        await bot.stderr.readuntil(b"loading")
        end = await stopped_by(bot, signal.SIGTERM)
    assert end.code == 0
    says_no_traceback(end)


async def test_ctrl_c_in_the_middle_of_a_slow_command_ends_it_in_time(evening: Evening, tmp_path: Path) -> None:
    evening.cloud.stall_commands()
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        await evening.cloud.wait_for_request("homescreen")
        await evening.telegram.wait_for_call("getUpdates")
        evening.phone.say("/disarm home")
        await evening.cloud.wait_for_request("/command/")
        end = await stopped_by(bot, signal.SIGINT)
    assert end.code == 0
    says_no_traceback(end)


async def test_sigterm_while_both_services_are_down_ends_it_in_time(evening: Evening, tmp_path: Path) -> None:
    await evening.telegram.refuse_connections()
    evening.cloud.fail("*", times=1000, status=503)
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        assert bot.stderr is not None
        await bot.stderr.readuntil(b"cannot be reached")
        end = await stopped_by(bot, signal.SIGTERM)
    assert end.code == 0
    says_no_traceback(end)


async def test_sigterm_while_telegram_has_gone_away_ends_it_with_nothing_to_complain_about(
    evening: Evening, tmp_path: Path
) -> None:
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        assert bot.stderr is not None
        await evening.telegram.wait_for_call("getUpdates")
        await evening.telegram.refuse_connections()
        await bot.stderr.readuntil(b"asking Telegram for updates failed")
        end = await stopped_by(bot, signal.SIGTERM)
    assert end.code == 0
    says_no_traceback(end)


async def test_a_kill_in_the_middle_of_a_delivery_loses_nothing(evening: Evening, tmp_path: Path) -> None:
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        await evening.cloud.wait_for_request("/media?start_time", times=2)
        evening.telegram.upload_speed = 20_000
        clip = await evening.cloud.motion("Porch")
        await evening.cloud.wait_for_request(f"/{clip.id}/video")
        bot.kill()
        await bot.communicate()
    evening.telegram.upload_speed = None
    async with blinkbot(tmp_path, "run", env=evening.environment()):
        message = await evening.phone.wait_for(lambda state: state.video)
        assert message.video == clip.mp4
    assert evening.cloud.sign_ins == 1


# -- a second copy


async def test_a_second_copy_on_the_data_folder_says_who_was_first(evening: Evening, tmp_path: Path) -> None:
    async with blinkbot(tmp_path, "run", env=evening.environment()) as first:
        await evening.cloud.wait_for_request("/media?start_time")
        second = await run_to_end(tmp_path, "run", env=evening.environment())
        assert second.code == 1
        assert f"pid {first.pid}" in second.err
        says_no_traceback(second)
        assert first.returncode is None


# -- wrong settings


async def test_missing_settings_are_all_named(tmp_path: Path) -> None:
    end = await run_to_end(tmp_path, "run")
    assert end.code == 1
    for key in ("telegram.token", "telegram.chats", "blink.email", "blink.password"):
        assert key in end.err
    says_no_traceback(end)


async def test_a_token_telegram_does_not_know_is_said(evening: Evening, tmp_path: Path) -> None:
    environment = {**evening.environment(), "BLINKBOT_TELEGRAM__TOKEN": "110201543:" + "x" * 35}
    end = await run_to_end(tmp_path, "run", env=environment)
    assert end.code == 1
    assert "telegram.token" in end.err
    assert "xxxxx" not in end.err
    says_no_traceback(end)


async def test_a_data_folder_that_cannot_be_one_is_said(evening: Evening, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    end = await run_to_end(tmp_path, "run", env=evening.environment())
    assert end.code == 1
    assert "data_dir" in end.err
    says_no_traceback(end)


async def test_a_folder_for_a_settings_file_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    end = await run_to_end(tmp_path, "run", "--config", str(tmp_path))
    assert end.code == 1
    assert "config" in end.err
    says_no_traceback(end)


async def test_wrong_usage_is_exit_two(tmp_path: Path) -> None:
    assert (await run_to_end(tmp_path, "runn")).code == 2
    assert (await run_to_end(tmp_path, "run", "--nonsense")).code == 2


# -- secrets


async def test_nothing_secret_is_logged_even_when_verbose(tmp_path: Path) -> None:
    async with (
        Evening(tmp_path, pin_required=True) as evening,
        blinkbot(tmp_path, "run", "-v", env=evening.environment()) as bot,
    ):
        await evening.phone.wait_for("code")
        evening.phone.say(f"/pin {evening.cloud.pin}")
        await evening.cloud.wait_for_request("/media?start_time")
        evening.cloud.expire_tokens()
        await evening.cloud.wait_for_request("oauth/token", times=2)
        evening.phone.say("/arm home")
        await evening.phone.wait_for("Home is armed")
        evening.telegram.fail("sendMessage", times=1, status=500)
        evening.phone.say("/status")
        await evening.phone.wait_for("Porch")
        end = await stopped_by(bot, signal.SIGTERM)
    grants = evening.cloud.world.tokens.grants
    assert len(grants) > 1, "the session was renewed"
    tokens = [token for grant in grants for token in (grant.access, grant.refresh)]
    secrets = [evening.cloud.password, evening.cloud.pin, evening.telegram.token, *tokens]
    assert [secret for secret in secrets if secret in end.err + end.out] == []


# -- check, simulate


async def test_check_tells_that_all_is_well_beside_a_running_bot(evening: Evening, tmp_path: Path) -> None:
    evening.phone.start()
    async with blinkbot(tmp_path, "run", env=evening.environment()):
        await evening.cloud.wait_for_request("/media?start_time")
        end = await run_to_end(tmp_path, "check", env=evening.environment())
    assert end.code == 0, end
    assert "@blinkbot_sim_bot" in end.out
    assert "Ada" in end.out


async def test_check_uses_the_session_there_is_and_never_signs_in(evening: Evening, tmp_path: Path) -> None:
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        await evening.cloud.wait_for_request("/media?start_time")
        await stopped_by(bot, signal.SIGTERM)
    end = await run_to_end(tmp_path, "check", env=evening.environment())
    assert end.code == 0, end
    assert "2 networks, 6 cameras" in end.out
    assert evening.cloud.sign_ins == 1


async def test_check_names_what_is_wrong(evening: Evening, tmp_path: Path) -> None:
    environment = {**evening.environment([ADA, 4711]), "BLINKBOT_BLINK__PASSWORD": "wrong"}
    end = await run_to_end(tmp_path, "check", env=environment)
    assert end.code == 1
    assert "chat 4711" in end.err
    assert evening.cloud.sign_ins == 0
    says_no_traceback(end)


async def test_check_tells_of_a_data_folder_that_cannot_be_made(evening: Evening, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    evening.phone.start()
    environment = {**evening.environment(), "BLINKBOT_DATA_DIR": str(tmp_path / "file" / "data")}
    end = await run_to_end(tmp_path, "check", env=environment)
    assert end.code == 1
    assert "data folder" in end.err
    says_no_traceback(end)


async def test_simulate_prints_what_another_program_needs_first(tmp_path: Path) -> None:
    async with blinkbot(tmp_path, "simulate", "--port", "0") as simulators:
        assert simulators.stdout is not None
        facts = json.loads(await simulators.stdout.readline())
        assert facts.keys() == {"blink", "telegram", "email", "password", "pin", "token", "chat", "group"}
        end = await stopped_by(simulators, signal.SIGINT)
    assert end.code == 0
    says_no_traceback(end)
