"""How long a recording lasts, read from its own frames, where no well-kept library reads them.

What a telephone's browser records (WebM and MP4 written piece by piece) says no length in its heading: the times of
its pieces do. AMR, which older telephones record, has frames of 20 ms. Each function raises `BadSound` for bytes that
are not what they begin like, and `SeenSound` for a film.
"""

import struct
from collections.abc import Iterator


class BadSound(Exception):
    """Not a recording, or one cut or damaged."""


class SeenSound(Exception):
    """It has pictures: a film, not a voice."""


_MASTERS = {
    0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0,
}  # fmt: skip  # segment, information, tracks, track, cluster, group of blocks: entered, the others skipped
_DOC_TYPE, _SCALE, _DURATION, _TRACK_TYPE, _CODEC = 0x4282, 0x2AD7B1, 0x4489, 0x83, 0x86
_CLUSTER_TIME, _BLOCKS = 0xE7, {0xA3, 0xA1}
_HEADING = 0x1A45DFA3
_AUDIO, _FRAME = 2, 0.02  # of a WebM track; seconds, the usual Opus frame
_BYTES_AHEAD = 12  # the longest name and size of an element


def _vint(data: bytes, at: int, *, is_size: bool) -> tuple[int, int]:
    """A number of variable length and where it ends; -1 for a size that is not known."""
    if at >= len(data) or data[at] == 0:
        raise BadSound("an element without a name or a size")
    length = 9 - data[at].bit_length()
    raw = int.from_bytes(data[at : at + length], "big")
    if at + length > len(data):
        raise BadSound("cut")
    if not is_size:
        return raw, at + length
    value = raw & ((1 << (7 * length)) - 1)
    return (-1 if value == (1 << (7 * length)) - 1 else value), at + length


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element of a Matroska file that holds no other, in order. One cut at the end is left out."""
    at = 0
    while at + 2 <= len(data):
        try:
            name, after = _vint(data, at, is_size=False)
            size, after = _vint(data, after, is_size=True)
        except BadSound:
            if len(data) - at < _BYTES_AHEAD:
                return
            raise
        if name in _MASTERS or name == _HEADING:
            at = after
            continue
        if size < 0 or after + size > len(data):
            return
        yield name, data[after : after + size]
        at = after + size


def webm_seconds(data: bytes) -> float:
    """The length of a WebM recording: what its heading says, or the time of its last block if later."""
    doc_type, codecs, scale, told, cluster, last = b"", [], 1_000_000, 0.0, 0, None
    for name, value in _elements(data):
        if name == _DOC_TYPE:
            doc_type = value.rstrip(b"\0")
        elif name == _SCALE:
            scale = int.from_bytes(value, "big")
        elif name == _DURATION and len(value) in (4, 8):
            told = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
        elif name == _TRACK_TYPE and int.from_bytes(value, "big") != _AUDIO:
            raise SeenSound
        elif name == _CODEC:
            codecs.append(value.rstrip(b"\0"))
        elif name == _CLUSTER_TIME:
            cluster = int.from_bytes(value, "big")
        elif name in _BLOCKS:
            _track, after = _vint(value, 0, is_size=True)
            if len(value) < after + 3:
                raise BadSound("a block without a time")
            last = max(last or 0, cluster + struct.unpack_from(">h", value, after)[0])
    if doc_type != b"webm" or codecs not in ([b"A_OPUS"], [b"A_VORBIS"]) or last is None:
        raise BadSound("no WebM with one sound in it")
    ends = last * scale / 1e9 + _FRAME
    # a length that is no number is not believed
    return float(max(ends, told * scale / 1e9)) if told == told else ends


# bytes of a frame after its first one, by its kind; -1: no such kind
_AMR = (12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0)
_AMR_WB = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0)
_AMR_HEADINGS = ((b"#!AMR\n", _AMR), (b"#!AMR-WB\n", _AMR_WB))


def amr_seconds(data: bytes) -> float:
    """The length of an AMR recording: 20 ms a frame.

    >>> amr_seconds(b"#!AMR\\n" + (b"\\x3c" + bytes(31)) * 50)
    1.0
    """
    heading, sizes = next((one for one in _AMR_HEADINGS if data.startswith(one[0])), (b"", ()))
    if not heading:
        raise BadSound("no AMR")
    at, frames = len(heading), 0
    while at < len(data):
        size = sizes[(data[at] >> 3) & 15]
        if size < 0 or data[at] & 0x83:
            raise BadSound("no frame of AMR")
        at += 1 + size
        frames += 1
    frames -= at > len(data)  # the last one, cut, is not counted
    if not frames:
        raise BadSound("cut")
    return frames / 50


_BOXES = {b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf"}  # entered


def _boxes(
    data: bytes, start: int = 0, end: int | None = None, depth: int = 0
) -> Iterator[tuple[bytes, bytes]]:
    """Every box of an MP4 file that holds no other of ours, in order."""
    at, stop = start, len(data) if end is None else end
    if depth > 8:
        raise BadSound("boxes too deep")
    while at + 8 <= stop:
        size, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1 and at + 16 <= stop:
            size, body = struct.unpack_from(">Q", data, at + 8)[0], at + 16
        elif size == 0:
            size = stop - at
        if size < body - at or at + size > stop:
            raise BadSound("a box longer than its file")
        if name in _BOXES:
            yield from _boxes(data, body, at + size, depth + 1)
        else:
            yield name, data[body : at + size] if name != b"mdat" else b""
        at += size


def mp4_seconds(data: bytes) -> float:
    """The length of an MP4 sound, its fragments included where it was written piece by piece."""
    scale = told = in_pieces = default = 0
    sounds = 0
    try:
        for name, body in _boxes(data):
            if name == b"hdlr":
                if body[8:12] == b"vide":
                    raise SeenSound
                sounds += body[8:12] == b"soun"
            elif name == b"mdhd":
                scale, told = struct.unpack_from(">IQ" if body[0] else ">II", body, 20 if body[0] else 12)
            elif name == b"trex":
                default = struct.unpack_from(">I", body, 12)[0]
            elif name == b"tfhd":
                default = _piece_default(body) or default
            elif name == b"trun":
                in_pieces += _piece_length(body, default)
    except (struct.error, IndexError):
        raise BadSound("a box too short") from None
    if sounds != 1 or not scale:
        raise BadSound("no MP4 with one sound in it")
    return max(told, in_pieces) / scale


def _piece_default(body: bytes) -> int:
    """The length of a sample in this piece where `tfhd` says it, in units of the track; else 0."""
    flags = int.from_bytes(body[1:4], "big")
    at = 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2)
    return int(struct.unpack_from(">I", body, at)[0]) if flags & 8 else 0


def _piece_length(body: bytes, default: int) -> int:
    """The length of the samples of a `trun`, in units of the track."""
    flags, count = int.from_bytes(body[1:4], "big"), struct.unpack_from(">I", body, 4)[0]
    if not flags & 0x100:
        return int(count * default)
    at = 8 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
    step = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    if at + step * count > len(body):
        raise BadSound("a piece longer than its box")
    return sum(struct.unpack_from(">I", body, at + step * rank)[0] for rank in range(count))
