"""One operation: arguments in, JSON or a file out."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from blinkbot.blink import BlinkClient, Call, Operation, ResponseKind
from blinkbot.cli.api.arguments import operation_named, split, typed
from blinkbot.cli.api.live import save_live_view
from blinkbot.cli.api.resolve import Resolved, family_named, resolve
from blinkbot.cli.api.session import open_cloud
from blinkbot.cli.terminal import CommandFailed, WrongUsage
from blinkbot.config import Settings
from blinkbot.domain import Family
from blinkbot.logs import Redactor
from blinkbot.translations import Sentence

LIVE_SECONDS = 10.0
# The settings know them, and a command line shows what is on it to all users of the machine.
_FROM_SETTINGS = {"login-v5": ("email", "password")}
_PICTURES = ("thumbnail", "video-thumbnail")

NEEDS = Sentence("{operation} needs {name}=….")
NEEDS_FILE = Sentence("{operation} returns a file. Add --output FILE.")
NEEDS_LIVE = Sentence("--seconds is the length of a live view: use it with liveview and --output FILE.")
NO_CAMERA = Sentence("There's no camera {id}.")
NEEDS_YES = Sentence("{operation} deletes every clip on the USB stick for good. Add --yes if that is what you want.")
UNWRITABLE = Sentence("{path} can't be written: {reason}.")


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed; without `output` the answer is JSON on stdout. `seconds` is the length of a live view."""

    operation: Operation
    texts: Mapping[str, str]
    output: Path | None = None
    seconds: float | None = None

    @property
    def is_live_video(self) -> bool:
        return self.operation.name == "liveview" and self.output is not None


def request_of(
    name: str, words: Iterable[str], output: Path | None = None, seconds: float | None = None, *, yes: bool = False
) -> Request:
    """Understand what was typed, as far as that goes without asking Blink. Raises WrongUsage.

    `yes` is the second yes, without which nothing is deleted for good.
    """
    operation = operation_named(name)
    request = Request(operation, split(words), output, seconds)
    if operation.response is ResponseKind.BYTES and output is None:
        raise WrongUsage(NEEDS_FILE(operation=name))
    if seconds is not None and not request.is_live_video:
        raise WrongUsage(NEEDS_LIVE())
    _check_missing(request)
    _check_types(request)
    if operation.deletes_for_good and not yes:
        raise WrongUsage(NEEDS_YES(operation=name))
    return request


async def run(settings: Settings, request: Request, redactor: Redactor) -> str | None:
    """Send it; the JSON to print, None where a file was written. Raises WrongUsage, BlinkErrors, CommandFailed."""
    async with open_cloud(settings, redactor, signed_in=request.operation.needs_token) as cloud:
        texts = _with_credentials(request, settings, cloud)
        resolved = await resolve(request.operation, texts, cloud.home)
        if request.operation.name == "lights" and resolved.camera and resolved.family is Family.CAMERA:
            mount = resolved.texts.get("accessory") or str(await cloud.light_mount(resolved.camera))
            resolved = replace(resolved, texts={**resolved.texts, "accessory": mount})
        return await _answer(request, resolved, cloud)


async def _answer(request: Request, resolved: Resolved, cloud: BlinkClient) -> str | None:
    call = _call(request.operation, resolved)
    if request.output is None:
        return _json(await cloud.call(call))
    try:
        await _into_file(request, resolved, call, cloud, request.output)
    except OSError as error:
        raise CommandFailed(UNWRITABLE(path=request.output, reason=error.strerror)) from error
    return None


async def _into_file(request: Request, resolved: Resolved, call: Call, cloud: BlinkClient, output: Path) -> None:
    if request.is_live_video:
        camera = resolved.camera or (await cloud.home()).camera(int(resolved.texts["camera"]))
        if camera is None:
            raise WrongUsage(NO_CAMERA(id=resolved.texts["camera"]))
        await save_live_view(cloud, camera, request.seconds or LIVE_SECONDS, output)
    elif request.operation.name in _PICTURES:
        _write(output, await cloud.jpeg(call))
    elif request.operation.response is ResponseKind.BYTES:
        await cloud.download(call, output)
    else:
        _write(output, (_json(await cloud.call(call)) + "\n").encode())


def _call(operation: Operation, resolved: Resolved) -> Call:
    said = typed(operation, resolved.family, resolved.texts)
    for argument in operation.arguments(resolved.family):
        if argument.required and argument.name not in said.values:
            raise WrongUsage(NEEDS(operation=operation.name, name=argument.name))
    return Call(operation, said.values, resolved.family, said.extra or None)


def _check_missing(request: Request) -> None:
    """What no look at the home could fill in has to be there from the start."""
    operation, given = request.operation, set(request.texts)
    filled = set(_FROM_SETTINGS.get(operation.name, ()))
    if operation.families:
        filled |= {"network"}
    elif given & {"network", "sync_module"} and "sync_module" in {each.name for each in operation.arguments()}:
        filled |= {"network", "sync_module"}
    if operation.name == "thumbnail" and "camera" in given:
        filled |= {"path"}
    for argument in operation.arguments(_families(request)[0]):
        everywhere = all(argument in operation.arguments(family) for family in _families(request))
        if argument.required and everywhere and argument.name not in given | filled:
            raise WrongUsage(NEEDS(operation=operation.name, name=argument.name))


def _check_types(request: Request) -> None:
    """The values have to fit one family at least. Names are not looked up yet."""
    named = {"camera", "network", "sync_module", "family"} if request.operation.families else {"network", "sync_module"}
    if request.operation.name == "thumbnail":
        named |= {"camera"}
    texts = {name: text for name, text in request.texts.items() if name not in named}
    wrong: list[WrongUsage] = []
    for family in _families(request):
        try:
            typed(request.operation, family, texts)
        except WrongUsage as error:
            wrong.append(error)
        else:
            return
    raise wrong[0]


def _families(request: Request) -> tuple[Family | None, ...]:
    if not request.operation.families:
        return (None,)
    if "family" in request.texts:
        return (family_named(request.operation, request.texts["family"]),)
    return request.operation.families


def _with_credentials(request: Request, settings: Settings, cloud: BlinkClient) -> dict[str, str]:
    if request.operation.name not in _FROM_SETTINGS:
        return dict(request.texts)
    own = {
        "email": settings.blink.email,
        "password": settings.blink.password.get_secret_value(),
        "unique_id": cloud.hardware_id,
    }
    return {**own, **request.texts}


def _write(output: Path, data: bytes) -> None:
    """All of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
        partial = Path(file.name)
        try:
            file.write(data)
            file.flush()
            partial.replace(output)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _json(body: object) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False)
