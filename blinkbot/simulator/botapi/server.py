"""The Telegram simulator: a Bot API server and the phones on the other side of it."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime

from starlette.applications import Starlette

from blinkbot.simulator.botapi.faults import EVERY_METHOD, Delay, Fault, Faults, refusal_of
from blinkbot.simulator.botapi.flood import FloodLimits
from blinkbot.simulator.botapi.http_control import BotApiControl
from blinkbot.simulator.botapi.people.group import Group
from blinkbot.simulator.botapi.people.phone import ChatView, Phone
from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.routes import BotApi, answer_not_found
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT
from blinkbot.simulator.botapi.state.values import Call, ChatKind, Event, Person
from blinkbot.simulator.botapi.state.world import EventStream, World
from blinkbot.simulator.hosting import HOST, LoopbackHost
from blinkbot.simulator.verbs import Mistake, tell_mistake

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


def utc_now() -> datetime:
    return datetime.now(UTC)


class TelegramServer:
    """A Bot API server on loopback, for one bot, with the people it talks to.

        server = TelegramServer()
        await server.start()
        owner = server.phone(1001, first_name="Ada")
        ...  # a bot with base_url f"{server.url}/bot" and base_file_url f"{server.url}/file/bot"
        owner.say("/status")
        answer = await owner.wait_for("armed")

    `clock` gives the time of messages, flood control and taps; long polls and delays wait in real time. With
    `LOCAL_UPLOAD_LIMIT` and a `download_limit` of None this is a Bot API server of one's own. The state outlasts a
    stop and a new start.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = utc_now,
        limits: FloodLimits | None = None,
        upload_limit: int = UPLOAD_LIMIT,
        download_limit: int | None = DOWNLOAD_LIMIT,
    ) -> None:
        self.token = TOKEN
        self.bot_username = "blinkbot_sim_bot"
        bot = Person(int(self.token.partition(":")[0]), "Blinkbot", self.bot_username, is_bot=True)
        self._world = World(bot, clock, limits or FloodLimits(), upload_limit, download_limit)
        self._faults = Faults()
        self._views: dict[int, ChatView] = {}
        self._api = BotApi(self._world, self._faults, self.token, lambda scope: self._host.cut(scope))
        control = BotApiControl(self._world, self._faults.uplink, self.view, self._named_phone)
        routes = [*self._api.routes(), *control.routes()]
        handlers = {404: answer_not_found, Mistake: tell_mistake}
        self._host = LoopbackHost(Starlette(routes=routes, exception_handlers=handlers))

    def _named_phone(self, chat_id: int, name: str) -> Phone:
        return self.phone(chat_id, first_name=name)

    # -- life

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on a free port for 0. Raises OSError when the port is taken."""
        self._world.updates.reopen()
        self._faults.rearm()
        await self._host.start(port)

    async def stop(self) -> None:
        """Close every connection, long poll, delay and event stream."""
        self._world.end_streams()
        await self.refuse_connections()

    async def __aenter__(self) -> "TelegramServer":
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The origin, without a slash at the end; known from the first start on."""
        return f"http://{HOST}:{self._host.port}"

    # -- people and chats

    @property
    def bot(self) -> Person:
        return self._world.bot

    def phone(
        self,
        chat_id: int,
        *,
        first_name: str = "Ada",
        username: str | None = None,
        started: bool = True,
        language: str = "en",
    ) -> Phone:
        """The private chat with a person, the same at each call. The bot can write to them once they have `started`."""
        view = self._views.get(chat_id)
        if view is None:
            person = self._know(Person(chat_id, first_name, username, language=language))
            chat = Chat(chat_id, ChatKind.PRIVATE, first_name, {chat_id: person}, started=started)
            self._world.chats[chat_id] = chat
            view = self._views[chat_id] = Phone(self._world, chat, person)
        if not isinstance(view, Phone):
            raise ValueError(f"chat {chat_id} is a group")
        return view

    def group(
        self,
        chat_id: int,
        title: str,
        members: Sequence[Phone | Person],
        *,
        bot_is_admin: bool = False,
        forum: bool = False,
    ) -> Group:
        """A group with the bot in it. `chat_id` is negative; ids from -100… on, and forums, are supergroups."""
        if chat_id >= 0 or not members:
            raise ValueError("a group has a negative id and at least one member")
        people = [self._know(each.person if isinstance(each, Phone) else each) for each in members]
        kind = ChatKind.SUPERGROUP if forum or str(chat_id).startswith("-100") else ChatKind.GROUP
        status = "administrator" if bot_is_admin else "member"
        by_id = {person.id: person for person in people}
        chat = Chat(chat_id, kind, title, by_id, bot_status=status, is_forum=forum)
        self._world.chats[chat_id] = chat
        view = self._views[chat_id] = Group(self._world, chat, people[0])
        return view

    def view(self, chat_id: int) -> ChatView:
        """The chat with this id. Raises LookupError."""
        chat = self._world.chats.get(chat_id)
        if chat is None:
            raise LookupError(f"no chat {chat_id}; there are {list(self._world.chats)}")
        if chat_id not in self._views:  # a supergroup that came out of a group
            self._views[chat_id] = Group(self._world, chat, next(iter(chat.members.values())))
        return self._views[chat_id]

    def _know(self, person: Person) -> Person:
        return self._world.people.setdefault(person.id, person)

    # -- what happened

    @property
    def calls(self) -> list[Call]:
        """The bot's calls, oldest first; the last 10,000."""
        return list(self._api.calls)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self._api.calls if call.method == method]

    @property
    def refusals(self) -> list[tuple[str, Refusal]]:
        """The refused calls, oldest first: method and answer; the last 10,000."""
        return list(self._api.refusals)

    async def wait_for_call(
        self, method: str, wanted: Callable[[Call], object] = lambda _: True, timeout: float = 10
    ) -> Call:
        """The first wanted call of a method, a past one included. Raises TimeoutError."""
        return await self._world.waiters.until(
            lambda: next((call for call in self.calls_of(method) if wanted(call)), None), timeout
        )

    async def wait_for_poll(self, timeout: float = 10) -> None:
        """Return when the bot waits for updates. Raises TimeoutError."""
        await self._world.waiters.until(lambda: self._world.updates.being_polled or None, timeout)

    def events(self) -> AsyncIterator[Event]:
        """The events in all chats from this call on, until the server stops."""
        return self._read(self._world.subscribe())

    async def _read(self, stream: EventStream) -> AsyncIterator[Event]:
        try:
            while (event := await stream.get()) is not None:
                yield event
        finally:
            self._world.unsubscribe(stream)

    # -- what goes wrong on purpose

    def fail(
        self,
        method: str = EVERY_METHOD,
        times: int = 1,
        *,
        status: int | None = None,
        description: str | None = None,
        retry_after: int | None = None,
        after_accepting: bool = False,
    ) -> None:
        """Let the next calls of a method fail ("*": of any method but getUpdates), with 500 unless told otherwise.

        With `after_accepting` the call is carried out first, and then without a status the connection is cut: the
        message has arrived, and the bot cannot know.
        """
        is_cut = after_accepting and status is None and retry_after is None
        refusal = None if is_cut else refusal_of(status, description, retry_after)
        self._faults.add(method, times, Fault(refusal, after_accepting))

    def cut(self, method: str = EVERY_METHOD, times: int = 1, *, after_accepting: bool = False) -> None:
        """Cut the connection of the next calls, before or after they are carried out."""
        self._faults.add(method, times, Fault(None, after_accepting))

    def slow(self, method: str, seconds: float, *, after_accepting: bool = False) -> None:
        """Delay each call of a method ("*": as in `fail`), or with `after_accepting` its answer; 0 ends that."""
        self._faults.delay(method, Delay(seconds, after_accepting))

    @property
    def upload_speed(self) -> float | None:
        """The speed of all uploads together, in bytes a second, None for no limit.

        The sender's own socket still takes some megabytes at once; the answer comes when all has been read.
        """
        return self._faults.uplink.speed

    @upload_speed.setter
    def upload_speed(self, bytes_per_second: float | None) -> None:
        self._faults.uplink.speed = bytes_per_second

    @property
    def upload_limit(self) -> int:
        """The most bytes that a file may have; may be changed at any time."""
        return self._world.files.upload_limit

    @upload_limit.setter
    def upload_limit(self, size: int) -> None:
        self._world.files.upload_limit = size

    async def refuse_connections(self) -> None:
        """Be unreachable; chats and queued updates stay."""
        self._world.updates.close()
        self._faults.release()
        await self._host.stop()

    async def accept_connections(self) -> None:
        """Be reachable again on the same port."""
        await self.start(self._host.port)
