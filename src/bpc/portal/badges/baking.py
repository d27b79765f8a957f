"""A signed credential carried inside its badge's picture, as Open Badges 3.0 (5.3) has it."""

import struct
import zlib

_SVG_END, _PNG_END = b"</svg>", b"IEND"
_KEYWORD = b"openbadgecredential"


def bake_svg(picture: bytes, token: str) -> bytes:
    """The drawing with the credential as a last element of its root. Raises ValueError for no drawing."""
    body, end, rest = picture.rpartition(_SVG_END)
    if not end:
        raise ValueError("no end of a drawing")
    carried = (
        f'<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" verify="{token}"/>'
    )
    return body + carried.encode("ascii") + end + rest


def bake_png(picture: bytes, token: str) -> bytes:
    """The picture with the credential in a chunk of text before its end. Raises ValueError for no picture."""
    place = picture.rfind(_PNG_END) - 4  # behind its length
    if place < 0:
        raise ValueError("no end of a picture")
    # not compressed, of no language, of no translated keyword
    data = _KEYWORD + bytes(5) + token.encode("ascii")
    chunk = b"iTXt" + data
    carried = struct.pack("!I", len(data)) + chunk + struct.pack("!I", zlib.crc32(chunk))
    return picture[:place] + carried + picture[place:]
