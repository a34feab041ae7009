"""Cameras, networks and sync modules by id, else by name; a name that two of them have is not guessed (protocol §6)."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from blinkbot.blink import Operation
from blinkbot.cli.terminal import WrongUsage
from blinkbot.domain import Camera, Family, Home, Network, SyncModule
from blinkbot.translations import COMMA, OR, Plural, Sentence, joined

NO_FAMILY = Sentence("{operation}: family should be one of {families}.")
NOT_ABOUT_CAMERAS = Sentence("{operation} isn't about a camera: it takes no family.")
NEEDS_CAMERA = Sentence("{operation} needs camera=….")
OTHER_FAMILY = Sentence("{camera} is a {family}, and {operation} doesn't work with those.")
NO_PICTURE = Sentence("{camera} has no picture yet.")
WHICH_MODULE = Plural(
    "{network} has {n} sync module. Say which with sync_module=ID.",
    "{network} has {n} sync modules. Say which with sync_module=ID.",
)
SEVERAL = Sentence("Several are called {name}. Say which by its id: {ids}.")
NO_CAMERA = Sentence("There's no camera {name}. Known ones: {others}.")
NO_NETWORK = Sentence("There's no network {name}. Known ones: {others}.")
NO_MODULE = Sentence("There's no sync module {name}. Known ones: {others}.")

LookAtHome = Callable[[], Awaitable[Home]]  # Reads the homescreen; called only where it is needed
Thing = TypeVar("Thing", Camera, Network, SyncModule)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The texts with ids in place of names, the family of the camera that is meant, and that camera where looked up."""

    texts: dict[str, str]
    family: Family | None = None
    camera: Camera | None = None


def family_named(operation: Operation, word: str) -> Family:
    """A camera family by its word. Raises WrongUsage."""
    if word not in operation.families:
        sentence = NO_FAMILY if operation.families else NOT_ABOUT_CAMERAS
        raise WrongUsage(sentence(operation=operation.name, families=joined(list(operation.families), OR)))
    return Family(word)


async def resolve(operation: Operation, texts: dict[str, str], look: LookAtHome) -> Resolved:
    """Put ids in place of names, and fill in what follows from them. Raises WrongUsage for what is not there."""
    texts = dict(texts)
    if operation.families:
        return await _camera_call(operation, texts, look)
    if operation.name == "thumbnail" and "camera" in texts and "path" not in texts:
        return await _newest_picture(texts, look)
    takes = {argument.name for argument in operation.arguments()}
    if "sync_module" in takes:
        return Resolved(await _with_sync_module(texts, look))
    if "network" in takes and "network" in texts:
        return Resolved(await _with_network(texts, look))
    return Resolved(texts)


async def _camera_call(operation: Operation, texts: dict[str, str], look: LookAtHome) -> Resolved:
    if "camera" not in texts:
        raise WrongUsage(NEEDS_CAMERA(operation=operation.name))
    family = family_named(operation, texts.pop("family")) if "family" in texts else None
    if family and _is_id(texts["camera"]) and _is_id(texts.get("network", "")):
        return Resolved(texts, family)  # all is said, nothing has to be looked up
    home = await look()
    cameras = home.cameras
    if "network" in texts:
        network = find(NO_NETWORK, texts["network"], home.networks)
        cameras = tuple(home.cameras_of(network.id))
    camera = find(NO_CAMERA, texts["camera"], cameras)
    texts |= {"camera": str(camera.id), "network": str(camera.network_id)}
    family = family or camera.family
    if family not in operation.families:
        raise WrongUsage(OTHER_FAMILY(operation=operation.name, family=family.value, camera=camera.name))
    return Resolved(texts, family, camera)


async def _newest_picture(texts: dict[str, str], look: LookAtHome) -> Resolved:
    camera = find(NO_CAMERA, texts.pop("camera"), (await look()).cameras)
    if camera.picture is None:
        raise WrongUsage(NO_PICTURE(camera=camera.name))
    return Resolved({**texts, "path": camera.picture})


async def _with_network(texts: dict[str, str], look: LookAtHome) -> dict[str, str]:
    if _is_id(texts["network"]):
        return texts
    return {**texts, "network": str(find(NO_NETWORK, texts["network"], (await look()).networks).id)}


async def _with_sync_module(texts: dict[str, str], look: LookAtHome) -> dict[str, str]:
    if _is_id(texts.get("network", "")) and _is_id(texts.get("sync_module", "")):
        return texts
    if "network" not in texts and "sync_module" not in texts:
        return texts  # the caller complains
    home = await look()
    modules = home.sync_modules
    if "network" in texts:
        network = find(NO_NETWORK, texts["network"], home.networks)
        modules = tuple(module for module in modules if module.network_id == network.id)
        if "sync_module" not in texts and len(modules) == 1:
            texts = {**texts, "sync_module": str(modules[0].id)}
    if "sync_module" not in texts:
        raise WrongUsage(WHICH_MODULE(len(modules), network=texts["network"]))
    module = find(NO_MODULE, texts["sync_module"], modules)
    return {**texts, "sync_module": str(module.id), "network": str(module.network_id)}


def find(unknown: Sentence, word: str, things: Iterable[Thing]) -> Thing:
    """The one thing with this id, else this name, else this name in any case. Raises WrongUsage."""
    known = list(things)
    by_id = [thing for thing in known if str(thing.id) == word]
    by_name = [thing for thing in known if thing.name == word]
    loosely = [thing for thing in known if thing.name.casefold() == word.casefold()]
    found = by_id or by_name or loosely
    if not found:
        others = joined([f"{thing.name} ({thing.id})" for thing in known], COMMA) or "–"
        raise WrongUsage(unknown(name=word, others=others))
    if len(found) > 1:
        raise WrongUsage(SEVERAL(name=word, ids=joined([str(each.id) for each in found], OR)))
    return found[0]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()
