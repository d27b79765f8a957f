"""Voice notes as received: known by their content, of a minute at most, kept exactly as they are."""

import math
from dataclasses import dataclass
from enum import Enum

from bpc.portal.foundation.sound_lengths import BadSound, SeenSound
from bpc.portal.foundation.sounds import is_sound, measured
from bpc.portal.threads.models import MOST_SECONDS

MAX_BYTES = 4 * 1024 * 1024  # a minute at the best rate a telephone records takes 2.4 MB
_GRACE = 0.5  # seconds: a recorder stopped at the minute writes its last frame after it


class VoiceRefusal(Enum):
    """Why a recording is not taken."""

    TOO_HEAVY = "too-heavy"
    TOO_LONG = "too-long"
    DAMAGED = "damaged"
    FILM = "film"


class RefusedVoice(Exception):
    """The recording is not kept; `reason` says why."""

    def __init__(self, reason: VoiceRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Voice:
    """A recording: the bytes as they came, their type, the ending of their name, whole seconds rounded up."""

    content: bytes
    content_type: str
    ending: str
    seconds: int


def received_voice(data: bytes) -> Voice:
    """The recording. Raises `RefusedVoice`."""
    if is_sound(data) and len(data) > MAX_BYTES:
        raise RefusedVoice(VoiceRefusal.TOO_HEAVY)
    try:
        sound = measured(data)
    except SeenSound:
        raise RefusedVoice(VoiceRefusal.FILM) from None
    except BadSound:
        raise RefusedVoice(VoiceRefusal.DAMAGED) from None
    if sound.seconds > MOST_SECONDS + _GRACE:
        raise RefusedVoice(VoiceRefusal.TOO_LONG)
    return Voice(data, sound.content_type, sound.ending, min(math.ceil(sound.seconds), MOST_SECONDS))
