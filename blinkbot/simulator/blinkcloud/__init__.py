"""A Blink cloud on loopback, built from the protocol page alone: sign-in, REST, media, commands, faults on demand.

cloud.py         BlinkCloud: one account, its home, and the servers that speak for it
events.py        what happens in the home, as verbs; faults.py what goes wrong on purpose
middleware.py    what stands before every handler; request_log.py what was asked, for tests
answers.py       what handlers share: filling in the bodies of the folder bodies/, reading, refusing as Blink does
endpoints/       what the cloud answers
state/           the account, its home, and what happens in it
pictures/        what cameras see and record
liveview/        live view sessions
http_control.py  the verbs over HTTP
"""

from blinkbot.simulator.blinkcloud.cloud import BlinkCloud
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Family, Household, Network, entry

__all__ = ["BlinkCloud", "Camera", "Clip", "Family", "Household", "Network", "entry"]
