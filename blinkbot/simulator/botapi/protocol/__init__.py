"""The Bot API's methods and parameters, and how it refuses.

errors.py        the refusals of the Bot API
method_table.py  the methods that the simulator knows, and their parameters
parameters.py    the parameters of a call: raw fields become typed values, or a refusal
"""
