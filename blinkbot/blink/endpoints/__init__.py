"""The client's methods in groups.

base.py  what the groups stand on
account.py networks.py schedules.py cameras.py media.py usb_storage.py
"""
