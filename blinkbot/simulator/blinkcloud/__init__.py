"""A Blink cloud on loopback, built from the protocol page alone: sign-in, REST, media, commands, faults on demand.

cloud.py         BlinkCloud: one account, its home, and the servers that speak for it
events.py        events of the home as verbs
faults.py        faults as verbs
middleware.py    the request log, planned faults and tokens, for every request
request_log.py   the requests that arrived, for tests
answers.py       the tools of the handlers; the JSON files that they fill in are in the folder bodies
endpoints/       what the cloud answers
state/           the account, its home, and its clips, commands and tokens
pictures/        what cameras see and record
liveview/        live view sessions
http_control.py  the control API
"""

from blinkbot.simulator.blinkcloud.cloud import BlinkCloud
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Family, Household, Network, entry

__all__ = ["BlinkCloud", "Camera", "Clip", "Family", "Household", "Network", "entry"]
