"""Blink's operations.

operations.py  the table: name, method, path per camera family, arguments, body
operation.py   what a row of that table is, and how it becomes a request
codes.py       what the codes in bodies mean
"""
