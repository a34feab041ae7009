"""Buttons.

callbacks.py       what buttons mean; callback_data.py how they say it
keyboards.py       buttons in rows
clip_keyboards.py  the buttons under a clip
open_keyboards.py  which of them stand there now
"""
