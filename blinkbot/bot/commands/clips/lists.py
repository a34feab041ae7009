"""Lists of clips, to leaf through in place: newest first, or the days on which there are some."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, Found
from blinkbot.bot.buttons.callbacks import AskDeleteAll, PlayAll, PlayClip, ShowDays, ShowFound
from blinkbot.bot.buttons.keyboards import button, rows
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text import status as render
from blinkbot.bot.text.formatting import bold, long_day, network_zone
from blinkbot.bot.text.names import camera_labels
from blinkbot.bot.timeparse.past import Window, instant, spoken
from blinkbot.domain import Home
from blinkbot.domain.clip_search import ClipDay, ClipPage, ClipQuery, KeptClip

DAYS_FROM = 40
"""Of so many clips, the days come first: five pages are as far as anybody leafs."""

DAYS_A_PAGE = 8
MUTED = "🔕"
MUTED_LEGEND = f"{MUTED} was not shown here (/mute, /alerts)"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is of: what its buttons carry, and the home it is shown with."""

    found: Found
    home: Home
    now: datetime
    fallback: str

    @classmethod
    async def of(cls, request: Request, found: Found) -> "Listing":
        """The listing of a button or a question."""
        return cls(found, await request.home(), request.now(), request.time_zone)

    @property
    def query(self) -> ClipQuery:
        """What to look for."""
        window = self.window
        return ClipQuery(self.found.camera_id, window.since, window.until)

    @property
    def window(self) -> Window:
        """When."""
        since, until = self.found.since, self.found.until
        return Window(
            None if since is None else _EPOCH + since * _MINUTE, None if until is None else _EPOCH + until * _MINUTE
        )

    @property
    def zone(self) -> tzinfo:
        """The camera's zone; the first network's, where it is of all cameras."""
        camera = None if self.found.camera_id is None else self.home.camera(self.found.camera_id)
        networks = self.home.networks
        network = self.home.network(camera.network_id) if camera else next(iter(networks), None)
        return network_zone(network, self.fallback)

    @property
    def title(self) -> str:
        """HTML: "Garage, yesterday"; "" for everything."""
        parts = []
        if self.found.camera_id is not None:
            cameras = self.home.cameras
            labels = dict(zip((camera.id for camera in cameras), camera_labels(cameras, self.home), strict=True))
            label = labels.get(self.found.camera_id)
            parts.append("a camera that is gone" if label is None else bold(label))
        when = spoken(self.window, self.now, self.zone)
        return ", ".join([*parts, when] if when else parts)

    @property
    def of_title(self) -> str:
        """The same behind a noun: " of Garage, yesterday", " since Mon 16 Nov", or ""."""
        if not self.title:
            return ""
        is_open = (self.found.since is None) != (self.found.until is None)
        return f" {self.title}" if is_open and self.found.camera_id is None else f" of {self.title}"

    def label(self, kept: KeptClip) -> str:
        """Plain text for the button that plays a clip."""
        mark = f" {MUTED}" if kept.withheld else ""
        return f"{render.clip_label(kept, self.home, self.now, self.fallback)}{mark}"

    def closed(self) -> "Listing":
        """The same without what is recorded from now on."""
        if self.found.until is not None and self.window.until is not None and self.window.until <= self.now:
            return self
        end = minutes(self.now, up=True)
        return Listing(Found(self.found.camera_id, self.found.since, end), self.home, self.now, self.fallback)


def found_in(camera_id: int | None, window: Window) -> Found:
    """What buttons carry of a question."""
    return Found(
        camera_id,
        None if window.since is None else minutes(window.since),
        None if window.until is None else minutes(window.until, up=True),
    )


