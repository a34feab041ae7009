"""JSON → domain.

fields.py     reading JSON objects field by field, with errors that name the field
home.py signin.py account.py devices.py camera_settings.py zones.py commands.py schedules.py media.py usb.py live.py
              what each group's bodies hold
"""
