"""The texts of /status and /stats: how the home is, and how busy it was. Pure; every name is escaped."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from blinkbot.bot.text import signin
from blinkbot.bot.text.devices import ORDERS
from blinkbot.bot.text.error_messages import cause
from blinkbot.bot.text.formatting import (
    SECONDS,
    WEEKDAYS,
    about,
    bold,
    day,
    decimal,
    escaped,
    fitting,
    hours,
    humanize,
    name,
    table,
    temperature,
)
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import ArmAction, Camera, Clip, Family, Health, Network, Overview, Power, SlowedBy
from blinkbot.domain.spending import RequestKind
from blinkbot.domain.statistics import HOURS, Activity, CameraDays, ChartWords, Delays
from blinkbot.translations import COMMA, Plural, Sentence, joined

JUST_NOW = timedelta(seconds=10)
# /status asks anew: a home that is older than this was not to be had.
HOME_IS_OLD = timedelta(minutes=1)

NO_HOME = Sentence("I haven't seen your home yet.")
NO_CAMERAS = Sentence("No cameras here.")
MODULE_OFFLINE = Sentence("⚠️ Sync module {name} is offline")

OFFLINE = Sentence("⚠️ offline")
UNLISTED = Sentence("not listed by Blink, known by its clips")
MOTION = {True: Sentence("motion on"), False: Sentence("motion off")}
BATTERIES: dict[str, Sentence] = {Power.OK: Sentence("🔋 OK"), Power.LOW: Sentence("🪫 low")}
LAST_CLIP = Sentence("last clip {moment}")
NO_CLIP = Sentence("no clip yet")

NOT_CONNECTED = Sentence("Not connected to Blink yet.")
ANSWERED = Sentence("Blink answered {length} ago.")
ANSWERED_NOW = Sentence("Blink answered just now.")
HOME_UNSEEN = Sentence("⚠️ I couldn't ask about your home. This is how it was {length} ago.")
HOME_UNDATED = Sentence("⚠️ I couldn't ask about your home. This is how it was when I last saw it.")
CLIPS_LISTED = Sentence("Blink listed your clips {length} ago.")
WAS = {
    ArmAction.ARM: Sentence("🔒 {name} was armed"),
    ArmAction.DISARM: Sentence("🔓 {name} was disarmed"),
}
SPENT = Plural(
    "Blink: {n} of {limit} requests in the last hour: {kinds}.",
    "Blink: {n} of {limit} requests in the last hour: {kinds}.",
)
KINDS = {
    RequestKind.LOOKS: Plural("{n} look for clips", "{n} looks for clips"),
    RequestKind.HOME: Plural("{n} look at the home", "{n} looks at the home"),
    RequestKind.USB: Plural("{n} for USB", "{n} for USB"),
    RequestKind.PICTURES: Plural("{n} picture", "{n} pictures"),
    RequestKind.VIDEOS: Plural("{n} video", "{n} videos"),
    RequestKind.ARCHIVE: Plural("{n} for older clips", "{n} for older clips"),
    RequestKind.ORDERS: Plural("{n} for commands", "{n} for commands"),
}
OLDER_LISTS = Sentence("Blink serves this account its older lists: events without video are missing.")
LEFT_OUT_CLIPS = Plural(
    "Left out of Blink's list of clips: {n} entry that can't be read.",
    "Left out of Blink's list of clips: {n} entries that can't be read.",
)
LEFT_OUT_DEVICES = Plural(
    "Left out of Blink's list of devices: {n} entry that can't be read.",
    "Left out of Blink's list of devices: {n} entries that can't be read.",
)
LEFT_OUT_USB = Plural(
    "Left out of a USB stick's list: {n} entry that can't be read.",
    "Left out of a USB stick's list: {n} entries that can't be read.",
)
LEFT_OUT_OTHERS = Plural(
    "Left out of Blink's other lists: {n} entry that can't be read.",
    "Left out of Blink's other lists: {n} entries that can't be read.",
)
LEFT_OUT = {
    **dict.fromkeys(("media", "media-changed"), LEFT_OUT_CLIPS),
    "homescreen": LEFT_OUT_DEVICES,
    **dict.fromkeys(("manifest", "local-storage-media"), LEFT_OUT_USB),
}
PACES = {
    None: Sentence("I check for clips every {length}."),
    SlowedBy.NOTHING_ARMED: Sentence("Nothing is armed, so I check for clips every {length}."),
    SlowedBy.MUTED: Sentence("Everything is muted, so I check for clips every {length}."),
    SlowedBy.BUDGET: Sentence("My requests to Blink are limited, so I check for clips every {length}."),
    SlowedBy.THROTTLED: Sentence("Next try in about {about}."),
    SlowedBy.FAILURES: Sentence("Next try in about {about}."),
}


def status(overview: Overview, locale: Locale) -> str:
    health = overview.health
    blocks = [_network(network, overview, locale) for network in overview.home.networks]
    if not blocks and health.last_good_poll:
        blocks = [NO_HOME()]
    if blocks and overview.home.networks and _is_old(overview, locale.now):
        blocks.insert(0, _how_old(overview.home_seen_at, locale.now))
    watch = _watch(health, locale.now, home_is_old=_is_old(overview, locale.now))
    blocks.append("\n".join([*watch, *_requests(health), *_left_out(health), signin.STATES[overview.sign_in]()]))
    return fitting("\n\n".join(blocks))


def _network(network: Network, overview: Overview, locale: Locale) -> str:
    action = ArmAction.ARM if network.armed else ArmAction.DISARM
    zone = locale.zone(network.id)
    modules = [each for each in overview.home.sync_modules if each.network_id == network.id and not each.online]
    cameras = [
        _camera(camera, overview.last_clips.get(camera.id), locale, zone)
        for camera in overview.home.cameras_of(network.id)
    ]
    return "\n".join(
        [
            _state(overview, locale)[action](name=bold(network.name)),
            *(MODULE_OFFLINE(name=name(module.name)) for module in modules),
            *(cameras or [NO_CAMERAS()]),
        ]
    )


def _camera(camera: Camera, last: Clip | None, locale: Locale, zone: tzinfo) -> str:
    icon = "🔔" if camera.family is Family.DOORBELL else "📷"
    facts = [] if camera.online else [OFFLINE()]
    facts.append(MOTION[camera.motion]() if camera.listed else UNLISTED())
    if camera.battery is not None:
        known = BATTERIES.get(camera.battery)
        facts.append(known() if known else f"🔋 {name(camera.battery)}")
    if camera.temperature_f is not None:
        facts.append(temperature(camera.temperature_f, zone))
    if camera.wifi_bars is not None:
        facts.append(f"📶 {camera.wifi_bars}/5")
    clip = LAST_CLIP(moment=locale.recent(last.recorded_at, zone)) if last else NO_CLIP()
    return f"\n{icon} {bold(camera.name)}\n{' · '.join(facts)}\n{clip}"


def _is_old(overview: Overview, now: datetime) -> bool:
    seen_at = overview.home_seen_at
    return seen_at is None or now - seen_at >= HOME_IS_OLD


def _how_old(seen_at: datetime | None, now: datetime) -> str:
    return HOME_UNDATED() if seen_at is None else HOME_UNSEEN(length=humanize(now - seen_at))


def _state(overview: Overview, locale: Locale) -> Mapping[ArmAction, Sentence]:
    return WAS if _is_old(overview, locale.now) else {action: order.done for action, order in ORDERS.items()}


def _requests(health: Health) -> list[str]:
    spending = health.spending
    if spending is None or spending.limit is None or not spending.total:
        return []
    kinds = [sentence(spending.by_kind[kind]) for kind, sentence in KINDS.items() if spending.by_kind.get(kind)]
    return [SPENT(spending.total, limit=spending.limit, kinds=joined(kinds, COMMA))]


def _left_out(health: Health) -> list[str]:
    """A line for each list that has entries that could not be read, and one where Blink serves the older lists."""
    entries: Counter[Plural] = Counter()
    for kind, count in health.left_out.items():
        entries[LEFT_OUT.get(kind.operation, LEFT_OUT_OTHERS)] += count
    lines = [sentence(count) for sentence, count in entries.items()]
    return [*lines, OLDER_LISTS()] if health.older_lists else lines


def _watch(health: Health, now: datetime, *, home_is_old: bool) -> list[str]:
    ago = now - health.last_good_poll if health.last_good_poll else None
    just_now = ago is not None and ago < JUST_NOW
    if ago is None:
        lines = [NOT_CONNECTED()]
    elif home_is_old:
        lines = [CLIPS_LISTED(length=humanize(ago))]
    else:
        lines = [ANSWERED_NOW() if just_now else ANSWERED(length=humanize(ago))]
    if health.failure:
        lines.append(f"⚠️ {escaped(cause(health.failure))}")
    if health.poll_interval:
        interval = timedelta(seconds=health.poll_interval)
        lines.append(PACES[health.slowed_by](length=humanize(interval), about=about(interval)))
    return lines


# -- /stats

DAYS_BACK = 30
BUSY_HOURS = 3  # Hours that are named as the busiest

COUNTING = Sentence("⏳ Counting…")
NOTHING = Sentence("Nothing in the last {days} days. /arm your home, and its clips are counted here.")
NO_PLOTS = Sentence("<i>Install the extra “plots” to get this as a picture.</i>")
MOST_AT = Plural(
    "📊 <b>{n} event in {days} days</b>, most at {camera}", "📊 <b>{n} events in {days} days</b>, most at {camera}"
)
ALL_AT = Plural("📊 <b>{n} event in {days} days</b>, at {camera}", "📊 <b>{n} events in {days} days</b>, at {camera}")
OF_PEOPLE = Plural("🚶 {n} event with people", "🚶 {n} events with people")
WITHOUT_VIDEO = Plural("🚫 {n} event without a video", "🚫 {n} events without a video")
USUALLY = Sentence("Usually here in {half}.")
USUALLY_AND = Sentence("Usually here in {half}, 9 of 10 within {ninety}.")
BUSIEST_HOURS = Sentence("<b>Busiest hours</b>: {hours}")
HOUR = Sentence("{hours} ({n})")
BY_WEEKDAY = Sentence("<b>By weekday</b>")
PER_DAY = Sentence("<b>Clips per day</b>")
OTHERS = Sentence("others")

CHART_WHEN = Sentence("When it happens")
CHART_HOUR = Sentence("hour of the day")
CHART_PER_DAY = Sentence("Clips per day")
CHART_CAMERA = Sentence("camera {n}")
CHART_DELAYS = Sentence("How long clips took to arrive")
CHART_NONE = Sentence("No clips were sent in these days")
CHART_HALF = Sentence("half within {length}")
CHART_NINETY = Sentence("90% within {length}")
CHART_SECONDS = Sentence("seconds")
CHART_LAST_BAR = Sentence("seconds (longer ones in the last bar)")


def caption(counts: Activity) -> str:
    return "\n".join([_headline(counts), *_of_these(counts), *_usual(counts.delays)])


def in_words(counts: Activity) -> str:
    parts = [
        "\n".join([_headline(counts), *_of_these(counts)]),
        *(_busiest_hours(counts), _by_weekday(counts), _by_camera(counts), *_usual(counts.delays)),
    ]
    return "\n\n".join(parts)


def chart_words(counts: Activity) -> ChartWords:
    delays = counts.delays
    return ChartWords(
        weekdays=tuple(weekday() for weekday in WEEKDAYS),
        days=tuple(day(each) for each in counts.days),
        when=CHART_WHEN(),
        hour=CHART_HOUR(),
        per_day=CHART_PER_DAY(),
        cameras=tuple(CHART_CAMERA(n=place) for place in range(1, len(counts.cameras) + 1)),
        others=OTHERS(),
        delays=CHART_DELAYS(),
        none=CHART_NONE(),
        half=CHART_HALF(length=delay(delays.median)) if delays else "",
        ninety=CHART_NINETY(length=delay(delays.ninety)) if delays else "",
        seconds=CHART_SECONDS(),
        last_bar=CHART_LAST_BAR(),
    )


def delay(seconds: float) -> str:
    return SECONDS(n=decimal(seconds)) if seconds < 10 else humanize(timedelta(seconds=seconds))


def _headline(counts: Activity) -> str:
    sentence = MOST_AT if len(counts.cameras) > 1 else ALL_AT
    return sentence(counts.total, days=DAYS_BACK, camera=bold(counts.cameras[0].name))


def _of_these(counts: Activity) -> list[str]:
    numbers = ((OF_PEOPLE, counts.of_people), (WITHOUT_VIDEO, counts.without_video))
    return [words(number) for words, number in numbers if number]


def _busiest_hours(counts: Activity) -> str:
    by_hour = Counter({hour: sum(row[hour] for row in counts.by_hour) for hour in range(HOURS)})
    busiest = [(timedelta(hours=hour), count) for hour, count in by_hour.most_common(BUSY_HOURS) if count]
    named = [HOUR(hours=hours(begin, begin + timedelta(hours=1)), n=count) for begin, count in busiest]
    return BUSIEST_HOURS(hours=joined(named, COMMA))


def _by_weekday(counts: Activity) -> str:
    rows = zip(WEEKDAYS, counts.by_hour, strict=True)
    return "\n".join([BY_WEEKDAY(), *table([(weekday(), sum(row)) for weekday, row in rows])])


def _by_camera(counts: Activity) -> str:
    lines = [f"{_name(camera)}: {decimal(sum(camera.by_day) / len(camera.by_day))}" for camera in counts.cameras]
    return "\n".join([PER_DAY(), *lines])


def _name(camera: CameraDays) -> str:
    return OTHERS() if camera.is_others else name(camera.name)


def _usual(delays: Delays | None) -> list[str]:
    if delays is None:
        return []
    half, ninety = delay(delays.median), delay(delays.ninety)
    return [USUALLY(half=half) if half == ninety else USUALLY_AND(half=half, ninety=ninety)]
