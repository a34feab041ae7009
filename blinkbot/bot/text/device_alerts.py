"""What a chat is told when a device is offline or its battery is low, and when that is over. In HTML."""

from blinkbot.bot.text.formatting import bold, humanize
from blinkbot.bot.text.locale import Locale
from blinkbot.domain.deliveries import DeviceAlert, DeviceIssueKind
from blinkbot.translations import Sentence

BEGAN = {
    DeviceIssueKind.CAMERA_OFFLINE: Sentence("📵 {device} has been offline since {time}."),
    DeviceIssueKind.MODULE_OFFLINE: Sentence("📵 {device} has been offline since {time}. Its cameras can't record."),
    DeviceIssueKind.BATTERY_LOW: Sentence("🪫 Low battery: {device}. Change it soon."),
}
BACK_ONLINE = Sentence("✅ {device} is back online. It was offline for {length}.")
BATTERY_FINE = Sentence("🔋 Battery OK again: {device}.")


def text(alert: DeviceAlert, locale: Locale) -> str:
    issue = alert.issue
    device = bold(issue.name)
    network = locale.home.network(issue.network_id)
    if issue.kind is DeviceIssueKind.MODULE_OFFLINE and network and locale.several_networks:
        device = f"{device} ({bold(network.name)})"
    if alert.ended_at is None:
        return BEGAN[issue.kind](device=device, time=locale.time(alert.begun_at, locale.zone(issue.network_id)))
    if issue.kind is DeviceIssueKind.BATTERY_LOW:
        return BATTERY_FINE(device=device)
    return BACK_ONLINE(device=device, length=humanize(alert.ended_at - alert.begun_at))
