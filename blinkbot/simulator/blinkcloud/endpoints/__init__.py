"""What the Blink cloud answers, in groups as the protocol page has them.

account.py         what concerns the account and the service as a whole, not a device
camera_config.py   a camera's configuration as each family tells it
command_bodies.py  what Blink tells of a command, at its start and when it is polled
devices.py         what is asked of one camera, each family at its own addresses
homescreen.py      the homescreen: everything in one body
legacy_signin.py   the older way to sign in: one JSON call, a PIN, and a token for the TOKEN_AUTH header
media.py           clips and pictures: what changed, their bytes, and deleting them
networks.py        what is asked of a whole network: arming, the state of commands, its own settings
oauth.py           signing in
obsolete.py        operations the notes call obsolete; old clients still ask for them
schedules.py       programs: the weekly schedules that Blink's servers carry out
sirens.py          sirens of a network
usb_storage.py     clips on the sync module's USB stick
"""
