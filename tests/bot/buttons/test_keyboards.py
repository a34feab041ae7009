"""Callback data: what a button means, read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.buttons.callback_data import UnknownCallback, decode, encode
from blinkbot.bot.buttons.callbacks import (
    AskDeleteAll,
    AskDeleteClip,
    AskSiren,
    Callback,
    Choice,
    DeleteAll,
    DeleteClip,
    Dismiss,
    Found,
    LessAboutClip,
    MoreAboutClip,
    MuteFor,
    MuteUntil,
    PlayAll,
    PlayClip,
    QuietFrom,
    QuietOff,
    SendAsFile,
    ShowAlerts,
    ShowClips,
    ShowDays,
    ShowFound,
    ShowSheet,
    SignInToBlink,
    SnoozeFor,
    SnoozeUntil,
    SwitchCamera,
    SwitchChoice,
    SwitchKind,
    SwitchLight,
    SwitchNetwork,
    SwitchSchedule,
    SwitchSiren,
    SwitchTopics,
    TakePicture,
    Unmute,
    WatchLive,
)
from blinkbot.bot.buttons.keyboards import button, means
from blinkbot.domain import ArmAction
from blinkbot.domain.preferences import AlertKind, Scope, Target

BIGGEST = 2**63 - 1
ids = st.integers(min_value=0, max_value=BIGGEST)
counts = st.integers(min_value=0, max_value=999_999)
minutes = st.none() | st.integers(min_value=0, max_value=99_999_999)
keys = st.builds("usb:{}:{}".format, ids, st.integers(min_value=0, max_value=10**16))
founds = st.builds(Found, st.none() | ids, minutes, minutes)
targets = st.builds(Target, st.sampled_from(Scope), ids)
taps = st.one_of(
    st.builds(SwitchNetwork, st.sampled_from(ArmAction), st.none() | ids),
    st.builds(TakePicture, st.none() | ids),
    st.builds(PlayClip, st.builds("cloud:{}".format, ids)),
    st.builds(ShowClips, st.none() | ids, st.integers(min_value=0, max_value=999_999)),
    st.builds(SwitchSchedule, ids, ids, st.booleans()),
    st.builds(SignInToBlink),
    st.builds(Dismiss),
    *(st.builds(kind, ids) for kind in (WatchLive, AskSiren)),
    *(st.builds(kind, ids, st.booleans()) for kind in (SwitchLight, SwitchSiren, SwitchCamera)),
    *(
        st.builds(kind, keys)
        for kind in (MoreAboutClip, LessAboutClip, ShowSheet, SendAsFile, AskDeleteClip, DeleteClip)
    ),
    *(st.builds(kind, founds, counts) for kind in (ShowFound, ShowDays, PlayAll, DeleteAll)),
    st.builds(AskDeleteAll, founds),
    *(st.builds(kind, targets, counts) for kind in (MuteFor, SnoozeFor)),
    *(st.builds(kind, targets, st.integers(min_value=0, max_value=10**9)) for kind in (MuteUntil, SnoozeUntil)),
    st.builds(Unmute, targets),
    st.builds(QuietFrom, counts, counts),
    st.builds(QuietOff),
    st.builds(ShowAlerts, st.booleans()),
    st.builds(SwitchKind, st.sampled_from(AlertKind), st.booleans()),
    st.builds(SwitchChoice, st.sampled_from(Choice), st.booleans()),
    st.builds(SwitchTopics, st.booleans()),
)


@given(taps)
def test_every_button_is_read_as_it_was_made_and_fits(tap: Callback) -> None:
    data = encode(tap)
    assert len(data.encode()) <= 64
    assert decode(data) == tap


@given(st.text())
def test_nothing_else_is_read_but_what_buttons_send(data: str) -> None:
    try:
        tap = decode(data)
    except UnknownCallback:
        return
    assert encode(tap) == data


@pytest.mark.parametrize(
    "data",
    ["", "1", "1:", "2:arm:11", "1:arm", "1:arm:", "1:arm:-1", "1:arm:1:2", "1:arm:٣", "1:arm:1\n", "1:arm:01",
     "1:arm:1٣", "1:clips:all:01",
     "1:arm:99999999999999999999", "1:snap:0x1", "1:clips:all", "1:clips:all:-1", "1:play:", "1:play:cloud:",
     "1:on:1", "1:signin:now", "1:light:7", "1:light:7:ON", "1:mute:room:1:5", "1:mute:all:5",
     "1:muteuntil:all:0", "1:muteuntil:all:0:-1", "1:snoozeuntil:all:0:9999999999", "1:found:all:::",
     "1:found:all::0", "1:del:cloud", "1:choose:all:on", "1:alerts:yes"],
)  # fmt: skip
def test_data_that_no_button_sends_is_refused(data: str) -> None:
    with pytest.raises(UnknownCallback):
        decode(data)


def test_the_words_of_buttons_in_old_messages_keep_their_meaning() -> None:
    assert decode("1:mute:camera:101:60") == MuteFor(Target(Scope.CAMERA, 101), 60)
    assert decode("1:snooze:all:0:0") == SnoozeFor(Target(Scope.ALL), 0)


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
