"""JSON → domain.

fields.py  reading JSON objects field by field, with errors that name the field
home.py account.py devices.py live.py media.py schedules.py   what each group's bodies hold
"""
