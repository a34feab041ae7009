"""`python -m blinkbot`."""

from blinkbot.cli import main

if __name__ == "__main__":
    main(prog_name="blinkbot")
