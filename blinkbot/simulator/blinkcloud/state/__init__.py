"""The simulated account, its home, and what happens in it.

camera_settings.py  which of a camera's settings may be changed, and to what
clips.py            the clips an account has: recorded, still uploading, or deleted but not forgotten
commands.py         calls that reach a device: an immediate answer with an id, then states to poll
household.py        the simulated home
timestamps.py       times as Blink writes them
tokens.py           who is signed in
world.py            everything the handlers share: one account, its home, and what happens in it
"""
