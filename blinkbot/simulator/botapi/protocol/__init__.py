"""The Bot API's methods and parameters, and how it refuses.

errors.py        how the Bot API says no: a status, a description, and sometimes what to do about it
method_table.py  the methods the simulator knows, and their parameters
parameters.py    from the raw fields of a request to typed parameters, or to a refusal
"""
