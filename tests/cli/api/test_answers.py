"""What comes back: files, refusals, and the session it all rests on."""

import json
from pathlib import Path

from blinkbot.store import DataFolderLock
from tests.cli.api.terminal import Terminal


def names_in(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


class TestFiles:
    async def test_the_newest_picture_of_a_camera(self, terminal: Terminal, tmp_path: Path) -> None:
        output = tmp_path / "porch.jpg"
        assert (await terminal.types("thumbnail", "camera=Porch", "--output", str(output))).exit_code == 0
        picture = terminal.cloud.home.camera("Porch").picture
        assert picture is not None
        assert output.read_bytes() == picture.jpeg

    async def test_a_clip_by_its_path(self, terminal: Terminal, tmp_path: Path) -> None:
        clip = await terminal.cloud.motion("Porch", seconds=1)
        listed = await terminal.gets("media-changed", "since=1970-01-01T00:00:00+0000", "page=1")
        output = tmp_path / "clip.mp4"
        result = await terminal.types("video", f"path={listed['media'][0]['media']}", "-o", str(output))
        assert result.exit_code == 0, result.output
        assert output.read_bytes() == clip.mp4

    async def test_a_clip_on_the_usb_stick_step_by_step(self, terminal: Terminal, tmp_path: Path) -> None:
        stored = await terminal.cloud.motion_on_usb("Porch", seconds=1)
        terminal.cloud.usb.polls = 0
        asked = await terminal.gets("manifest-request", "network=Home")
        await terminal.cloud.world.commands.all[-1].finished.wait()
        listed = await terminal.gets("manifest", "network=Home", f"request={asked['id']}")
        which = ["network=Home", f"manifest={listed['manifest_id']}", f"clip={listed['clips'][0]['id']}"]
        output = tmp_path / "clip.mp4"
        assert (await terminal.gets("prepare-local-clip", *which))["id"]
        await terminal.cloud.world.commands.all[-1].finished.wait()
        assert (await terminal.types("local-clip", *which, "--output", str(output))).exit_code == 0
        assert output.read_bytes() == stored.mp4
        assert (await terminal.gets("delete-local-clip", *which))["id"]
        assert terminal.cloud.usb.clips == []

    async def test_an_error_page_is_not_written(self, terminal: Terminal, tmp_path: Path) -> None:
        terminal.cloud.fail("GET *.jpg", times=9, status=200, body="<html>", content_type="text/html")
        told = await terminal.fails("thumbnail", "camera=Porch", "--output", str(tmp_path / "x.jpg"))
        assert "Blink's answer made no sense." in told
        assert names_in(tmp_path) == {"data"}

    async def test_a_token_goes_to_no_other_host(self, terminal: Terminal, tmp_path: Path) -> None:
        told = await terminal.fails("video", "path=//elsewhere.example/x.mp4", "-o", str(tmp_path / "x.mp4"))
        assert "unknown server" in told

    async def test_a_folder_that_is_not_there_is_told(self, terminal: Terminal, tmp_path: Path) -> None:
        told = await terminal.fails("thumbnail", "camera=Porch", "--output", str(tmp_path / "no" / "x.jpg"))
        assert "x.jpg can't be written: No such file or directory" in told

    async def test_a_live_view_becomes_a_video(self, terminal: Terminal, tmp_path: Path) -> None:
        import av

        output = tmp_path / "live.mp4"
        result = await terminal.types("liveview", "camera=Porch", "--output", str(output), "--seconds", "2")
        assert result.exit_code == 0, result.output
        with av.open(str(output)) as film:
            frames = sum(1 for _ in film.decode(video=0))
        assert frames > 0
        assert names_in(tmp_path) == {"data", "live.mp4"}


class TestRefusals:
    async def test_blinks_word_its_code_and_what_that_means(self, terminal: Terminal) -> None:
        told = await terminal.fails("snooze-network", "network=Home", "snooze_time=1440")
        assert "blinkbot: A snooze lasts 1 to 1439 minutes.\n" in told
        assert "Invalid snooze time (code 2800)\n" in told

    async def test_days_that_blink_does_not_offer(self, terminal: Terminal) -> None:
        told = await terminal.fails("video-options", "auto_purge_days=8")
        assert "Clips can be kept for 3, 7, 14, 30 or 60 days, nothing else." in told
        assert "(code 213)" in told

    async def test_a_code_without_a_word_is_explained(self, terminal: Terminal) -> None:
        terminal.cloud.fail("/snooze", status=400, body='{"code": 2805}')
        told = await terminal.fails("snooze-network", "network=Home", "snooze_time=5")
        assert "There's nothing to snooze: motion detection is off." in told
        assert "(code 2805)" in told

    async def test_an_outage_is_a_sentence(self, terminal: Terminal) -> None:
        terminal.environment["BLINKBOT_BLINK__REST_URL"] = "http://127.0.0.1:9"
        terminal.environment["BLINKBOT_BLINK__OAUTH_URL"] = "http://127.0.0.1:9"
        assert "Blink isn't answering. Check the bot's internet" in await terminal.fails("homescreen")


class TestSession:
    async def test_it_signs_in_once_and_keeps_the_session(self, terminal: Terminal) -> None:
        await terminal.gets("homescreen")
        await terminal.gets("homescreen")
        assert terminal.cloud.sign_ins == 1

    async def test_the_code_is_asked_for_and_not_shown(self, terminal: Terminal) -> None:
        terminal.cloud.world.account.pin_required = True
        result = await terminal.types("user", answers=[terminal.cloud.pin])
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["email"] == terminal.cloud.email
        assert terminal.cloud.pin not in result.output

    async def test_a_mistyped_code_is_asked_for_again(self, terminal: Terminal) -> None:
        terminal.cloud.world.account.pin_required = True
        result = await terminal.types("user", answers=["000000x", terminal.cloud.pin])
        assert result.exit_code == 0, result.output
        assert terminal.cloud.sign_ins == 1

    async def test_after_three_wrong_codes_it_gives_up(self, terminal: Terminal) -> None:
        terminal.cloud.world.account.pin_required = True
        told = await terminal.fails("user", answers=["1", "2", "3"])
        assert "The code is the few digits" in told
        assert terminal.cloud.sign_ins == 1

    async def test_a_wrong_password_is_told_after_one_try(self, terminal: Terminal) -> None:
        terminal.environment["BLINKBOT_BLINK__PASSWORD"] = "wrong"
        assert "doesn't accept blink.email or blink.password." in await terminal.fails("user")
        assert terminal.cloud.sign_ins == 1

    async def test_a_sign_in_that_blink_blocks_is_not_told_as_a_wrong_password(self, terminal: Terminal) -> None:
        terminal.cloud.fail("POST /oauth/v2/signin", status=403, body="<html>", content_type="text/html")
        told = await terminal.fails("user")
        assert "Blink blocks sign-ins from here" in told
        assert "Wait an hour, then try again" in told
        assert "password" not in told

    async def test_an_account_that_no_region_knows_is_told(self, terminal: Terminal) -> None:
        terminal.cloud.fail("/api/v1/users/tier_info", times=9, status=406, body="")
        assert "None of Blink's regions knows this account." in await terminal.fails("user")

    async def test_a_session_that_blink_ended_is_told_and_the_password_stays_here(self, terminal: Terminal) -> None:
        await terminal.gets("user")
        terminal.cloud.expire_tokens()
        terminal.cloud.revoke_refresh()
        assert "Blink signed the bot out. Send it /signin." in await terminal.fails("user")
        assert terminal.cloud.sign_ins == 1

    async def test_beside_a_bot_it_works_on_the_bots_session(self, terminal: Terminal) -> None:
        await terminal.gets("user")
        with DataFolderLock(terminal.data_dir):
            assert (await terminal.gets("user"))["email"]

    async def test_beside_a_bot_that_is_not_signed_in_it_leaves_that_to_the_bot(self, terminal: Terminal) -> None:
        with DataFolderLock(terminal.data_dir):
            assert "Send it /signin" in await terminal.fails("user")
        assert terminal.cloud.sign_ins == 0

    async def test_signing_out_forgets_the_session(self, terminal: Terminal) -> None:
        await terminal.gets("user")
        assert await terminal.gets("logout") == {"message": "logout"}
        await terminal.gets("user")
        assert terminal.cloud.sign_ins == 2

    async def test_the_older_way_of_signing_in(self, terminal: Terminal) -> None:
        terminal.environment["BLINKBOT_BLINK__SIGNIN"] = "legacy"
        terminal.cloud.world.account.pin_required = True
        body = await terminal.gets("client-options", answers=[terminal.cloud.pin])
        assert body == {"options": "{}"}
        assert terminal.cloud.count("/oauth/") == 0

    async def test_nothing_secret_is_printed(self, terminal: Terminal) -> None:
        result = await terminal.types("homescreen", "-v")
        assert result.exit_code == 0
        assert terminal.cloud.password not in result.output
