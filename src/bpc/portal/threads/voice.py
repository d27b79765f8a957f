"""Voice notes as received: known by their content, of a minute at most, kept exactly as they are."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any

from mutagen.aac import AAC
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus

from bpc.portal.threads.models import MOST_SECONDS
from bpc.portal.threads.sound_lengths import BadSound, SeenSound, amr_seconds, mp4_seconds, webm_seconds

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


@dataclass(frozen=True)
class _Kind:
    content_type: str
    ending: str
    seconds: Callable[[bytes], float]


def _measured_by(library: Any) -> Callable[[bytes], float]:
    """The length by a class of mutagen, which reads headings and frames and decodes nothing."""

    def seconds(data: bytes) -> float:
        sound = library(BytesIO(data))
        if getattr(sound.info, "sketchy", False):  # what looked like a frame of MP3 is followed by none
            raise BadSound("no MP3")
        return float(sound.info.length)

    return seconds


_OPUS = _Kind("audio/ogg", "ogg", _measured_by(OggOpus))
_WEBM = _Kind("audio/webm", "webm", webm_seconds)
_MP4 = _Kind("audio/mp4", "m4a", mp4_seconds)
_AMR = _Kind("audio/amr", "amr", amr_seconds)
_AAC = _Kind("audio/aac", "aac", _measured_by(AAC))
_MP3 = _Kind("audio/mpeg", "mp3", _measured_by(MP3))
_PICTURE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def _kind_of(data: bytes) -> _Kind | None:
    """What the bytes begin like; None for no sound."""
    if data.startswith(b"OggS"):
        return _OPUS
    if data.startswith(b"\x1aE\xdf\xa3"):
        return _WEBM
    if data[4:8] == b"ftyp" and data[8:12] not in _PICTURE_BRANDS:
        return _MP4
    if data.startswith(b"#!AMR"):
        return _AMR
    if data.startswith(b"ID3"):
        return _MP3
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        if data[1] & 0xF6 == 0xF0:
            return _AAC
        return _MP3 if data[1] & 0x06 else None
    return None


def is_sound(data: bytes) -> bool:
    """Whether the bytes begin like a recording."""
    return _kind_of(data) is not None


def received_voice(data: bytes) -> Voice:
    """The recording. Raises `RefusedVoice`."""
    kind = _kind_of(data)
    if kind is None:
        raise RefusedVoice(VoiceRefusal.DAMAGED)
    if len(data) > MAX_BYTES:
        raise RefusedVoice(VoiceRefusal.TOO_HEAVY)
    try:
        seconds = kind.seconds(data)
    except SeenSound:
        raise RefusedVoice(VoiceRefusal.FILM) from None
    except (
        Exception
    ):  # a library that reads hostile bytes raises anything: whatever it is, this is no recording
        raise RefusedVoice(VoiceRefusal.DAMAGED) from None
    if not 0 < seconds < math.inf:
        raise RefusedVoice(VoiceRefusal.DAMAGED)
    if seconds > MOST_SECONDS + _GRACE:
        raise RefusedVoice(VoiceRefusal.TOO_LONG)
    return Voice(data, kind.content_type, kind.ending, min(math.ceil(seconds), MOST_SECONDS))
