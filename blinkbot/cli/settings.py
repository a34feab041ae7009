"""The settings as a command gets them, and what is said of their mistakes."""

from pathlib import Path
from tomllib import TOMLDecodeError

from blinkbot.cli.terminal import tell
from blinkbot.config import Settings, config_file, load, usual_files
from blinkbot.errors import ConfigError, SettingFault, SettingProblem
from blinkbot.translations import Sentence

# What stands in the example file where one's own values belong.
EXAMPLE = {
    "telegram.token": "123456789:AAHxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "telegram.chats": (123456789,),
    "blink.email": "you@example.org",
    "blink.password": "your Blink password",
}

_MISTAKES = Sentence("These settings are not right yet:")
_MISTAKES_IN = Sentence("These settings in {file} are not right yet:")
_BEGIN = Sentence(
    "There's no settings file; I looked for {here} and {there}. Copy deploy/blinkbot.example.toml to begin, or try "
    "`blinkbot demo`, which needs no settings."
)
_READABLE = Sentence("Other users of this machine can read {file}. Keep it to yourself: chmod 600 {file}")

_MISSING = {
    "telegram.token": Sentence("Missing. Send /newbot to @BotFather in Telegram to get one."),
    "telegram.chats": Sentence("Missing. Put [1] here, start the bot and write to it: it tells you your chat id."),
    "blink.email": Sentence("Missing. It is the e-mail address of your Blink account."),
    "blink.password": Sentence("Missing. It is the password of your Blink account."),
}
_BLINK_URL = Sentence("Give an address such as https://example.org, without user name, ? or #.")
_WRONG = {
    "telegram.token": Sentence("This isn't a bot's token, such as 123456789:AAH… (@BotFather shows it)."),
    "telegram.chats": Sentence(
        "Give chat ids, which are numbers, such as [123456789]. To learn yours, put [1] here and write to the bot."
    ),
    "telegram.api_url": Sentence(
        "Give an address such as https://example.org, without user name, ? or #; http only in your own network."
    ),
    "blink.email": Sentence("This isn't an e-mail address."),
    "blink.password": Sentence("Give the password of your Blink account, in quotes."),
    "blink.oauth_url": _BLINK_URL,
    "blink.rest_url": _BLINK_URL,
    "blink.signin": Sentence("Choose oauth or legacy."),
    "blink.unverified_live_view": Sentence("Choose true or false."),
    "timezone": Sentence("There's no such time zone. Give one such as Europe/Berlin."),
    "data_dir": Sentence("Give a folder, such as /var/lib/blinkbot."),
}
_AT_LEAST = Sentence("Give a number of seconds, at least {least}.")
_AT_MOST = Sentence("Give a number of seconds, at most {most}.")
_NUMBER = Sentence("Give a number of seconds, without quotes or unit.")
_ZONE = Sentence("There's no such time zone. Did you mean {closest}?")
_SECTION = Sentence("This must be a section that starts with [{section}].")
_UNKNOWN = Sentence("There's no such setting. The README lists all of them.")
_UNKNOWN_CLOSE = Sentence("There's no such setting. Did you mean {closest}?")
_EXAMPLE = Sentence("This is still the example's value. Put in your own.")
_NO_FILE = Sentence("There's no file {file}.")
_NOT_TOML = Sentence("This isn't valid TOML: {error}")
_NOT_UTF8 = Sentence("This isn't text in UTF-8.")
_UNREADABLE = Sentence("This file can't be read: {reason}.")


def settings_for(option: Path | None) -> Settings:
    """The settings, when they are complete; warns of a file that others can read. Raises ConfigError."""
    settings = load(option)
    file = config_file(option)
    if untouched := _untouched(settings):
        raise ConfigError(untouched, file)
    if file and file.stat().st_mode & 0o077:
        tell(_READABLE(file=file))
    return settings


def mistakes(error: ConfigError) -> str:
    """Every mistake, a line each."""
    lines = [_MISTAKES_IN(file=error.file) if error.file else _MISTAKES()]
    lines += [f"  {problem.key}: {_sentence(problem)}" for problem in error.problems]
    if error.file is None and SettingFault.MISSING in {problem.fault for problem in error.problems}:
        here, there = usual_files()
        lines.append(_BEGIN(here=here, there=there))
    return "\n".join(lines)


def _untouched(settings: Settings) -> list[SettingProblem]:
    telegram, blink = settings.telegram, settings.blink
    values = (telegram.token.get_secret_value(), telegram.chats, blink.email, blink.password.get_secret_value())
    compared = zip(EXAMPLE.items(), values, strict=True)
    return [SettingProblem(key, SettingFault.EXAMPLE) for (key, example), value in compared if value == example]


def _sentence(problem: SettingProblem) -> str:
    match problem:
        case SettingProblem(key, SettingFault.MISSING):
            return _MISSING[key]()
        case SettingProblem(_, SettingFault.UNKNOWN, {"closest": closest}):
            return _UNKNOWN_CLOSE(closest=closest) if closest else _UNKNOWN()
        case SettingProblem(_, SettingFault.WRONG, {"ge": float(least)}):
            return _AT_LEAST(least=f"{least:g}")
        case SettingProblem(_, SettingFault.WRONG, {"le": float(most)}):
            return _AT_MOST(most=f"{most:g}")
        case SettingProblem(_, SettingFault.WRONG, {"closest": str(closest)}) if closest:
            return _ZONE(closest=closest)
        case SettingProblem(key, SettingFault.WRONG):
            sentence = _WRONG.get(key, _NUMBER if "." in key else _SECTION)
            return sentence(section=key)
        case SettingProblem(_, SettingFault.EXAMPLE):
            return _EXAMPLE()
        case SettingProblem(_, SettingFault.UNREADABLE, {"error": TOMLDecodeError() as error}):
            return _NOT_TOML(error=error)
        case SettingProblem(_, SettingFault.UNREADABLE, {"error": OSError() as error}):
            return _UNREADABLE(reason=error.strerror)
        case SettingProblem(_, SettingFault.UNREADABLE):
            return _NOT_UTF8()
    return _NO_FILE(**problem.facts)
