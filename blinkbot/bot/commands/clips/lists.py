"""Lists of clips, to leaf through in place: newest first, or the days on which there are some."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, Found, instant_of, minutes_of
from blinkbot.bot.buttons.callbacks import AskDeleteAll, PlayAll, PlayClip, ShowClips, ShowDays, ShowFound
from blinkbot.bot.buttons.keyboards import Button, rows
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.names import camera_labels, normalize
from blinkbot.bot.text.times import window
from blinkbot.bot.timeparse.instants import instant
from blinkbot.bot.timeparse.past import Window
from blinkbot.domain import Camera, Seen
from blinkbot.domain.clip_search import ClipDay, ClipPage, ClipQuery

DAYS_FROM = 40  # Of so many clips, the days come first: five pages are as far as people leaf

DAYS_A_PAGE = 8

router = Router()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is of: what its buttons carry, and the home and the hour it is shown with."""

    found: Found
    locale: Locale

    @classmethod
    async def of(cls, request: Request, found: Found) -> "Listing":
        locale = await request.locale()
        if found.camera_id is not None and locale.home.camera(found.camera_id) is None:
            locale = with_former(locale, await request.control.clips.former_cameras())
        return cls(found, locale)

    @property
    def query(self) -> ClipQuery:
        window = self.window
        return ClipQuery(self.found.camera_id, window.since, window.until, self.found.seen)

    @property
    def window(self) -> Window:
        ends = (self.found.since, self.found.until)
        return Window(*(None if end is None else instant_of(end) for end in ends))

    @property
    def zone(self) -> tzinfo:
        """The camera's zone; the first network's, where it is of all cameras."""
        home = self.locale.home
        camera = None if self.found.camera_id is None else home.camera(self.found.camera_id)
        return self.locale.zone(camera.network_id if camera else home.networks[0].id if home.networks else None)

    @property
    def title(self) -> str:
        """HTML: "Garage, yesterday"; "" for everything."""
        home, camera_id = self.locale.home, self.found.camera_id
        labels = dict(zip((camera.id for camera in home.cameras), camera_labels(home.cameras, home), strict=True))
        camera = "" if camera_id is None else bold(labels[camera_id]) if camera_id in labels else text.CAMERA_GONE()
        return text.title(text.seen(self.found.seen), camera, window(self.window, self.locale, self.zone))

    def closed(self) -> "Listing":
        """The same without what is recorded from now on."""
        until, now = self.window.until, self.locale.now
        if until is not None and until <= now:
            return self
        return replace(self, found=replace(self.found, until=minutes_of(now, up=True)))


def with_former(locale: Locale, former: Sequence[Camera]) -> Locale:
    """With cameras under names that they had and no other has now: clips are found by them, too."""
    today = {(camera.network_id, normalize(camera.name)) for camera in locale.home.cameras}
    others = [camera for camera in former if (camera.network_id, normalize(camera.name)) not in today]
    return replace(locale, home=replace(locale.home, cameras=(*locale.home.cameras, *others)))


def found_in(camera_id: int | None, window: Window, seen: Seen | None = None) -> Found:
    return Found(
        camera_id,
        None if window.since is None else minutes_of(window.since),
        None if window.until is None else minutes_of(window.until, up=True),
        seen,
    )


async def show(request: Request, found: Found) -> None:
    """The days where there are many clips on several of them, else the newest clips."""
    listing = await Listing.of(request, found)
    page = await request.control.clips.page(listing.query, 0)
    if page.total > DAYS_FROM:
        days = await request.control.clips.days(listing.query, listing.zone)
        if len(days) > 1:
            await _show_days(request, listing, list(days), 0)
            return
    await _show_list(request, listing, page)


@router.button(ShowClips)
async def show_clips(request: Request, callback: ShowClips) -> None:
    """A page of a list, from the buttons of older lists."""
    await _show_page(request, Found(callback.camera_id, None, None), callback.page)


@router.button(ShowFound)
async def show_found(request: Request, callback: ShowFound) -> None:
    await _show_page(request, callback.found, callback.page)


async def _show_page(request: Request, found: Found, number: int) -> None:
    listing = await Listing.of(request, found)
    page = await request.control.clips.page(listing.query, number)
    if not page.clips and number > 0:
        # The list has become shorter since the button was made.
        page = await request.control.clips.page(listing.query, max(0, (page.total - 1) // page.size))
    await _show_list(request, listing, page)


@router.button(ShowDays)
async def show_days(request: Request, callback: ShowDays) -> None:
    listing = await Listing.of(request, callback.found)
    days = list(await request.control.clips.days(listing.query, listing.zone))
    await _show_days(request, listing, days, min(callback.page, max(0, (len(days) - 1) // DAYS_A_PAGE)))


async def _show_list(request: Request, listing: Listing, page: ClipPage) -> None:
    if not page.clips:
        await request.reply.show(text.no_clips(listing.title, ever=listing.window == Window()))
        return
    await request.reply.show(text.page(listing.title, page), _list_keyboard(listing, page))


def _list_keyboard(listing: Listing, page: ClipPage) -> InlineKeyboardMarkup:
    found = listing.found
    plays = rows((text.PLAY(clip=text.clip_name(kept, listing.locale)), PlayClip(kept.clip.key)) for kept in page.clips)
    newer = ShowFound(found, page.page - 1) if page.page > 0 else None
    older = ShowFound(found, page.page + 1) if page.has_older else None
    more: list[Button] = [(text.DELETE_ALL(), AskDeleteAll(found))]
    if page.total > 1:
        more.insert(0, (text.PLAY_ALL(n=page.total), PlayAll(found, 0)))
    days: list[Button] = [(text.BY_DAY(), ShowDays(found, 0))] if page.total > DAYS_FROM else []
    return InlineKeyboardMarkup([*plays, *_turns(newer, older), *rows(more, wide=2), *rows(days)])


async def _show_days(request: Request, listing: Listing, days: list[ClipDay], number: int) -> None:
    if not days:
        await request.reply.show(text.no_clips(listing.title, ever=False))
        return
    shown = days[number * DAYS_A_PAGE : (number + 1) * DAYS_A_PAGE]
    labels = [text.day_label(each, listing.locale, listing.zone) for each in shown]
    buttons = rows(
        (label, ShowFound(_day_found(each.day, listing), 0)) for label, each in zip(labels, shown, strict=True)
    )
    newer = ShowDays(listing.found, number - 1) if number > 0 else None
    older = ShowDays(listing.found, number + 1) if len(days) > (number + 1) * DAYS_A_PAGE else None
    everything = rows([(text.IN_ONE_LIST(), ShowFound(listing.found, 0))])
    await request.reply.show(
        text.which_day(listing.title, days), InlineKeyboardMarkup([*buttons, *_turns(newer, older), *everything])
    )


def _day_found(day: date, listing: Listing) -> Found:
    window, midnight = listing.window, datetime.combine(day, time())
    begin, end = (instant(midnight + timedelta(days=days), listing.zone) for days in (0, 1))
    since = begin if window.since is None else max(begin, window.since)
    until = end if window.until is None else min(end, window.until)
    return found_in(listing.found.camera_id, Window(since, until), listing.found.seen)


def _turns(newer: Callback | None, older: Callback | None) -> list[list[InlineKeyboardButton]]:
    turns = ((text.NEWER(), newer), (text.OLDER(), older))
    return rows([(label, callback) for label, callback in turns if callback], wide=2)
