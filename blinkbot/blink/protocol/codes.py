"""The codes in Blink's bodies (protocol §11). They are not HTTP's: code 200 is a refusal, 500 a missing camera."""

from enum import IntEnum


class Code(IntEnum):
    """Those of the protocol page, and those that real bodies carry beside a plain message."""

    UNAUTHORIZED = 101
    UP_TO_DATE = 103
    UPDATE_REQUIRED = 105
    WRONG_CREDENTIALS = 200
    WRONG_PURGE_DAYS = 213
    CLIENT_DELETED = 242
    NO_CAMERA_ENABLED = 304
    BUSY = 307
    NO_CAMERA = 500
    LIVE_VIEW_FAILED = 523
    NO_CLIP = 700
    WRONG_MEDIA_LIST = 706
    CLIPS_DELETED = 711
    SCHEDULE_ON = 802
    SCHEDULE_OFF = 803
    COMMAND_DONE = 902
    COMMAND_SUCCEEDED = 908
    WRONG_PIN = 1621
    WRONG_DEVICE = 1630
    MANIFEST_GONE = 1700
    MANIFEST_STALE = 2102
    WRONG_SNOOZE = 2800
    MOTION_OFF = 2805
