"""From command to cloud: what an authorized chat may ask of the home, and the sign-in that it all rests on.

chat_control.py  what a chat may ask for, as a whole; base.py what its parts stand on
devices.py clips.py preferences.py  its parts
signin.py        signing in to Blink
"""
