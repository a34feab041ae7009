"""From command to cloud: what an authorized chat may ask of the home, and the sign-in that it all rests on.

chat_control.py  all that a chat may ask for, put together
access.py        a chat's rights, which each part checks
networks.py      arming, disarming, sirens, schedules
cameras.py       pictures, live views, lights, Blink's own snooze
recordings.py    fetching and deleting clips
signin.py        signing in to Blink
"""

from blinkbot.control.chat_control import chat_controls
from blinkbot.control.signin import SignInService, fingerprint_of

__all__ = ["SignInService", "chat_controls", "fingerprint_of"]
