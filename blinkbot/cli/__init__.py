"""The command line.

main.py            run, demo, check, api, simulate
settings.py        the settings as a command gets them; what is said of mistakes in them
check.py           `blinkbot check`: settings and both services, as a table
demo.py            `blinkbot demo`: everything simulated, with a phone in the browser
error_messages.py  what is said of an error
api/               `blinkbot api`: any operation of the Blink cloud
"""
