"""What the Blink cloud answers, in groups as the protocol page has them.

account.py         the account and the service as a whole
camera_config.py   a camera's configuration as each family tells it
command_bodies.py  the bodies of commands, at their start and when they are polled
devices.py         the operations of one camera, each family at its own addresses
homescreen.py      the homescreen: everything in one body
legacy_signin.py   the older way to sign in: one JSON call, a PIN, and a token for the TOKEN_AUTH header
media.py           clips and pictures: what changed, their bytes, and deleting them
networks.py        the operations of a network: arming, the state of commands, its own settings
oauth.py           signing in
obsolete.py        the obsolete operations, which old clients still use
routing.py         the base of all endpoints, and their routes
schedules.py       programs: the weekly schedules that Blink's servers carry out
sirens.py          sirens of a network
usb_storage.py     clips on the sync module's USB stick
"""
