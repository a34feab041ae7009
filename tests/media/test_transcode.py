"""Clips that are packed again, or encoded again, to be smaller."""

from pathlib import Path

import av
import pytest
from PIL import Image

from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError
from blinkbot.media.remux import repack
from blinkbot.media.transcode import shrink
from blinkbot.media.video import probe
from tests.media.films import film, sound_only


def streams_of(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [stream.codec_context.name for stream in container.streams]


def nobody(part: float) -> None:
    """Nobody waits for it."""


def padded(path: Path, count: int) -> Path:
    """With a box at its end that players leap over."""
    with path.open("ab") as file:
        file.write((count + 8).to_bytes(4, "big") + b"free" + bytes(count))
    return path


def test_packing_again_drops_what_no_player_needs(tmp_path: Path) -> None:
    clip = padded(film(tmp_path / "clip.mp4", sound="aac"), 500_000)
    size = repack(clip, tmp_path / "small.mp4")
    assert size == (tmp_path / "small.mp4").stat().st_size
    assert size < clip.stat().st_size - 490_000
    assert probe(tmp_path / "small.mp4") == probe(clip)
    assert streams_of(tmp_path / "small.mp4") == ["h264", "aac"]


def test_packing_again_puts_the_index_first(tmp_path: Path) -> None:
    repack(film(tmp_path / "clip.mp4"), tmp_path / "small.mp4")
    content = (tmp_path / "small.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("rotation", [90, -90])
def test_a_turned_clip_stays_turned(tmp_path: Path, rotation: int) -> None:
    clip = film(tmp_path / "clip.mp4", rotation=rotation)
    repack(clip, tmp_path / "packed.mp4")
    shrink(clip, tmp_path / "shrunk.mp4", clip.stat().st_size * 2 // 3, nobody)
    assert turned(tmp_path / "packed.mp4") == turned(tmp_path / "shrunk.mp4") == rotation


def turned(path: Path) -> int:
    with av.open(str(path)) as container:
        return next(container.decode(container.streams.video[0])).rotation


@pytest.mark.parametrize("part", [0.7, 0.4, 0.2])
def test_encoding_again_keeps_to_the_limit(tmp_path: Path, part: float) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=4)
    limit = int(clip.stat().st_size * part)
    size = shrink(clip, tmp_path / "small.mp4", limit, nobody)
    assert size == (tmp_path / "small.mp4").stat().st_size <= limit
    assert probe(tmp_path / "small.mp4") == VideoFacts(duration=4, width=320, height=180)


def test_a_large_picture_becomes_smaller_in_its_own_shape(tmp_path: Path) -> None:
    noise = Image.effect_noise((1280, 960), 60).convert("RGB")
    clip = film(tmp_path / "clip.mp4", seconds=3, size=(1280, 960), picture=noise)
    shrink(clip, tmp_path / "small.mp4", 45_000, nobody)
    facts = probe(tmp_path / "small.mp4")
    assert facts.height in (720, 480)
    assert facts.width == round(facts.height * 4 / 3)


def test_sound_stays(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=3, sound="aac")
    shrink(clip, tmp_path / "small.mp4", clip.stat().st_size * 2 // 3, nobody)
    assert streams_of(tmp_path / "small.mp4") == ["h264", "aac"]


def test_sound_that_few_players_know_becomes_aac(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=3, sound="libmp3lame")
    shrink(clip, tmp_path / "small.mp4", clip.stat().st_size * 2 // 3, nobody)
    assert streams_of(tmp_path / "small.mp4") == ["h264", "aac"]
    with av.open(str(tmp_path / "small.mp4")) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) >= 2.5 * 48000


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=3, picture=Image.effect_noise((320, 180), 60).convert("RGB"))
    told: list[float] = []
    shrink(clip, tmp_path / "small.mp4", clip.stat().st_size, told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] > 0.9


def test_what_no_encoder_can_do_is_told_with_numbers(tmp_path: Path) -> None:
    clip = film(tmp_path / "clip.mp4", seconds=3)
    with pytest.raises(MediaError, match=r"lasts 3 s, for which 1000 bytes are too few: .* 3 kbit/s"):
        shrink(clip, tmp_path / "small.mp4", 1000, nobody)


def test_an_encoder_that_never_keeps_to_it_is_told_with_numbers(tmp_path: Path) -> None:
    # A single frame: its index alone has nearly as many bytes.
    clip = film(tmp_path / "clip.mp4", seconds=0.1)
    with pytest.raises(MediaError, match=r"has \d+ bytes at its smallest, and 1200 are allowed"):
        shrink(clip, tmp_path / "small.mp4", 1200, nobody)


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    clip = sound_only(tmp_path / "sound.mp4")
    with pytest.raises(MediaError, match="has no video in it"):
        repack(clip, tmp_path / "small.mp4")
    with pytest.raises(MediaError, match="has no video in it"):
        shrink(clip, tmp_path / "small.mp4", 10**6, nobody)


def no_channels(clip: Path) -> Path:
    """The film with the sound of a camera whose audio is switched off: AAC of no channels."""
    stereo, none = b"\x05\x80\x80\x80\x05\x11\x90", b"\x05\x80\x80\x80\x05\x11\x80"
    whole = clip.read_bytes()
    assert whole.count(stereo) == 1
    clip.write_bytes(whole.replace(stereo, none))
    return clip


def test_sound_that_cannot_be_used_takes_no_picture_with_it(tmp_path: Path) -> None:
    clip = no_channels(film(tmp_path / "clip.mp4", seconds=3, sound="aac"))
    repack(clip, tmp_path / "packed.mp4")
    shrink(clip, tmp_path / "small.mp4", clip.stat().st_size * 2 // 3, nobody)
    for made in ("packed.mp4", "small.mp4"):
        assert streams_of(tmp_path / made) == ["h264"]
        assert probe(tmp_path / made).duration == 3
