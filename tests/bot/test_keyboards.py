"""Callback data: what a button means, read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.keyboards import (
    PlayClip,
    ShowClips,
    SignInToBlink,
    SwitchNetwork,
    SwitchSchedule,
    TakePicture,
    Tap,
    UnknownTap,
    button,
    decode,
    encode,
    means,
)
from blinkbot.domain import ArmAction

BIGGEST = 2**63 - 1
ids = st.integers(min_value=0, max_value=BIGGEST)
taps = st.one_of(
    st.builds(SwitchNetwork, st.sampled_from(ArmAction), st.none() | ids),
    st.builds(TakePicture, st.none() | ids),
    st.builds(PlayClip, st.builds("cloud:{}".format, ids)),
    st.builds(ShowClips, st.none() | ids, st.integers(min_value=0, max_value=999_999)),
    st.builds(SwitchSchedule, ids, ids, st.booleans()),
    st.builds(SignInToBlink),
)


@given(taps)
def test_every_button_is_read_as_it_was_made_and_fits(tap: Tap) -> None:
    data = encode(tap)
    assert len(data.encode()) <= 64
    assert decode(data) == tap


@given(st.text())
def test_nothing_else_is_read_but_what_buttons_send(data: str) -> None:
    try:
        tap = decode(data)
    except UnknownTap:
        return
    assert encode(tap) == data


@pytest.mark.parametrize(
    "data",
    ["", "1", "1:", "2:arm:11", "1:arm", "1:arm:", "1:arm:-1", "1:arm:1:2", "1:arm:٣", "1:arm:1\n", "1:arm:01",
     "1:arm:1٣", "1:clips:all:01",
     "1:arm:99999999999999999999", "1:snap:0x1", "1:clips:all", "1:clips:all:-1", "1:play:", "1:play:cloud:",
     "1:on:1", "1:signin:now"],
)  # fmt: skip
def test_data_that_no_button_sends_is_refused(data: str) -> None:
    with pytest.raises(UnknownTap):
        decode(data)


def test_a_pattern_knows_its_own_kind() -> None:
    is_snap = means(TakePicture)
    assert is_snap(encode(TakePicture(None)))
    assert not is_snap(encode(SignInToBlink()))
    assert not is_snap("nonsense")
    assert not is_snap(None)


def test_a_key_too_long_for_telegram_is_refused_when_the_button_is_made() -> None:
    with pytest.raises(ValueError, match="longer than Telegram takes"):
        encode(PlayClip("usb:" + "x" * 60))


def test_a_long_label_is_cut() -> None:
    assert button("x" * 300, SignInToBlink()).text == "x" * 47 + "…"
