"""The control API, `/simulator/…`: the phones over HTTP, for programs in another process and for pages.

    GET  /simulator/chats                                    {"chats": [{"id", "kind", "title"}]}
    GET  /simulator/messages?chat=ID                         {"messages": [message_view, …]}
    GET  /simulator/rings?chat=ID                            {"rings": [message_view, …]}, those that made a sound
    GET  /simulator/topics?chat=ID                           {"topics": [{"id", "name"}]}
    GET  /simulator/commands?chat=ID                         {"commands": [{"command", "description"}]}
    GET  /simulator/answers?chat=ID                          {"answers": [{"query", "text", "show_alert"}]}
    GET  /simulator/file/FILE_ID                             the bytes
    POST /simulator/person        {"chat", "name"}           {"chat"}: one more private chat, Start pressed
    POST /simulator/say           {"chat", "text"}           the message; "topic" and "reply_to" if wanted
    POST /simulator/tap           {"chat", "message_id", "data"}     {"query": id of the tap}
    POST /simulator/delete        {"chat", "message_id"}     the message
    POST /simulator/forward       {"chat", "message_id", "to"}       the message in the other chat
    POST /simulator/create_topic  {"chat", "name"}           {"topic": its id}
    POST /simulator/rename_topic  {"chat", "topic", "name"}  {"topics"}
    POST /simulator/delete_topic  {"chat", "topic"}          {"topics"}
    POST /simulator/upload_speed  {"bytes_per_second"}       the same; null for as fast as it comes

Mistakes are answered with 400 or 404 and {"error": …}.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blinkbot.simulator.botapi.faults import Uplink
from blinkbot.simulator.botapi.people.group import Group
from blinkbot.simulator.botapi.people.phone import ChatView
from blinkbot.simulator.botapi.people.views import message_view
from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.state.world import World
from blinkbot.simulator.verbs import Json, Mistake, Verbs


class BotApiControl:
    """The routes; `view` finds a chat or raises LookupError, `phone` makes a private one."""

    def __init__(
        self, world: World, uplink: Uplink, view: Callable[[int], ChatView], phone: Callable[[int, str], ChatView]
    ) -> None:
        self._world = world
        self._uplink = uplink
        self._view = view
        self._phone = phone

    def routes(self) -> list[Route]:
        refusals = (LookupError, ValueError, RuntimeError, Refusal)
        verbs = Verbs("/simulator/", {ChatView: self._chat, Group: self._group}, refusals=refusals)
        return [
            *verbs.gets(chats=self._chats, messages=_messages, rings=_rings, topics=_topics),
            *verbs.gets(commands=_commands, answers=_answers),
            *verbs.posts(person=self._person, say=_say, tap=_tap, delete=_delete, forward=_forward),
            *verbs.posts(create_topic=_create_topic, rename_topic=_rename_topic, delete_topic=_delete_topic),
            *verbs.posts(upload_speed=self._upload_speed),
            Route("/simulator/file/{file_id}", self._file, methods=["GET"]),
        ]

    def _chats(self) -> Json:
        chats = self._world.chats.values()
        return {"chats": [{"id": c.id, "kind": str(c.kind), "title": c.title} for c in chats]}

    def _person(self, chat: int, name: str) -> Json:
        return {"chat": self._phone(chat, name).chat_id}

    def _upload_speed(self, bytes_per_second: float | None = None) -> Json:
        if bytes_per_second is not None and not bytes_per_second > 0:
            raise Mistake(400, "bytes_per_second must be a number above 0, or null")
        self._uplink.speed = bytes_per_second
        return {"bytes_per_second": bytes_per_second}

    async def _file(self, request: Request) -> Response:
        media = self._world.files.find(request.path_params["file_id"])
        if media is None:
            raise Mistake(404, "no such file")
        return Response(media.data, media_type=media.mime_type)

    def _chat(self, chat_id: Any) -> ChatView:
        try:
            return self._view(int(chat_id))
        except (TypeError, ValueError):
            raise Mistake(400, "chat must be the id of a chat") from None
        except LookupError as error:
            raise Mistake(404, str(error)) from error

    def _group(self, chat_id: Any) -> Group:
        chat = self._chat(chat_id)
        if not isinstance(chat, Group):
            raise Mistake(400, "only groups have topics")
        return chat


def _messages(chat: ChatView) -> Json:
    return {"messages": [message_view(message) for message in chat.messages]}


def _rings(chat: ChatView) -> Json:
    return {"rings": [message_view(message) for message in chat.rings]}


def _topics(chat: Group) -> Json:
    return {"topics": [{"id": topic, "name": name} for topic, name in chat.topics.items()]}


def _commands(chat: ChatView) -> Json:
    return {"commands": [{"command": c.command, "description": c.description} for c in chat.commands]}


def _answers(chat: ChatView) -> Json:
    shown = [{"query": each.query_id, "text": each.text, "show_alert": each.show_alert} for each in chat.answers]
    return {"answers": shown}


def _say(chat: ChatView, text: str, topic: int | None = None, reply_to: int | None = None) -> Json:
    answered = None if reply_to is None else chat.now(reply_to)
    return message_view(chat.say(text, thread_id=topic, reply_to=answered))


def _tap(chat: ChatView, message_id: int, data: str) -> Json:
    return {"query": chat.tap(message_id, data).id}


def _delete(chat: ChatView, message_id: int) -> Json:
    chat.delete(chat.now(message_id))
    return message_view(chat.now(message_id))


def _forward(chat: ChatView, message_id: int, to: ChatView) -> Json:
    return message_view(chat.forward(chat.now(message_id), to))


def _create_topic(chat: Group, name: str) -> Json:
    return {"topic": chat.create_topic(name)}


def _rename_topic(chat: Group, topic: int, name: str) -> Json:
    chat.rename_topic(topic, name)
    return _topics(chat)


def _delete_topic(chat: Group, topic: int) -> Json:
    chat.delete_topic(topic)
    return _topics(chat)
