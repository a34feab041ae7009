"""The text of /status. Pure; every name is escaped."""

from datetime import datetime, timedelta, tzinfo

from blinkbot.bot.text.devices import ORDERS
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import about, bold, escaped, fitting, moment, name, span, temperature
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import (
    ArmAction,
    Camera,
    Clip,
    Family,
    Health,
    Network,
    Overview,
    Power,
    SignInState,
    SlowedBy,
)
from blinkbot.translations import Sentence

NO_HOME = Sentence("I haven't seen your home yet.")
NO_CAMERAS = Sentence("No cameras here.")
MODULE_OFFLINE = Sentence("⚠️ Sync module {name} is offline")

OFFLINE = Sentence("⚠️ offline")
MOTION = {True: Sentence("motion on"), False: Sentence("motion off")}
BATTERIES: dict[str, Sentence] = {Power.OK: Sentence("🔋 OK"), Power.LOW: Sentence("🪫 low")}
LAST_CLIP = Sentence("last clip {moment}")
NO_CLIP = Sentence("no clip yet")

NOT_CONNECTED = Sentence("Not connected to Blink yet.")
ANSWERED = Sentence("Blink answered {length} ago.")
PACES = {
    None: Sentence("I check for clips every {length}."),
    SlowedBy.NOTHING_ARMED: Sentence("Nothing is armed, so I check for clips every {length}."),
    SlowedBy.THROTTLED: Sentence("Next try in about {about}."),
    SlowedBy.FAILURES: Sentence("Next try in about {about}."),
}
SIGN_IN_STATES = {
    SignInState.SIGNED_IN: Sentence("✅ Signed in to Blink."),
    SignInState.SIGNED_OUT: Sentence("⚠️ Not signed in to Blink. /signin does that."),
    SignInState.SIGNING_IN: Sentence("⏳ Signing in to Blink…"),
    SignInState.PIN_NEEDED: Sentence("✉️ Blink has sent a code. Send it to me in a private chat."),
}


def status(overview: Overview, locale: Locale) -> str:
    """Everything /status tells."""
    health = overview.health
    blocks = [_network(network, overview, locale) for network in overview.home.networks]
    if not blocks and health.last_good_poll:
        blocks = [NO_HOME()]
    blocks.append("\n".join([*_watch(health, locale.now), SIGN_IN_STATES[overview.sign_in]()]))
    return fitting("\n\n".join(blocks))


def _network(network: Network, overview: Overview, locale: Locale) -> str:
    action = ArmAction.ARM if network.armed else ArmAction.DISARM
    zone = locale.zone(network.id)
    modules = [each for each in overview.home.sync_modules if each.network_id == network.id and not each.online]
    cameras = [
        _camera(camera, overview.last_clips.get(camera.id), locale.now, zone)
        for camera in overview.home.cameras_of(network.id)
    ]
    return "\n".join(
        [
            ORDERS[action].done(name=bold(network.name)),
            *(MODULE_OFFLINE(name=name(module.name)) for module in modules),
            *(cameras or [NO_CAMERAS()]),
        ]
    )


def _camera(camera: Camera, last: Clip | None, now: datetime, zone: tzinfo) -> str:
    icon = "🔔" if camera.family is Family.DOORBELL else "📷"
    facts = [] if camera.online else [OFFLINE()]
    facts.append(MOTION[camera.motion]())
    if camera.battery is not None:
        known = BATTERIES.get(camera.battery)
        facts.append(known() if known else f"🔋 {name(camera.battery)}")
    if camera.temperature_f is not None:
        facts.append(temperature(camera.temperature_f, zone))
    if camera.wifi_bars is not None:
        facts.append(f"📶 {camera.wifi_bars}/5")
    clip = LAST_CLIP(moment=moment(last.recorded_at, now, zone)) if last else NO_CLIP()
    return f"\n{icon} {bold(camera.name)}\n{' · '.join(facts)}\n{clip}"


def _watch(health: Health, now: datetime) -> list[str]:
    lines = [ANSWERED(length=span(now - health.last_good_poll)) if health.last_good_poll else NOT_CONNECTED()]
    if health.failure:
        lines.append(f"⚠️ {escaped(complaint(health.failure))}")
    if health.poll_interval:
        interval = timedelta(seconds=health.poll_interval)
        lines.append(PACES[health.slowed_by](length=span(interval), about=about(interval)))
    return lines
