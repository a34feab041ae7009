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
from blinkbot.bot.text import status as text
from blinkbot.bot.text.formatting import NAME_LENGTH
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.names import labels
from blinkbot.domain import Home
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import CameraKey, activity, key_of, shortened
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.translations import Sentence

logger = logging.getLogger(__name__)

LOOKED_BACK = timedelta(days=text.DAYS_BACK)

router = Router()


@router.command("stats", Sentence("see how busy it was"))
async def stats(request: Request) -> None:
    await request.reply.show(text.COUNTING())
    now = request.now()
    events = await request.control.clips.events(now - LOOKED_BACK)
    if not events:
        await request.reply.show(text.NOTHING(days=text.DAYS_BACK))
        return
    locale = await request.locale()
    events = labelled(events, locale.home)
    zone = _zone_name(events, locale)
    counts = activity(events, ZoneInfo(zone), now)
    try:
        async with request.acting(ChatAction.UPLOAD_PHOTO):
            picture = await request.tools.videos.plot(events, zone, now, text.chart_words(counts))
    except MediaError as error:
        logger.info("the picture of /stats is told as a text: %s", error)
        hint = f"\n\n{text.NO_PLOTS()}" if isinstance(error, PlotsMissing) else ""
        await request.reply.show(text.in_words(counts) + hint)
        return
    await request.reply.become(Photo(picture, text.caption(counts)))


def labelled(events: Sequence[ClipEvent], home: Home) -> list[ClipEvent]:
    """The same, with labels that tell the cameras apart in place of names: picture and text know nothing else of them.
    A camera is called what it is called now. One that is gone has the name in its last clip."""
    cameras: dict[CameraKey, tuple[str, int]] = {camera.id: (camera.name, camera.network_id) for camera in home.cameras}
    cameras |= {key_of(each): (each.camera_name, each.network_id) for each in events if key_of(each) not in cameras}

    def place(camera: tuple[str, int]) -> str:
        network = home.network(camera[1])
        return network.name if network and len(home.networks) > 1 else ""

    told_apart = labels(list(cameras.values()), lambda camera: " ".join(camera[0].split()), place)
    label_of = dict(zip(cameras, shortened(told_apart, NAME_LENGTH), strict=True))
    return [replace(each, camera_name=label_of[key_of(each)]) for each in events]


def _zone_name(events: Sequence[ClipEvent], locale: Locale) -> str:
    """The zone of the network where most happened: with houses in two zones, people think of the busier one."""
    ((network_id, _),) = Counter(each.network_id for each in events).most_common(1)
    zone = locale.zone(network_id)
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"
