"""The simulated account, its home, and what happens in it.

camera_settings.py  the settings of a camera that may be changed, and to what
clips.py            the clips of the account: recorded, still uploading, or deleted with a tombstone left
commands.py         the commands to devices: an immediate answer with an id, then states to poll
household.py        the simulated home; its example is in example_home.json
timestamps.py       times as Blink writes them
tokens.py           the clients that are signed in, and their tokens
world.py            the state behind the handlers: all of these for one account
"""
