"""What the bodies of several operations have in common."""

import pytest

from blinkbot.blink.wire.fields import picture_path


@pytest.mark.parametrize(
    ("thumbnail", "path"),
    [
        ("/media/u014/owl/1/thumbnail/fw_9.93__Ab_2026", "/media/u014/owl/1/thumbnail/fw_9.93__Ab_2026.jpg"),
        ("/api/v3/m/thumbnail.jpg?ts=17&ext=", "/api/v3/m/thumbnail.jpg?ts=17&ext="),
        ("/api/v3/m/snapshot/3.JPG", "/api/v3/m/snapshot/3.JPG"),
        ("/media/1?ts=5", "/media/1.jpg?ts=5"),
        ("1700000000", None),
        ("", None),
        (None, None),
    ],
)
def test_both_forms_of_a_thumbnail_become_a_path_to_fetch(thumbnail: str | None, path: str | None) -> None:
    assert picture_path(thumbnail) == path
