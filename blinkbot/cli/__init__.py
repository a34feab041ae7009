"""The command line, and all that is said on a terminal.

main.py            run, demo, check, api, simulate
terminal.py        what they have in common: the language, messages beside the output, translated help
settings.py        the settings as a command gets them; what is said of mistakes in them
error_messages.py  what is said of an error
check.py           `blinkbot check`: settings and both services, as a table; footprint.py what the bot loads
demo.py            `blinkbot demo`: everything simulated, with a phone in the browser
simulate.py        `blinkbot simulate`: the simulators alone
api/               `blinkbot api`: any operation of Blink's protocol
"""
