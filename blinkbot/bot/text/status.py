"""What is said of the home: domain values in, HTML texts out. Pure; every name is escaped."""

from datetime import datetime, timedelta, tzinfo

from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import (
    bold,
    cut,
    escaped,
    fitting,
    moment,
    name,
    network_zone,
    span,
    temperature,
    timestamp,
)
from blinkbot.domain import (
    ArmAction,
    Camera,
    Clip,
    CommandResult,
    Family,
    Health,
    Home,
    Network,
    Outcome,
    Overview,
    Picture,
    Power,
    SignInState,
    SlowedBy,
)
from blinkbot.translations import Sentence

LOCKS = {ArmAction.ARM: "🔒", ArmAction.DISARM: "🔓"}
STATES = {ArmAction.ARM: "armed", ArmAction.DISARM: "disarmed"}

BATTERIES: dict[str, str] = {Power.OK: "🔋 OK", Power.LOW: "🪫 low"}


def switching(action: ArmAction, network: Network) -> str:
    """While a network is being armed or disarmed."""
    return f"⏳ {'Arming' if action is ArmAction.ARM else 'Disarming'} {bold(network.name)}…"


def switched(action: ArmAction, network: Network, result: CommandResult, waited: float) -> str:
    """How it ended; `waited` is in seconds."""
    match result.outcome:
        case Outcome.DONE:
            return f"{LOCKS[action]} {bold(network.name)} is {STATES[action]}"
        case Outcome.REFUSED:
            return f"⚠️ {bold(network.name)} was not {STATES[action]}: {blinks_word(result)}"
        case Outcome.UNKNOWN:
            return (
                f"❓ Blink hasn't confirmed after {round(waited)} s that {bold(network.name)} is {STATES[action]}."
                " /status will tell."
            )


def blinks_word(result: CommandResult) -> str:
    """Why Blink refused, in its own words where it gave any."""
    return f"Blink says “{escaped(cut(result.message, 200))}”" if result.message else "Blink refused without a reason."


def status(overview: Overview, now: datetime, fallback: str) -> str:
    """Everything /status tells; `fallback` is the configured zone's name."""
    blocks = [_network(network, overview, now, fallback) for network in overview.home.networks]
    if not blocks:
        blocks = ["I have not seen the home yet."]
    blocks.append("\n".join(_watch(overview.health, overview.sign_in, now)))
    return fitting("\n\n".join(blocks))


def picture_caption(picture: Picture, home: Home, now: datetime, fallback: str) -> str:
    """Under a picture that was just taken."""
    where = f"{name(picture.network.name)} · " if len(home.networks) > 1 else ""
    at = timestamp(picture.taken_at, now, network_zone(picture.network, fallback))
    return f"📷 {bold(picture.camera.name)}\n{where}{at}"


def _network(network: Network, overview: Overview, now: datetime, fallback: str) -> str:
    action = ArmAction.ARM if network.armed else ArmAction.DISARM
    zone = network_zone(network, fallback)
    lines = [f"{LOCKS[action]} {bold(network.name)} is {STATES[action]}"]
    for module in overview.home.sync_modules:
        if module.network_id == network.id and not module.online:
            lines.append(f"⚠️ sync module {name(module.name)} is offline")
    cameras = [
        _camera(camera, overview.last_clips.get(camera.id), now, zone)
        for camera in overview.home.cameras_of(network.id)
    ]
    return "\n".join([*lines, *(cameras or ["no cameras"])])


def _camera(camera: Camera, last: Clip | None, now: datetime, zone: tzinfo) -> str:
    icon = "🔔" if camera.family is Family.DOORBELL else "📷"
    facts = [] if camera.online else ["⚠️ offline"]
    facts.append("motion on" if camera.motion else "motion off")
    if camera.battery is not None:
        facts.append(BATTERIES.get(camera.battery, f"🔋 {name(camera.battery)}"))
    if camera.temperature_f is not None:
        facts.append(temperature(camera.temperature_f, zone))
    if camera.wifi_bars is not None:
        facts.append(f"📶 {camera.wifi_bars}/5")
    clip = f"last clip {moment(last.recorded_at, now, zone)}" if last else "no clip yet"
    return f"\n{icon} {bold(camera.name)}\n{' · '.join(facts)}\n{clip}"


def _watch(health: Health, sign_in: SignInState, now: datetime) -> list[str]:
    lines = []
    if health.last_good_poll is None:
        lines.append("Blink has not answered yet.")
    else:
        lines.append(f"Blink answered {span(now - health.last_good_poll)} ago.")
    if health.failure:
        lines.append(f"⚠️ {escaped(complaint(health.failure))}")
    if health.poll_interval:
        lines.append(PACES[health.slowed_by](time=span(timedelta(seconds=health.poll_interval))))
    lines.append(SIGN_IN[sign_in])
    return lines


SIGN_IN = {
    SignInState.SIGNED_IN: "✅ Signed in to Blink.",
    SignInState.SIGNED_OUT: "⚠️ Not signed in to Blink. /signin does that.",
    SignInState.SIGNING_IN: "⏳ Signing in to Blink…",
    SignInState.PIN_NEEDED: "✉️ Blink has sent a code. Send it to me in a private chat.",
}

PACES = {
    None: Sentence("I look for clips every {time}."),
    SlowedBy.NOTHING_ARMED: Sentence("Nothing is armed, so I look for clips every {time}."),
    SlowedBy.THROTTLED: Sentence("Next try in about {time}."),
    SlowedBy.FAILURES: Sentence("Next try in about {time}."),
}
