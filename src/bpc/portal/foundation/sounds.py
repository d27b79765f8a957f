"""Recordings as received: known by their content, never by their name; how long they last, nothing decoded."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from mutagen.aac import AAC
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus

from bpc.portal.foundation.sound_lengths import BadSound, SeenSound, amr_seconds, mp4_seconds, webm_seconds


@dataclass(frozen=True)
class Sound:
    """What the bytes are: their type, the ending of their name, their length in seconds."""

    content_type: str
    ending: str
    seconds: float


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


def measured(data: bytes) -> Sound:
    """What the recording is and how long it lasts. Raises `BadSound`, and `SeenSound` for a film."""
    kind = _kind_of(data)
    if kind is None:
        raise BadSound("begins like no recording")
    try:
        seconds = kind.seconds(data)
    except SeenSound:
        raise
    except (
        Exception
    ) as error:  # a library that reads hostile bytes raises anything: whatever it is, this is no recording
        raise BadSound(type(error).__name__) from None
    if not 0 < seconds < math.inf:
        raise BadSound("no length")
    return Sound(kind.content_type, kind.ending, seconds)
