"""From command to cloud: what an authorized chat may ask of the home, and the sign-in that it all rests on.

chat_control.py  all that a chat may ask for; base.py what its parts stand on
clips.py         fetching and deleting clips
devices.py       live views, lights, sirens, Blink's own snooze
signin.py        signing in to Blink
"""

from blinkbot.control.base import ControlContext
from blinkbot.control.chat_control import ChatControls
from blinkbot.control.signin import SignInService, fingerprint_of

__all__ = ["ChatControls", "ControlContext", "SignInService", "fingerprint_of"]
