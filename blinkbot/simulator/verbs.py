"""Verbs over HTTP: the parameters of a function are the fields of a JSON body, or of the query, checked by their types.

Both control APIs and the demo's page are made of them.
"""

import inspect
import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Json = dict[str, Any]


class Mistake(Exception):
    """A request that cannot be carried out: HTTP status, and words for its sender."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


async def tell_mistake(request: Request, mistake: Exception) -> Response:
    """Starlette's handler for `Mistake`."""
    assert isinstance(mistake, Mistake)
    return JSONResponse({"error": str(mistake)}, mistake.status)


async def read_object(request: Request, mistake: Callable[[int, str], Exception] = Mistake) -> Json:
    """The JSON object that a request carries; an empty body is an empty object. Raises `mistake`."""
    try:
        value = json.loads(await request.body() or b"{}")
    except ValueError:
        raise mistake(400, "Malformed JSON") from None
    if not isinstance(value, dict):
        raise mistake(400, "A JSON object was expected")
    return value


class Verbs:
    """Makes routes of functions. Unknown fields are ignored; a field that is missing or null is its default.

    Args:
        prefix: what an address has before the function's name.
        kinds: how values of the types that are no JSON are found; called with None where the field is missing.
        limits: the least and the most that a number may be, by the field's name.
        mistake: what is raised for a request that cannot be carried out, given status and words.
        refusals: what the functions raise where they refuse; their sender gets its text with status 400.
    """

    def __init__(
        self,
        prefix: str,
        kinds: Mapping[Any, Callable[[Any], Any]],
        *,
        limits: Mapping[str, tuple[float, float]] | None = None,
        mistake: Callable[[int, str], Exception] = Mistake,
        refusals: tuple[type[Exception], ...] = (LookupError, ValueError, RuntimeError),
    ) -> None:
        self._prefix = prefix
        self._kinds = kinds
        self._limits = limits or {}
        self._mistake = mistake
        self._refusals = refusals

    def gets(self, **verbs: Callable[..., Json]) -> list[Route]:
        """A GET for each function, its fields in the query."""
        return [Route(self._prefix + name, self._endpoint(verb, dict), methods=["GET"]) for name, verb in verbs.items()]

    def posts(self, answer: Callable[[Any], Json] = dict, /, **verbs: Callable[..., Any]) -> list[Route]:
        """A POST for each function, its fields in the body; `answer` makes JSON of what it returns."""
        return [
            Route(self._prefix + name, self._endpoint(verb, answer), methods=["POST"]) for name, verb in verbs.items()
        ]

    def _endpoint(
        self, verb: Callable[..., Any], answer: Callable[[Any], Json]
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        fields = inspect.signature(verb).parameters.values()

        async def carry_out(request: Request) -> Response:
            is_get = request.method == "GET"
            given = dict(request.query_params) if is_get else await read_object(request, self._mistake)
            values = {field.name: self._value(field, given.get(field.name)) for field in fields}
            try:
                done = verb(**values)
                return JSONResponse(answer(await done if inspect.isawaitable(done) else done))
            except self._refusals as refusal:
                raise self._mistake(400, str(refusal)) from None

        return carry_out

    def _value(self, field: inspect.Parameter, given: Any) -> Any:
        if field.annotation in self._kinds:
            return self._kinds[field.annotation](given)
        if given is None and field.default is not field.empty:
            return field.default
        value = typed(field.name, given, get_args(field.annotation) or (field.annotation,), self._mistake)
        least, most = self._limits.get(field.name, (-float("inf"), float("inf")))
        if isinstance(value, int | float) and not least <= value <= most:
            raise self._mistake(400, f"{field.name} is a number from {least:g} to {most:g}")
        return value


def typed(name: str, given: Any, kinds: tuple[Any, ...], mistake: Callable[[int, str], Exception] = Mistake) -> Any:
    """A value that must be there, of just one of these types; a whole number is a float too. Raises `mistake`."""
    # Not isinstance, which takes true for a number.
    if type(given) in kinds or (type(given) is int and float in kinds):
        return given
    raise mistake(400, f'"{name}" must be given, as {kinds[0].__name__}')
