"""The labels of the buttons under a clip, and of those that stand in several places. Plain text."""

from blinkbot.domain import Origin
from blinkbot.translations import Sentence

LIVE = Sentence("🔴 Live")
NEW_PICTURE = Sentence("📷 New picture")
LIGHT = Sentence("💡 Light")
SIREN = Sentence("🚨 Siren")
MUTE = Sentence("🔕 Mute 1 h")
UNMUTE = Sentence("🔔 Unmute")
DISARM = Sentence("🔓 Disarm")
MORE = Sentence("⋯ More")
BACK = Sentence("‹ Back")

SHEET = Sentence("🖼 Contact sheet")
FILE = Sentence("📎 As a file")
DELETE = {
    Origin.CLOUD: Sentence("🗑 Delete from Blink"),
    Origin.USB: Sentence("🗑 Delete from the USB stick"),
}
DELETED = {
    Origin.CLOUD: Sentence("🗑 Deleted from Blink"),
    Origin.USB: Sentence("🗑 Deleted from the USB stick"),
}
DO_DELETE = {
    Origin.CLOUD: Sentence("🗑 Yes, delete from Blink"),
    Origin.USB: Sentence("🗑 Yes, delete from the USB stick"),
}
KEEP = Sentence("‹ No, keep it")
DELETING = Sentence("⏳ Deleting…")
