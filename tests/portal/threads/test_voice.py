"""Voice notes: each kind measured by its own frames, a minute at most, hostile bytes refused."""

import random
from collections.abc import Callable

import pytest

from bpc.portal.threads.voice import MAX_BYTES, RefusedVoice, VoiceRefusal, received_voice
from tests.portal.threads.thread_world import aac, amr, mp3, mp4, opus, webm

MAKERS: dict[str, tuple[Callable[[float], bytes], str, str]] = {
    "amr": (amr, "audio/amr", "amr"),
    "mp3": (mp3, "audio/mpeg", "mp3"),
    "aac": (aac, "audio/aac", "aac"),
    "webm": (webm, "audio/webm", "webm"),
    "mp4": (mp4, "audio/mp4", "m4a"),
    "mp4 in pieces": (lambda seconds: mp4(seconds, in_pieces=True), "audio/mp4", "m4a"),
    "opus": (opus, "audio/ogg", "ogg"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_each_kind_is_measured_and_kept_as_it_is(name: str) -> None:
    make, content_type, ending = MAKERS[name]
    data = make(12)
    voice = received_voice(data)
    assert (voice.content_type, voice.ending) == (content_type, ending)
    assert voice.seconds in (12, 13)  # whole frames, rounded up
    assert voice.content == data
    assert received_voice(make(60)).seconds == 60


@pytest.mark.parametrize("name", MAKERS)
def test_more_than_a_minute_is_refused(name: str) -> None:
    with pytest.raises(RefusedVoice) as refused:
        received_voice(MAKERS[name][0](63))
    assert refused.value.reason == VoiceRefusal.TOO_LONG


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (webm(5, kind=1), VoiceRefusal.FILM),
        (mp4(5, handler=b"vide"), VoiceRefusal.FILM),
        (webm(5, codec=b"V_VP8"), VoiceRefusal.DAMAGED),
        (webm(0), VoiceRefusal.DAMAGED),
        (mp4(0), VoiceRefusal.DAMAGED),
        (b"#!AMR\n", VoiceRefusal.DAMAGED),
        (b"#!AMR\n<script>alert(1)</script>", VoiceRefusal.DAMAGED),
        (b"OggS" + b"\0" * 200, VoiceRefusal.DAMAGED),
        (b"ID3" + b"\0" * 200, VoiceRefusal.DAMAGED),
        (b"\xff\xfb<html><script>alert(1)</script>" * 20, VoiceRefusal.DAMAGED),
        (b"\x1aE\xdf\xa3" + b"\0" * 200, VoiceRefusal.DAMAGED),
        (amr(5) + b"\0" * MAX_BYTES, VoiceRefusal.TOO_HEAVY),
        (b"<html>", VoiceRefusal.DAMAGED),
    ],
)  # fmt: skip
def test_what_is_no_voice_is_refused(data: bytes, reason: VoiceRefusal) -> None:
    with pytest.raises(RefusedVoice) as refused:
        received_voice(data)
    assert refused.value.reason == reason


@pytest.mark.parametrize("name", MAKERS)
def test_cut_and_spoilt_recordings_never_do_more_than_be_refused(name: str) -> None:
    whole = MAKERS[name][0](8)
    chance = random.Random(7)  # spoils bytes, guards nothing
    for _trial in range(60):
        spoilt = bytearray(whole[: chance.randrange(8, len(whole))])
        for _byte in range(chance.randrange(6)):
            spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
        try:
            assert 0 < received_voice(bytes(spoilt)).seconds <= 60
        except RefusedVoice:
            continue