def minutes(at: datetime, *, up: bool = False) -> int:
    """Whole minutes since 1970."""
    return -((_EPOCH - at) // _MINUTE) if up else (at - _EPOCH) // _MINUTE


async def show(request: Request, found: Found) -> None:
    """The days where there are many clips on several of them, else the newest clips."""
    listing = await Listing.of(request, found)
    page = await request.control.clips(listing.query, 0)
    if page.total > DAYS_FROM:
        days = await request.control.clip_days(listing.query, listing.zone)
        if len(days) > 1:
            await _show_days(request, listing, list(days), 0)
            return
    await _show_list(request, listing, page)


async def show_page(request: Request, found: Found, number: int) -> None:
    """One page of a list."""
    listing = await Listing.of(request, found)
    page = await request.control.clips(listing.query, number)
    if not page.clips and number > 0:
        # The list has become shorter since the button was made.
        page = await request.control.clips(listing.query, max(0, (page.total - 1) // page.size))
    await _show_list(request, listing, page)


async def show_days(request: Request, found: Found, number: int) -> None:
    """One page of the days with clips."""
    listing = await Listing.of(request, found)
    days = list(await request.control.clip_days(listing.query, listing.zone))
    await _show_days(request, listing, days, min(number, max(0, (len(days) - 1) // DAYS_A_PAGE)))


async def _show_list(request: Request, listing: Listing, page: ClipPage) -> None:
    title = f" — {listing.title}" if listing.title else ""
    if not page.clips:
        await request.reply.show(f"🎞 No clips{'' if listing.window != Window() else ' yet'}{title}.")
        return
    first = page.page * page.size + 1
    lines = [f"🎞 <b>Clips</b>{title}, newest first", f"{first}–{first + len(page.clips) - 1} of {page.total}"]
    if any(kept.withheld for kept in page.clips):
        lines.append(MUTED_LEGEND)
    await request.reply.show("\n".join(lines), _list_keyboard(listing, page))


def _list_keyboard(listing: Listing, page: ClipPage) -> InlineKeyboardMarkup:
    found = listing.found
    plays = rows((listing.label(kept), PlayClip(kept.clip.key)) for kept in page.clips)
    newer = ShowFound(found, page.page - 1) if page.page > 0 else None
    older = ShowFound(found, page.page + 1) if page.has_older else None
    more: list[tuple[str, Callback]] = [("🗑 Delete all…", AskDeleteAll(found))]
    if page.total > 1:
        more.insert(0, (f"▶ Play all ({page.total})", PlayAll(found, 0)))
    days: list[tuple[str, Callback]] = [("📅 By day", ShowDays(found, 0))] if page.total > DAYS_FROM else []
    return InlineKeyboardMarkup([*plays, *_turns(newer, older), *rows(more, wide=2), *rows(days)])


async def _show_days(request: Request, listing: Listing, days: list[ClipDay], number: int) -> None:
    title = f" — {listing.title}" if listing.title else ""
    if not days:
        await request.reply.show(f"🎞 No clips{title}.")
        return
    total = sum(each.count for each in days)
    shown = days[number * DAYS_A_PAGE : (number + 1) * DAYS_A_PAGE]
    taps = rows((_day_label(each, listing), ShowFound(_day_found(each.day, listing), 0)) for each in shown)
    newer = ShowDays(listing.found, number - 1) if number > 0 else None
    older = ShowDays(listing.found, number + 1) if len(days) > (number + 1) * DAYS_A_PAGE else None
    everything = rows([("🎞 All in one list", ShowFound(listing.found, 0))])
    await request.reply.show(
        f"🎞 <b>Clips</b>{title}\n{_many(total, 'clip')} on {_many(len(days), 'day')}. Which day?",
        InlineKeyboardMarkup([*taps, *_turns(newer, older), *everything]),
    )


def _day_label(day: ClipDay, listing: Listing) -> str:
    today = listing.now.astimezone(listing.zone).date()
    return f"{long_day(day.day, today)} · {_many(day.count, 'clip')}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _day_found(day: date, listing: Listing) -> Found:
    """That day, as far as it is in the window of the list."""
    window, midnight = listing.window, datetime.combine(day, time())
    begin, end = (instant(midnight + timedelta(days=days), listing.zone) for days in (0, 1))
    since = begin if window.since is None else max(begin, window.since)
    until = end if window.until is None else min(end, window.until)
    return found_in(listing.found.camera_id, Window(since, until))


def _turns(newer: Callback | None, older: Callback | None) -> list[list[InlineKeyboardButton]]:
    turns = [button("‹ Newer", newer)] if newer else []
    if older:
        turns.append(button("Older ›", older))
    return [turns] if turns else []
