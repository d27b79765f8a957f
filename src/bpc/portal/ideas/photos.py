"""Photos as received → photos as kept: checked by content, turned upright, reduced, re-encoded.

Re-encoding drops everything but the picture: position, date, camera, thumbnails, hidden payloads.
"""

import io
import warnings
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 15 * 1024 * 1024
MAX_PHOTOS = 3
MAX_SIDE = 1600  # pixels
THUMBNAIL_SIDE = 640
THUMBNAIL_BYTES = 60 * 1024
# A JPEG is decoded at reduced size, the others whole: 25 megapixels take 100 MB.
_MAX_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_FORMATS = ("JPEG", "PNG", "WEBP")  # what JPEG files with several pictures (MPO) open as is decided by Pillow
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


class PhotoRefusal(Enum):
    """Why a photo is not taken."""

    TOO_HEAVY = "too-heavy"
    EMPTY = "empty"
    NOT_A_PHOTO = "not-a-photo"
    HEIC = "heic"
    ANIMATED = "animated"
    TOO_MANY_PIXELS = "too-many-pixels"
    DAMAGED = "damaged"


class RefusedPhoto(Exception):
    """The file is not kept; `reason` says why."""

    def __init__(self, reason: PhotoRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG reduced to the side asked for and its thumbnail, without any metadata."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_photo(file: BinaryIO, size: int, side: int = MAX_SIDE) -> CleanPhoto:
    """Re-encode the photo in `file`, of `size` bytes, to `side` pixels at most. Raises `RefusedPhoto`."""
    if size > MAX_BYTES:
        raise RefusedPhoto(PhotoRefusal.TOO_HEAVY)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise RefusedPhoto(PhotoRefusal.EMPTY)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise RefusedPhoto(PhotoRefusal.HEIC)
    picture = _decoded(data, side)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = _jpeg(picture, 82)
    return CleanPhoto(content, _thumbnail(picture), picture.width, picture.height)


def _decoded(data: bytes, side: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # odd metadata, which is dropped anyway
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _check_header(picture)
                if picture.format in {"JPEG", "MPO"}:
                    picture.draft("RGB", (side, side))
                picture.load()
                return _flat(_in_srgb(ImageOps.exif_transpose(picture)))
    except UnidentifiedImageError:
        raise RefusedPhoto(PhotoRefusal.NOT_A_PHOTO) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedPhoto(PhotoRefusal.TOO_MANY_PIXELS) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError):
        # whatever a crafted or cut file makes the decoder say
        raise RefusedPhoto(PhotoRefusal.DAMAGED) from None


def _check_header(picture: Image.Image) -> None:
    """Refuse by what the header tells, before any pixel is decoded."""
    # MPO is what phones write for a photo with a depth map: its first frame is the photo.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise RefusedPhoto(PhotoRefusal.ANIMATED)
    if picture.width * picture.height > _MAX_PIXELS[picture.format or ""]:
        raise RefusedPhoto(PhotoRefusal.TOO_MANY_PIXELS)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as a browser shows them without the profile that goes away."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _flat(picture: Image.Image) -> Image.Image:
    """RGB on white, without a trace of what the file said besides its pixels."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        flat = Image.new("RGB", layers.size, "white")
        flat.paste(layers, mask=layers.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    flat.info = {}
    return flat


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, exif=b"", icc_profile=None)
    return out.getvalue()


def _thumbnail(picture: Image.Image) -> bytes:
    """Light enough for a slow line, whatever the photo shows."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    data = b""
    for quality in (76, 60, 45, 30, 15):
        data = _jpeg(small, quality)
        if len(data) <= THUMBNAIL_BYTES:
            break
    return data
