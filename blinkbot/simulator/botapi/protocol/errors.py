"""The refusals of the Bot API: a status, a description, and sometimes what to do."""

from typing import Any


class Refusal(Exception):
    """A refused call; `status` is the HTTP status and the `error_code`, `migrate_to` the new chat id."""

    def __init__(
        self, status: int, description: str, *, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to
        super().__init__(description)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        given = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to}
        parameters = {name: value for name, value in given.items() if value is not None}
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return body | {"parameters": parameters} if parameters else body


def bad_request(what: str) -> Refusal:
    return Refusal(400, f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    return Refusal(403, f"Forbidden: {what}")


def too_many_requests(seconds: int) -> Refusal:
    """429, with the seconds to wait both in words and in `parameters`."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def not_found() -> Refusal:
    """404: no such method, or a token that cannot be one."""
    return Refusal(404, "Not Found")
