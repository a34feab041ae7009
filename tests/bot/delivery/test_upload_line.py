"""How long the next upload is likely to take."""

import pytest

from blinkbot.bot.delivery.upload_line import FIRST_GUESS, FORGET_AFTER, UploadLine
from tests.clock import FakeClock


@pytest.fixture
def speed(clock: FakeClock) -> UploadLine:
    return UploadLine(lambda: clock.now.timestamp())


def upload(speed: UploadLine, clock: FakeClock, size: int, seconds: float) -> None:
    with speed.measured(size):
        clock.forward(seconds)


def test_an_unknown_line_is_taken_for_a_slow_one(speed: UploadLine) -> None:
    assert speed.seconds_for(2_500_000) == 2_500_000 / FIRST_GUESS


def test_a_slow_upload_is_believed_at_once_and_a_fast_one_by_half(speed: UploadLine, clock: FakeClock) -> None:
    upload(speed, clock, 1_000_000, 10)
    assert speed.seconds_for(1_000_000) == pytest.approx(10)
    upload(speed, clock, 1_000_000, 1)
    assert speed.seconds_for(1_100_000) == pytest.approx(2)


def test_small_files_tell_nothing(speed: UploadLine, clock: FakeClock) -> None:
    upload(speed, clock, 20_000, 0.01)
    assert speed.seconds_for(1_000_000) == 2


def test_a_small_file_that_went_fast_vouches_for_no_large_one(speed: UploadLine, clock: FakeClock) -> None:
    upload(speed, clock, 150_000, 0.01)
    assert speed.seconds_for(600_000) < 0.1
    assert speed.seconds_for(5_000_000) > 8


def test_a_fast_line_is_not_believed_in_for_ever(speed: UploadLine, clock: FakeClock) -> None:
    upload(speed, clock, 10_000_000, 0.1)
    assert speed.seconds_for(2_500_000) < 0.1
    clock.forward(FORGET_AFTER)
    assert speed.seconds_for(2_500_000) == 5


def test_an_upload_that_failed_tells_nothing(speed: UploadLine, clock: FakeClock) -> None:
    def broken() -> None:
        with speed.measured(1_000_000):
            clock.forward(60)
            raise OSError("cut")

    with pytest.raises(OSError, match="cut"):
        broken()
    assert speed.seconds_for(1_000_000) == 2
    assert not speed.is_busy
