"""A Blink cloud on loopback, built from the protocol page alone: sign-in, REST, media, commands, faults on demand."""

from blinkbot.simulator.blinkcloud.clips import Clip
from blinkbot.simulator.blinkcloud.cloud import BlinkCloud
from blinkbot.simulator.blinkcloud.household import Camera, Family, Household, Network, Program, SyncModule, entry

__all__ = ["BlinkCloud", "Camera", "Clip", "Family", "Household", "Network", "Program", "SyncModule", "entry"]
