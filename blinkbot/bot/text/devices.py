"""What is said of networks, cameras, lights and sirens that are told to do something. Pure; texts are HTML."""

from dataclasses import dataclass
from datetime import timedelta

from blinkbot.bot.text.error_messages import complaint, is_offline
from blinkbot.bot.text.formatting import bold, escaped, name, span
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.names import Noun
from blinkbot.domain import ArmAction, Camera, Network, Picture
from blinkbot.translations import Sentence


@dataclass(frozen=True, slots=True)
class Order:
    """What is said of an order to Blink: while it is carried out, and how it ended."""

    doing: Sentence
    done: Sentence
    failed: Sentence
    unconfirmed: Sentence

    def failure(self, name: str, error: Exception) -> str:
        """It was not done, because of an error."""
        return self.failed(name=bold(name), why=escaped(complaint(error)))

    def doubt(self, name: str, waited: timedelta) -> str:
        """Nothing is known of it after so long."""
        return self.unconfirmed(name=bold(name), wait=span(waited))


# -- networks

NETWORK = Noun(
    none=Sentence("Blink shows no network in your account."),
    unknown=Sentence("There's no network {name}. You have {names}."),
)
ORDERS = {
    ArmAction.ARM: Order(
        doing=Sentence("⏳ Arming {name}…"),
        done=Sentence("🔒 {name} is armed"),
        failed=Sentence("⚠️ Couldn't arm {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that {name} is armed. /status will tell."),
    ),
    ArmAction.DISARM: Order(
        doing=Sentence("⏳ Disarming {name}…"),
        done=Sentence("🔓 {name} is disarmed"),
        failed=Sentence("⚠️ Couldn't disarm {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that {name} is disarmed. /status will tell."),
    ),
}
LOCKS = {ArmAction.ARM: "🔒", ArmAction.DISARM: "🔓"}
WHICH_NETWORK = {
    ArmAction.ARM: Sentence("Which network shall I arm?"),
    ArmAction.DISARM: Sentence("Which network shall I disarm?"),
}
LATE_DISARM = Sentence("⏸ You asked for this while I was away. Which network shall I disarm?")
ALL_NETWORKS = {ArmAction.ARM: Sentence("🔒 All"), ArmAction.DISARM: Sentence("🔓 All")}

# -- pictures

CAMERA = Noun(
    none=Sentence("Blink shows no camera in your account."),
    unknown=Sentence("There's no camera {name}. You have {names}."),
)
WHICH_CAMERA = Sentence("Which camera?")
ALL_CAMERAS = Sentence("📷 All")
AGAIN = Sentence("📷 Again")
PICTURE = Sentence("📷 Picture")
TRY_AGAIN = Sentence("🔄 Try again")
ASKING = Sentence("⏳ Asking {camera} for a picture…")
NO_PICTURE = Sentence("⚠️ No picture from {camera}. {why}")
OFFLINE = Sentence("⚠️ No picture: {camera} is offline.")


def no_picture(camera: Camera, error: Exception) -> str:
    """Why a camera took no picture."""
    if is_offline(error):
        return OFFLINE(camera=bold(camera.name))
    return NO_PICTURE(camera=bold(camera.name), why=escaped(complaint(error)))


def picture_caption(picture: Picture, locale: Locale) -> str:
    """Under a picture that was just taken."""
    zone = locale.zone(picture.network.id)
    return f"📷 {bold(picture.camera.name)}\n{_place(picture.network, locale)}{locale.time(picture.taken_at, zone)}"


# -- live views

LIVE_AGAIN = Sentence("🔴 Again")
WAKING = Sentence("🔴 Waking {camera}…")
RECORDING = Sentence("🔴 Recording {camera} for {length}…")
LIVE_VIEW = Sentence("🔴 {camera} — live view")
NO_LIVE_VIEW = Sentence("⚠️ No live view from {camera}. {why}")
NOTHING_CAME = Sentence("Nothing that can be played came. Try again in a minute.")


def live_caption(camera: Camera, locale: Locale) -> str:
    """Under a live view that was just recorded."""
    network = locale.home.network(camera.network_id)
    at = locale.time(locale.now, locale.zone(camera.network_id))
    return f"{LIVE_VIEW(camera=bold(camera.name))}\n{_place(network, locale)}{at}"


def _place(network: Network | None, locale: Locale) -> str:
    return f"{name(network.name)} · " if network and locale.several_networks else ""


# -- lights

LIGHT = Noun(
    none=Sentence("None of your cameras has a light."),
    unknown=Sentence("There's no light at {name}. You have lights at {names}."),
)
WHICH_LIGHT = Sentence("Which light?")
LIGHT_BUTTON = {True: Sentence("💡 {name} on"), False: Sentence("🌑 {name} off")}
LIGHT_SWITCH = {True: Sentence("💡 Turn on"), False: Sentence("🌑 Turn off")}
LIGHTS = {
    True: Order(
        doing=Sentence("⏳ Turning on the light at {name}…"),
        done=Sentence("💡 Light on at {name}"),
        failed=Sentence("⚠️ Couldn't turn on the light at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the light at {name} is on."),
    ),
    False: Order(
        doing=Sentence("⏳ Turning off the light at {name}…"),
        done=Sentence("🌑 Light off at {name}"),
        failed=Sentence("⚠️ Couldn't turn off the light at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the light at {name} is off."),
    ),
}

# -- sirens

SIREN = Noun(
    none=Sentence("None of your networks has a siren."),
    unknown=Sentence("There's no siren at {name}. You have sirens at {names}."),
)
WHICH_SIREN = Sentence("Which siren?")
SURE = Sentence("🚨 Sound the siren at {name} for {length}?")
YES = Sentence("🚨 Yes, sound it")
NO = Sentence("No")
SILENCE = Sentence("🔇 Turn off")
CANCELLED = Sentence("👌 OK, cancelled.")
SIRENS = {
    True: Order(
        doing=Sentence("⏳ Turning on the siren at {name}…"),
        done=Sentence("🚨 Siren on at {name}, stops at {time}"),
        failed=Sentence("⚠️ Couldn't turn on the siren at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the siren at {name} is on."),
    ),
    False: Order(
        doing=Sentence("⏳ Turning off the siren at {name}…"),
        done=Sentence("🔇 Siren off at {name}"),
        failed=Sentence("⚠️ Couldn't turn off the siren at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the siren at {name} is off."),
    ),
}
