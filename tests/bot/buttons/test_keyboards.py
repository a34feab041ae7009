"""Callback data: what a button is_one_of, read strictly."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.buttons import callbacks
from blinkbot.bot.buttons.callback_data import Callback, Found, UnknownCallback, decode, encode, kinds
from blinkbot.bot.buttons.callbacks import (
    Arm,
    AskDeleteAll,
    AskDeleteClip,
    AskSiren,
    Choice,
    ChooseKind,
    DeleteAll,
    DeleteClip,
    DisableSchedule,
    Disarm,
    Dismiss,
    EnableSchedule,
    KindBefore,
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
    SwitchSiren,
    SwitchTopics,
    TakePicture,
    Unmute,
    WatchLive,
    switch_network,
    switch_schedule,
)
from blinkbot.bot.buttons.keyboards import button, is_one_of
from blinkbot.domain import ArmAction, Seen
from blinkbot.domain.preferences import AlertKind, NotificationMode, Scope, Target

BIGGEST = 2**63 - 1
ids = st.integers(min_value=0, max_value=BIGGEST)
counts = st.integers(min_value=0, max_value=999_999)
minutes = st.none() | st.integers(min_value=0, max_value=99_999_999)
keys = st.builds("usb:{}:{}".format, ids, st.integers(min_value=0, max_value=10**16))
founds = st.builds(Found, st.none() | ids, minutes, minutes, st.none() | st.sampled_from(Seen))
targets = st.builds(Target, st.sampled_from(Scope), ids)
taps = st.one_of(
    *(st.builds(kind, st.none() | ids) for kind in (Arm, Disarm)),
    st.builds(TakePicture, st.none() | ids),
    st.builds(PlayClip, st.builds("cloud:{}".format, ids)),
    st.builds(ShowClips, st.none() | ids, st.integers(min_value=0, max_value=999_999)),
    *(st.builds(kind, ids, ids) for kind in (EnableSchedule, DisableSchedule)),
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
    st.builds(SwitchKind, st.sampled_from(KindBefore), st.booleans()),
    st.builds(ChooseKind, st.sampled_from(AlertKind), st.sampled_from(NotificationMode)),
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
     "1:found:all::0", "1:found:all.:::0", "1:found:all.x:::0", "1:found:.p:::0",
     "1:del:cloud", "1:choose:all:on", "1:alerts:yes"],
)  # fmt: skip
def test_data_that_no_button_sends_is_refused(data: str) -> None:
    with pytest.raises(UnknownCallback):
        decode(data)


@pytest.mark.parametrize("seen", Seen)
def test_a_button_of_what_was_seen_fits_whatever_else_it_carries(seen: Seen) -> None:
    found = Found(2**63 - 1, 10**9, 10**9, seen)
    assert decode(encode(DeleteAll(found, 999_999))) == DeleteAll(found, 999_999)


def test_the_words_of_buttons_in_old_messages_keep_their_meaning() -> None:
    assert decode("1:found:101:7:8:0") == ShowFound(Found(101, 7, 8), 0)
    assert decode("1:mute:camera:101:60") == MuteFor(Target(Scope.CAMERA, 101), 60)
    assert decode("1:snooze:all:0:0") == SnoozeFor(Target(Scope.ALL), 0)


OLD = json.loads((Path(__file__).parent / "fixtures" / "old_buttons.json").read_text(encoding="utf-8"))
"""The buttons of version 0.1.0, as that version wrote them: class, fields, callback data."""


def as_today(kind: str, fields: dict[str, Any]) -> Callback:
    """A button of version 0.1.0 as it is declared now."""
    if kind == "SwitchNetwork":
        return switch_network(ArmAction(fields["action"]), fields["network_id"])
    if kind == "SwitchSchedule":
        return switch_schedule(**fields)
    if "found" in fields:
        fields = {**fields, "found": Found(**fields["found"])}
    if "target" in fields:
        fields = {**fields, "target": Target(Scope(fields["target"]["scope"]), fields["target"]["id"])}
    declared: Callback = getattr(callbacks, kind)(**fields)
    return declared


@pytest.mark.parametrize(("kind", "fields", "data"), OLD["buttons"], ids=lambda value: value if ":" in value else "")
def test_buttons_of_the_version_before_go_on_working(kind: str, fields: dict[str, Any], data: str) -> None:
    assert decode(data) == as_today(kind, fields)
    assert encode(decode(data)) == data


def test_each_kind_of_button_of_the_version_before_is_among_them() -> None:
    assert {kind.word for kind in kinds.values()} >= {data.split(":")[1] for _, _, data in OLD["buttons"]}
    assert len({kind for kind, _, _ in OLD["buttons"]}) == 34


@pytest.mark.parametrize("data", OLD["refused"])
def test_what_the_version_before_refused_is_refused(data: str) -> None:
    with pytest.raises(UnknownCallback):
        decode(data)


def test_two_buttons_may_not_share_a_word() -> None:
    with pytest.raises(TypeError, match="two buttons are called 'snap'"):

        class Snap(Callback, word="snap"):
            """Another one."""


def test_a_field_that_no_button_can_carry_is_refused_where_it_is_declared() -> None:
    with pytest.raises(TypeError, match="no button can carry"):

        class Odd(Callback, word="odd"):
            """A button with a list."""

            names: list[str]


def test_a_pattern_knows_its_own_kind() -> None:
    is_snap = is_one_of(TakePicture)
    assert is_snap(encode(TakePicture(None)))
    assert not is_snap(encode(SignInToBlink()))
    assert not is_snap("nonsense")
    assert not is_snap(None)


def test_a_key_too_long_for_telegram_is_refused_when_the_button_is_made() -> None:
    with pytest.raises(ValueError, match="longer than Telegram takes"):
        encode(PlayClip("usb:" + "x" * 60))


def test_a_long_label_is_cut() -> None:
    assert button("x" * 300, SignInToBlink()).text == "x" * 47 + "…"
