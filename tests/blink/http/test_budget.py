"""The hourly budget: what is counted, and what is not sent."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.blink import BlinkClient, BlinkUrls, RequestBudget
from blinkbot.blink.http.budget import HOUR
from blinkbot.domain.spending import RequestKind
from blinkbot.errors import BudgetSpent
from blinkbot.ports import Priority, with_priority
from tests.blink.helpers import HARDWARE_ID, FakeTime, Loopback, MemoryTokens, in_order, reply, session

LIMIT = 100


class Hour:
    """A budget and the hour that it is for."""

    def __init__(self) -> None:
        self.now = 0.0
        self.budget = RequestBudget(LIMIT, lambda: self.now)

    def ask(self, times: int, operation: str = "arm", priority: Priority = Priority.PERSON) -> int:
        """Ask so often; how often it was let through."""
        for sent in range(times):
            try:
                with with_priority(priority):
                    self.budget.take(operation)
            except BudgetSpent:
                return sent
        return times


@pytest.fixture
def hour() -> Hour:
    return Hour()


def test_looking_by_itself_leaves_a_share_to_people(hour: Hour) -> None:
    assert hour.ask(LIMIT, "media", Priority.WATCH) == 80
    assert hour.ask(LIMIT) == 15


def test_the_archive_is_only_read_while_there_is_plenty(hour: Hour) -> None:
    assert hour.ask(LIMIT, "media", Priority.ARCHIVE) == 50
    assert hour.ask(LIMIT, "media", Priority.WATCH) == 30
    assert hour.budget.spending().by_kind == {RequestKind.ARCHIVE: 50, RequestKind.LOOKS: 30}


def test_an_order_that_was_begun_can_be_brought_to_its_end_and_no_further(hour: Hour) -> None:
    assert hour.ask(LIMIT) == 95
    assert hour.ask(LIMIT, "command-status") == 5
    assert hour.budget.spending().total == LIMIT


def test_no_hour_holds_more_than_the_budget(hour: Hour) -> None:
    sent: list[float] = []
    for second in range(0, int(3 * HOUR), 7):
        hour.now = float(second)
        sent += [hour.now] * hour.ask(1, ("media", "command-status")[second % 2])
    for begin in sent:
        assert sum(begin <= each < begin + HOUR for each in sent) <= LIMIT


def test_the_error_says_when_it_can_be_sent(hour: Hour) -> None:
    for hour.now in range(95):
        hour.ask(1)
    with pytest.raises(BudgetSpent) as refused:
        hour.budget.take("arm")
    assert refused.value.retry_after is not None
    assert refused.value.retry_after == pytest.approx(HOUR - 94, abs=1)
    hour.now += refused.value.retry_after
    assert hour.ask(1) == 1


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback(
        in_order(reply({}, 401), reply({"access_token": "b", "expires_in": 9}), reply({"networks": []}))
    ) as server:
        yield server


async def test_every_request_counts_renewals_of_the_session_and_repetitions_too(server: Loopback) -> None:
    time = FakeTime()
    budget = RequestBudget(LIMIT, lambda: 0.0)
    urls = BlinkUrls(oauth=server.url, rest=server.url)
    async with BlinkClient(urls, MemoryTokens(session()), HARDWARE_ID, time.timing, budget) as client:
        await client.home()
    assert client.spending.total == len(server.seen) == 3
    assert client.spending.by_kind == {RequestKind.HOME: 2, RequestKind.ORDERS: 1}


async def test_what_is_beyond_the_budget_is_not_sent(server: Loopback) -> None:
    budget = RequestBudget(1, lambda: 0.0)
    budget.take("homescreen")
    urls = BlinkUrls(oauth=server.url, rest=server.url)
    async with BlinkClient(urls, MemoryTokens(session()), HARDWARE_ID, FakeTime().timing, budget) as client:
        with pytest.raises(BudgetSpent):
            await client.home()
    assert server.seen == []
