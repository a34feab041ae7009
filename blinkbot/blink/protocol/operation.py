"""What a row of the operations table is, and how it becomes a request."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urlencode

from blinkbot.domain import Family

FILLED_IN = ("account", "client")  # placeholders that the client knows by itself

_OPTIONAL_PART = re.compile(r"\[([^]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class ArgumentKind(StrEnum):
    INTEGER = "integer"
    TEXT = "text"
    FLAG = "true or false"
    INTEGERS = "integers"
    JSON = "JSON"
    PATH = "path"


class ResponseKind(StrEnum):
    """What comes back: JSON, JSON that starts a command to be waited for (protocol §5), or bytes."""

    JSON = "JSON"
    COMMAND = "command"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; `choices` empty: any value of its kind. `default` is sent where an optional one is not given."""

    name: str
    kind: ArgumentKind = ArgumentKind.INTEGER
    required: bool = True
    choices: tuple[int | str, ...] = ()
    default: int | str | None = None


Template = Mapping[str, object]  # JSON of a body or query; an Argument stands for its value, or drops out without one


@dataclass(frozen=True, slots=True)
class Route:
    """Method and path. A part of the path in [brackets] goes away when its argument is not given."""

    method: str
    path: str
    body: Template | None = None
    query: Template = field(default_factory=dict)
    written: Template | None = None  # of an address that is read and written: any of these given makes it a POST


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to be sent: `path` with its query, from the first slash on."""

    method: str
    path: str
    body: object | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the Blink cloud (protocol §4)."""

    name: str
    routes: Mapping[Family | None, Route]  # by family; the key None: families make no difference
    protocol: str = "§4"
    response: ResponseKind = ResponseKind.JSON
    needs_token: bool = True
    success: tuple[int, ...] = ()  # codes that an answer may carry and still be fine (protocol §11)
    repeatable: bool = False  # twice does no more than once: retried even when the first try may have arrived
    open_body: bool = False  # further body fields may be given
    headers: Mapping[str, str] = field(default_factory=dict)  # beside the usual ones
    obsolete: bool = False  # Blink's notes call it so
    deletes_for_good: bool = False  # what it takes away is kept nowhere else: people are asked for a second yes
    group: str = ""

    @property
    def families(self) -> tuple[Family, ...]:
        """The camera families that have it; empty where it is not about a camera."""
        return tuple(family for family in self.routes if family is not None)

    @property
    def wants_client(self) -> bool:
        """Whether this client's number stands in its path."""
        return any("{client}" in route.path for route in self.routes.values())

    def route(self, family: Family | None = None) -> Route:
        """The route for a family. Raises ValueError where that family has none."""
        found = self.routes.get(family) or self.routes.get(None)
        if found is None:
            raise ValueError(f"{self.name} does not exist for a {family or 'network'}")
        return found

    def arguments(self, family: Family | None = None) -> tuple[Argument, ...]:
        """What has to or may be given, each once, the path's first."""
        route = self.route(family)
        found = [
            *_path_arguments(route.path),
            *_template_arguments(route.query),
            *_template_arguments(route.body),
            *_template_arguments(route.written),
        ]
        return tuple({argument.name: argument for argument in reversed(found)}.values())[::-1]

    def may_repeat(self, family: Family | None = None) -> bool:
        return self.repeatable or self.route(family).method == "GET"

    def prepare(
        self, values: Mapping[str, object], family: Family | None = None, extra: Mapping[str, object] | None = None
    ) -> Prepared:
        """The request for these values, `account` and `client` among them. Raises ValueError that names one."""
        route = self.route(family)
        self._check(values, family, extra)
        method, template = route.method, route.body
        if written := _filled(route.written or {}, values):
            method, template = "POST", written
        body = None if template is None and not extra else {**_filled(template or {}, values), **(extra or {})}
        path = _path(route.path, values)
        query = urlencode({name: str(value) for name, value in _filled(route.query, values).items()})
        return Prepared(method, f"{path}?{query}" if query else path, body)

    def _check(self, values: Mapping[str, object], family: Family | None, extra: Mapping[str, object] | None) -> None:
        known = {argument.name: argument for argument in self.arguments(family)}
        for name, argument in known.items():
            if argument.required and values.get(name) is None:
                raise ValueError(f"{self.name} needs {name}")
        for name in FILLED_IN:
            if f"{{{name}}}" in self.route(family).path and values.get(name) is None:
                raise ValueError(f"{self.name} needs {name}")
        for name in values:
            if name not in known and name not in FILLED_IN:
                raise ValueError(f"{self.name} has no argument {name}")
        if extra and not self.open_body:
            raise ValueError(f"{self.name} takes no further fields")


def _path_arguments(path: str) -> Iterator[Argument]:
    optional = {name for part in _OPTIONAL_PART.findall(path) for name in _PLACEHOLDER.findall(part)}
    for name in _PLACEHOLDER.findall(path):
        if name not in FILLED_IN:
            yield PATH_ARGUMENTS.get(name) or Argument(name, required=name not in optional)


def _template_arguments(template: Template | None) -> Iterator[Argument]:
    for value in (template or {}).values():
        if isinstance(value, Argument):
            yield value
        elif isinstance(value, Mapping):
            yield from _template_arguments(value)


def _filled(template: Template, values: Mapping[str, object]) -> dict[str, object]:
    filled: dict[str, object] = {}
    for name, value in template.items():
        if isinstance(value, Argument):
            given = values.get(value.name)
            if (sent := value.default if given is None else given) is not None:
                filled[name] = sent
        elif isinstance(value, Mapping):
            filled[name] = _filled(value, values)
        else:
            filled[name] = value
    return filled


def _path(template: str, values: Mapping[str, object]) -> str:
    if template == WHOLE_PATH:
        return str(values["path"])

    def optional(match: re.Match[str]) -> str:
        given = all(values.get(name) is not None for name in _PLACEHOLDER.findall(match[1]))
        return match[1] if given else ""

    def value(match: re.Match[str]) -> str:
        given = values.get(match[1])
        return quote(str(PATH_ARGUMENTS[match[1]].default if given is None else given), safe="")

    return _PLACEHOLDER.sub(value, _OPTIONAL_PART.sub(optional, template))


WHOLE_PATH = "{path}"  # a route whose address stands in another answer and is used as it is

PATH_ARGUMENTS = {
    "path": Argument("path", ArgumentKind.PATH),
    "manifest": Argument("manifest", ArgumentKind.TEXT),
    "clip": Argument("clip", ArgumentKind.TEXT),
    "state": Argument("state", ArgumentKind.TEXT, choices=("on", "off")),
    "generation": Argument("generation", ArgumentKind.TEXT, required=False, choices=("v3", "v4"), default="v3"),
}
"""Path arguments that are not plain ids."""
