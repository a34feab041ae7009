"""/stats: how busy the home was, and how fast its alerts came, as a picture, or as a text where none can be drawn."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from telegram.constants import ChatAction

from blinkbot.bot.client.attachments import Photo
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import NAME_LENGTH, bold, name, network_zone, span
from blinkbot.bot.text.names import labels
from blinkbot.domain import Home
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import DAYS, Activity, CameraKey, Delays, activity, key_of, shortened
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.translations import Sentence

logger = logging.getLogger(__name__)

LOOKED_BACK = timedelta(days=30)

BUSY_HOURS = 3
"""Hours that are named as the busiest."""

NO_PICTURES = "<i>With the extra “plots” installed, this is a picture.</i>"

router = Router()


@router.command("stats", Sentence("see how busy it was"))
async def stats(request: Request) -> None:
    """/stats."""
    await request.reply.show("⏳ Counting…")
    now = request.now()
    events = await request.control.clips.events(now - LOOKED_BACK)
    if not events:
        await request.reply.show(
            f"Nothing has happened in the last {LOOKED_BACK.days} days. Arm a network with /arm, "
            "and what its cameras see is counted here."
        )
        return
    home = await request.home()
    events = labelled(events, home)
    zone = _zone_name(events, home, request.time_zone)
    counts = activity(events, ZoneInfo(zone), now)
    try:
        async with request.acting(ChatAction.UPLOAD_PHOTO):
            picture = await request.tools.videos.plot(events, zone, now)
    except MediaError as error:
        logger.info("the picture of /stats is told as a text: %s", error)
        hint = f"\n\n{NO_PICTURES}" if isinstance(error, PlotsMissing) else ""
        await request.reply.show(in_words(counts) + hint)
        return
    await request.reply.become(Photo(picture, caption(counts)))


def labelled(events: Sequence[ClipEvent], home: Home) -> list[ClipEvent]:
    """The same, with labels that tell the cameras apart in place of names: picture and text know nothing else of them.

    A camera is called what it is called now. One that is gone has the name in its last clip.
    """
    cameras: dict[CameraKey, tuple[str, int]] = {camera.id: (camera.name, camera.network_id) for camera in home.cameras}
    cameras |= {key_of(each): (each.camera_name, each.network_id) for each in events if key_of(each) not in cameras}

    def place(camera: tuple[str, int]) -> str:
        network = home.network(camera[1])
        return network.name if network and len(home.networks) > 1 else ""

    told_apart = labels(list(cameras.values()), lambda camera: " ".join(camera[0].split()), place)
    label_of = dict(zip(cameras, shortened(told_apart, NAME_LENGTH), strict=True))
    return [replace(each, camera_name=label_of[key_of(each)]) for each in events]


def caption(counts: Activity) -> str:
    """What stands below the picture."""
    return "\n".join([_headline(counts), *_delays(counts.delays)])


def in_words(counts: Activity) -> str:
    """What the picture shows, as a text."""
    return "\n\n".join(
        [_headline(counts), _busiest_hours(counts), _by_weekday(counts), _by_camera(counts), *_delays(counts.delays)]
    )


def _headline(counts: Activity) -> str:
    events, camera = counts.total, bold(counts.cameras[0].name)
    most = f", most by {camera}" if len(counts.cameras) > 1 else f", all by {camera}"
    return f"📊 <b>{events} {'event' if events == 1 else 'events'} in {LOOKED_BACK.days} days</b>{most}"


def _busiest_hours(counts: Activity) -> str:
    hours = Counter({hour: sum(day[hour] for day in counts.by_hour) for hour in range(24)})
    named = [f"{hour}–{hour + 1} h ({count})" for hour, count in hours.most_common(BUSY_HOURS) if count]
    return f"<b>Busiest hours</b>: {', '.join(named)}"


def _by_weekday(counts: Activity) -> str:
    lines = [f"<code>{day} {sum(row):4}</code>" for day, row in zip(DAYS, counts.by_hour, strict=True)]
    return "\n".join(["<b>By weekday</b>", *lines])


def _by_camera(counts: Activity) -> str:
    lines = [f"{name(camera.name)}: {sum(camera.by_day) / len(camera.by_day):.1f}" for camera in counts.cameras]
    return "\n".join(["<b>Clips per day</b>", *lines])


def _delays(delays: Delays | None) -> list[str]:
    if delays is None:
        return []
    half, ninety = (
        f"{each:.1f} s" if each < 10 else span(timedelta(seconds=each)) for each in (delays.median, delays.ninety)
    )
    return [f"From the event to the chat: half within {half}, 90 % within {ninety}"]


def _zone_name(events: Sequence[ClipEvent], home: Home, fallback: str) -> str:
    """The zone of the network where most happened; who has houses in two zones thinks of the busier one."""
    ((network_id, _),) = Counter(each.network_id for each in events).most_common(1)
    zone = network_zone(home.network(network_id), fallback)
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"
