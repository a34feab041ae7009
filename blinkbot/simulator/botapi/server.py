"""The Telegram simulator: a Bot API server and the phones on the other side of it."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.types import Scope

from blinkbot.simulator.botapi.faults import EVERY_METHOD, Delay, Fault, Faults, refusal_of
from blinkbot.simulator.botapi.flood import FloodLimits
from blinkbot.simulator.botapi.http_control import Control
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
    """The real time."""
    return datetime.now(UTC)


class TelegramServer:
    """A Bot API server on loopback, for one bot, with the people it talks to.

        server = TelegramServer()
        await server.start()
        owner = server.phone(1001, first_name="Ada")
        ...  # a bot with base_url f"{server.url}/bot" and base_file_url f"{server.url}/file/bot"
        owner.say("/status")
        answer = await owner.wait_for("armed")

    `clock` gives the time of messages, of flood control and of taps; waiting itself (long polls, delays) is in real
    time. `upload_limit` is the size in bytes a file may have, `download_limit` up to which getFile hands it out: with
    `LOCAL_UPLOAD_LIMIT` and None this is a Bot API server of one's own, as far as sizes go. State lives as long as
    the object: it outlasts a stop and a new start.
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
        self._api = BotApi(self._world, self._faults, self.token, self._cut)
        control = Control(
            self._world, self._faults.uplink, self.view, lambda chat, name: self.phone(chat, first_name=name)
        )
        routes = [*self._api.routes(), *control.routes()]
        self._host = LoopbackHost(
            Starlette(routes=routes, exception_handlers={404: answer_not_found, Mistake: tell_mistake})
        )

    async def _cut(self, scope: Scope) -> None:
        await self._host.cut(scope)

    # -- life

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on a free port for 0. Raises OSError when the port is taken."""
        self._world.updates.reopen()
        self._faults.rearm()
        await self._host.start(port)

    async def stop(self) -> None:
        """Cut every connection and listen no more; long polls and delays end at once. Ends every event stream."""
        self._world.end_streams()
        await self.refuse_connections()

    async def __aenter__(self) -> "TelegramServer":
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The origin, without a slash at the end. Known from the first start on, and kept."""
        return f"http://{HOST}:{self._host.port}"

    # -- people and chats

    @property
    def bot(self) -> Person:
        """The bot as a user."""
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
        """The private chat with this person; the same one when asked again.

        `started`: whether they have pressed Start at some time, without which the bot cannot write to them.
        """
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
        """Any chat there is. Raises LookupError."""
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
        """The bot's calls of one method, oldest first."""
        return [call for call in self._api.calls if call.method == method]

    @property
    def refusals(self) -> list[tuple[str, Refusal]]:
        """The calls that were answered with an error: method and answer, oldest first; the last 10,000."""
        return list(self._api.refusals)

    async def wait_for_call(
        self, method: str, wanted: Callable[[Call], object] = lambda _: True, timeout: float = 10
    ) -> Call:
        """The first call of a method that is as wanted, an earlier one included. Raises TimeoutError."""

        def found() -> Call | None:
            return next((call for call in self.calls_of(method) if wanted(call)), None)

        return await self._world.waiters.until(found, timeout)

    async def wait_for_poll(self, timeout: float = 10) -> None:
        """Return when the bot waits for updates. Raises TimeoutError."""
        await self._world.waiters.until(lambda: self._world.updates.being_polled or None, timeout)

    def events(self) -> AsyncIterator[Event]:
        """Everything that happens in any chat from this call on, until the server stops."""
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
        """Let the next calls of a method fail; "*" stands for any method but getUpdates.

        The answer has `status` (500 if nothing is said; 429 with `retry_after`, in seconds). With `after_accepting`
        the call is carried out first, and where no status is given the connection is then cut: what was sent has
        arrived, and the bot cannot know.
        """
        is_cut = after_accepting and status is None and retry_after is None
        refusal = None if is_cut else refusal_of(status, description, retry_after)
        self._faults.add(method, times, Fault(refusal, after_accepting))

    def cut(self, method: str = EVERY_METHOD, times: int = 1, *, after_accepting: bool = False) -> None:
        """Let the connection of the next calls be cut, before or after they are carried out."""
        self._faults.add(method, times, Fault(None, after_accepting))

    def slow(self, method: str, seconds: float, *, after_accepting: bool = False) -> None:
        """Take so long over each call of a method from now on ("*": as in `fail`); 0 ends it.

        The wait is before the call is carried out, with `after_accepting` between that and the answer. A bot that
        gives up meanwhile does not take its call back.
        """
        self._faults.delay(method, Delay(seconds, after_accepting))

    @property
    def upload_speed(self) -> float | None:
        """How fast the bot's uploads are read, in bytes a second over all its requests together; None: at once.

        The sender's own socket still takes some megabytes at once, as it does before a slow line; the answer comes
        when all has been read.
        """
        return self._faults.uplink.speed

    @upload_speed.setter
    def upload_speed(self, bytes_per_second: float | None) -> None:
        self._faults.uplink.speed = bytes_per_second

    @property
    def upload_limit(self) -> int:
        """The size in bytes a file may have; may be changed at any time, as if the bot were led to another server."""
        return self._world.files.upload_limit

    @upload_limit.setter
    def upload_limit(self, size: int) -> None:
        self._world.files.upload_limit = size

    async def refuse_connections(self) -> None:
        """Be unreachable: cut every connection, refuse new ones. Chats and queued updates stay."""
        self._world.updates.close()
        self._faults.release()
        await self._host.stop()

    async def accept_connections(self) -> None:
        """Be back on the same port."""
        await self.start(self._host.port)
