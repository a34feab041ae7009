"""The words of /mute, /unmute and /snooze. Pure; texts are HTML, labels and toasts plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from blinkbot.bot.text.formatting import bold, join_names, truncate
from blinkbot.bot.text.names import Noun
from blinkbot.bot.text.times import upcoming
from blinkbot.domain.preferences import EVERYTHING, Scope, Target
from blinkbot.translations import Sentence

MUTED = Sentence("🔕 {name} is muted here until {time}.")
ALL_MUTED = Sentence("🔕 Everything is muted here until {time}.")
CLIPS_STAY = Sentence("Clips stay in /clips.")
UNMUTED = Sentence("🔔 Alerts from {names} are back on.")
ALL_UNMUTED = Sentence("🔔 Alerts are back on.")
STILL_MUTED = Sentence("🔔 {name} is unmuted, but stays hidden:")
STILL_MUTED_TOAST = Sentence("🔕 {name} stays hidden by another mute: see /mute.")
NOT_MUTED = Sentence("🔔 {name} isn't muted here.")
NOTHING_MUTED = Sentence("🔔 Nothing is muted here.")
MUTE_ENDED = Sentence("🔔 Mute ended. Its camera or network is gone.")
GONE = Sentence("That camera or network is gone. /status shows what is there.")
SNOOZE_STAYS = Sentence("Blink's app may still be snoozed: {command} ends that.")

MUTE_EVERYTHING = Sentence("🔔 Nothing is muted. Mute everything for…")
MUTED_HERE = Sentence("🔕 Muted here:")
MUTED_UNTIL = Sentence("• {name} until {time}")
ALL_MUTED_UNTIL = Sentence("• <b>Everything</b> until {time}")

HOW_LONG = Sentence("🔕 Mute {name} here for…")
HOW_LONG_ALL = Sentence("🔕 Mute everything here for…")
HOW_LONG_BOTH = Sentence("💤 Mute {name} here and in Blink's app for…")
HOW_LONG_ALL_BOTH = Sentence("💤 Mute everything here and in Blink's app for…")
WHICH_TO_MUTE = (Sentence("Which one shall I mute for an hour?"), Sentence("Which one shall I mute until {time}?"))
WHICH_TO_SNOOZE = (
    Sentence("Which one shall I snooze for an hour?"),
    Sentence("Which one shall I snooze until {time}?"),
)
WHICH_TO_UNMUTE = Sentence("Which one shall I unmute?")
WHICH_TO_HEAR = Sentence("Which snooze shall I end?")
PAST = Sentence("That time has passed.")
NOUN = Noun(
    none=Sentence("There are no cameras or networks in your Blink account."),
    unknown=Sentence("There's no camera or network {name}. You have {names}."),
)

EVERYTHING_BUTTON = Sentence("Everything")
CAMERA_BUTTON = Sentence("📷 {name}")
NETWORK_BUTTON = Sentence("🏠 {name}")
UNMUTE_BUTTON = Sentence("🔔 Unmute {name}")
UNMUTE_ALL_BUTTON = Sentence("🔔 Unmute everything")
UNMUTE_HERE_BUTTON = Sentence("🔔 Unmute here")
END_BOTH_BUTTON = Sentence("🔔 End both")
ONE_HOUR = Sentence("1 h")
THREE_HOURS = Sentence("3 h")
UNTIL_SEVEN = Sentence("Until 07:00")
ONE_DAY = Sentence("1 day")
ALL_FOR = Sentence("🔕 All · {length}")
GONE_NAMES = {Scope.CAMERA: Sentence("(removed camera)"), Scope.NETWORK: Sentence("(removed network)")}

SNOOZING = Sentence("⏳ Snoozing Blink's app, too…")
SNOOZED = Sentence("💤 Blink's app is quiet until {time}.")
SNOOZED_LONGEST = Sentence("💤 Blink's app is quiet until {time}. It can't snooze longer.")
ENDING_SNOOZE = Sentence("⏳ Ending the snooze in Blink's app…")
SNOOZE_ENDED = Sentence("Blink's own notifications are back on.")
REST_SNOOZED = Sentence("The rest is quiet in Blink's app, too.")
NO_NETWORKS = Sentence("💤 There's nothing to snooze in Blink's app.")
MOTION_IS_OFF = Sentence("💤 Blink's app has nothing to silence: motion detection is off there.")
MOTION_IS_OFF_AT = Sentence("💤 Blink's app has nothing to silence at {network}: motion detection is off there.")
NOT_CHANGED = Sentence("⚠️ Blink's app wasn't changed. {why}")
NOT_CHANGED_AT = Sentence("⚠️ Blink's app wasn't changed for {network}. {why}")


@dataclass(frozen=True, slots=True)
class MuteTarget:
    """A target with its name, the label that tells it from all others, and the zone its times are told in. `gone`: it
    is not in the home any more."""

    target: Target
    name: str
    label: str
    zone: tzinfo
    gone: bool = False

    @property
    def is_everything(self) -> bool:
        return self.target == EVERYTHING

    @property
    def button(self) -> str:
        label = {Scope.CAMERA: CAMERA_BUTTON, Scope.NETWORK: NETWORK_BUTTON, Scope.ALL: EVERYTHING_BUTTON}
        return label[self.target.scope](name=self.label)

    @property
    def unmute_button(self) -> str:
        return UNMUTE_ALL_BUTTON() if self.is_everything else UNMUTE_BUTTON(name=self.label)


def muted(what: MuteTarget, until: datetime, now: datetime) -> str:
    return about(what, MUTED, ALL_MUTED, time=upcoming(until, now, what.zone))


def muted_toast(what: MuteTarget, until: datetime, now: datetime) -> str:
    """The same in plain text, for the top of the screen."""
    return (ALL_MUTED if what.is_everything else MUTED)(name=truncate(what.label), time=upcoming(until, now, what.zone))


def overview(mutes: Sequence[tuple[MuteTarget, datetime]], now: datetime) -> str:
    if not mutes:
        return MUTE_EVERYTHING()
    times = [(what, upcoming(until, now, what.zone)) for what, until in mutes]
    return "\n".join([MUTED_HERE(), *(about(what, MUTED_UNTIL, ALL_MUTED_UNTIL, time=time) for what, time in times)])


def unmuted(ended: Sequence[MuteTarget]) -> str:
    if any(what.is_everything for what in ended):
        return ALL_UNMUTED()
    names = [what.label for what in ended if not what.gone]
    return UNMUTED(names=join_names(names)) if names else MUTE_ENDED()


def not_muted(what: MuteTarget | None) -> str:
    return NOT_MUTED(name=bold(what.label)) if what and not what.is_everything else NOTHING_MUTED()


def no_such(wanted: str, names: Sequence[str]) -> str:
    return NOUN.no_such(wanted, names) if names else NOUN.none()


def about(what: MuteTarget, one: Sentence, everything: Sentence, **values: object) -> str:
    return (everything if what.is_everything else one)(name=bold(what.label), **values)
