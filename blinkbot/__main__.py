"""`python -m blinkbot`."""

from blinkbot.cli.main import main

if __name__ == "__main__":
    main(prog_name="blinkbot")
