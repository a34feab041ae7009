"""Every typed method of the client against a whole home on loopback."""

from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.errors import BlinkRefused, NotSignedIn, Throttled
from tests.blink.place import Place


class TestAccount:
    async def test_the_person(self, place: Place) -> None:
        user = await place.client.user()
        assert (user.email, user.temperature_unit, user.country) == (place.cloud.email, "f", "US")

    async def test_blinks_own_notifications_are_read_and_switched(self, place: Place) -> None:
        assert (await place.client.notifications())["motion"]
        await place.client.set_notifications(motion=False, low_battery=True)
        flags = await place.client.notifications()
        assert (flags["motion"], flags["low_battery"]) == (False, True)

    async def test_a_notification_that_nobody_knows_is_named(self, place: Place) -> None:
        with pytest.raises(ValueError, match="no argument burglar"):
            await place.client.set_notifications(burglar=True)

    async def test_the_plan_tells_whether_clips_are_kept_in_the_cloud(self, place: Place) -> None:
        (plan,) = await place.client.plans()
        assert plan.active
        place.cloud.world.account.subscribed = False
        assert await place.client.plans() == ()

    async def test_how_long_clips_are_kept(self, place: Place) -> None:
        await place.client.keep_videos_for(7)
        assert place.cloud.world.account.auto_purge_days == 7
        with pytest.raises(BlinkRefused) as refused:
            await place.client.keep_videos_for(8)
        assert refused.value.code == 213

    async def test_options(self, place: Place) -> None:
        assert (await place.client.account_options())["owl_app_enabled"] is True
        assert await place.client.client_options() == "{}"
        await place.client.update_client("a-key")

    async def test_the_programs_that_are_signed_in(self, place: Place) -> None:
        (client,) = await place.client.clients()
        await place.client.home()
        assert client.id == place.client.client_id

    async def test_signing_out_ends_the_session(self, place: Place) -> None:
        await place.client.logout()
        assert place.store.forgotten
        with pytest.raises(NotSignedIn):
            await place.client.home()


class TestService:
    async def test_the_version(self, place: Place) -> None:
        assert not (await place.client.app_version()).update_required
        place.cloud.world.account.update_required = True
        assert (await place.client.app_version()).update_required

    async def test_an_update_that_is_required_inside_a_whole_home_is_harmless(self, place: Place) -> None:
        place.cloud.world.account.update_required = True
        assert (await place.client.home()).cameras

    async def test_regions_in_blinks_order(self, place: Place) -> None:
        regions = await place.client.regions("US")
        assert regions[0].preferred
        assert [region.label for region in regions][-1] == "Southeast Asia"

    async def test_health(self, place: Place) -> None:
        assert await place.client.health() == {"health": "ok"}

    async def test_a_log_is_taken(self, place: Place) -> None:
        assert (await place.client.upload_logs()).place.endswith(".log")


class TestNetworks:
    async def test_name_and_zone_are_changed(self, place: Place) -> None:
        network = place.cloud.home.networks[0]
        changed = await place.client.update_network(
            network.id, name="Lake & house", time_zone="Europe/Berlin", save_live_views=True
        )
        assert (changed.name, changed.time_zone, changed.saves_live_views) == ("Lake & house", "Europe/Berlin", True)
        assert network.name == "Lake & house"

    async def test_what_is_not_given_stays(self, place: Place) -> None:
        network = place.cloud.home.networks[0]
        await place.client.update_network(network.id, save_live_views=True)
        assert (network.name, network.time_zone) == ("Home", "America/Chicago")

    async def test_snoozing(self, place: Place) -> None:
        network = place.cloud.home.networks[0]
        await place.client.snooze_network(network.id, 60)
        assert network.snoozed_until is not None

    @pytest.mark.parametrize("known", [True, False], ids=["in Blink's own way", "with a snooze of a minute"])
    async def test_a_snooze_is_ended(self, place: Place, known: bool) -> None:
        network = place.cloud.home.networks[0]
        await place.client.snooze_network(network.id, 600)
        if not known:
            place.cloud.fail("POST */unsnooze", status=426, body='{"message": "An app update is required"}')
        await place.client.unsnooze_network(network.id)
        left = network.snoozed_until
        assert left is None if known else left is not None and left - datetime.now(UTC) < timedelta(minutes=2)

    async def test_what_is_no_word_on_a_snooze_is_told(self, place: Place) -> None:
        network = place.cloud.home.networks[0]
        place.cloud.fail("POST */unsnooze", status=403, body="")
        with pytest.raises(Throttled):
            await place.client.unsnooze_network(network.id)

    @pytest.mark.parametrize("minutes", [-1, 0, 1440])
    async def test_a_snooze_that_is_too_long_or_none_is_not_sent(self, place: Place, minutes: int) -> None:
        with pytest.raises(ValueError, match="1 to 1439 minutes"):
            await place.client.snooze_network(place.cloud.home.networks[0].id, minutes)
        assert place.cloud.count("/snooze") == 0

    async def test_sirens(self, place: Place) -> None:
        network = place.cloud.home.networks[0]
        (siren,) = await place.client.sirens(network.id)
        assert (siren.name, siren.online) == ("Hall siren", True)
        assert (await place.client.sound_siren(network.id, siren.id, 5)).done
        assert place.cloud.home.sirens[0].sounding_until is not None
        assert (await place.client.silence_sirens(network.id)).done
        assert place.cloud.home.sirens[0].sounding_until is None
        assert (await place.client.sound_siren(network.id)).done
        assert place.cloud.home.sirens[0].sounding_until is not None

    async def test_the_obsolete_lists(self, place: Place) -> None:
        home = await place.client.home()
        assert await place.client.networks() == home.networks
        hub = await place.client.hub(home.networks[0].id)
        assert (hub.id, hub.online) == (home.sync_modules[0].id, True)
        clip = await place.cloud.motion("Porch", seconds=1)
        (event,) = await place.client.events(home.networks[0].id)
        assert (event.id, event.camera_name, event.kind) == (clip.id, "Porch", "motion")


class TestMedia:
    async def test_how_long_clips_are_kept_as_the_app_reads_it(self, place: Place) -> None:
        await place.client.set_media_settings(7)
        settings = await place.client.media_settings()
        assert (settings.days, settings.offered) == (7, (3, 7, 14, 30, 60))

    async def test_clips_are_counted_and_marked_as_watched(self, place: Place) -> None:
        clips = [await place.cloud.motion("Porch", seconds=1) for _ in range(2)]
        assert (await place.client.media_count(), await place.client.unwatched_media()) == (2, 2)
        await place.client.mark_viewed([(await place.clips())[clips[0].id]])
        assert (clips[0].watched, await place.client.unwatched_media()) == (True, 1)

    async def test_clips_are_deleted_for_everybody(self, place: Place) -> None:
        clips = [await place.cloud.motion("Porch", seconds=1) for _ in range(2)]
        found = await place.clips()
        await place.client.delete_clips([found[clips[0].id]])
        assert [clip.deleted for clip in clips] == [True, False]

    async def test_the_obsolete_lists(self, place: Place) -> None:
        clip = await place.cloud.motion("Porch", seconds=2)
        assert await place.client.video_count() == 1
        (video,) = await place.client.videos(0)
        assert (video.id, video.camera_name, video.seconds, video.size) == (clip.id, "Porch", 2, len(clip.mp4))
        assert video.recorded_at <= datetime.now(UTC)
        assert await place.client.unwatched_videos() == (video,)
        assert await place.client.video(clip.id) == video
        await place.client.delete_video(clip.id)
        assert await place.client.video_count() == 0
