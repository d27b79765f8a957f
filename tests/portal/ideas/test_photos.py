"""Photos lose everything but the picture, and hostile files are refused by name."""

import io

import pytest
from PIL import Image

from bpc.portal.ideas.photos import MAX_BYTES, PhotoRefusal, RefusedPhoto, clean_photo


def jpeg(size: tuple[int, int] = (80, 60), **options: object) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, "JPEG", **options)
    return out.getvalue()


def refusal(data: bytes, size: int | None = None) -> PhotoRefusal:
    """Why `data` is refused."""
    with pytest.raises(RefusedPhoto) as caught:
        clean_photo(io.BytesIO(data), len(data) if size is None else size)
    return caught.value.reason


def test_position_and_camera_are_gone_and_the_photo_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (30.0, 28.0, 0.0)
    data = jpeg((80, 60), exif=exif)
    photo = clean_photo(io.BytesIO(data), len(data))
    again = Image.open(io.BytesIO(photo.content))
    assert dict(again.getexif()) == {}
    assert b"Exif" not in photo.content
    assert (photo.width, photo.height) == again.size == (60, 80)


def test_a_large_photo_is_reduced_and_its_thumbnail_is_light() -> None:
    noise = Image.effect_noise((4000, 3000), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    photo = clean_photo(io.BytesIO(out.getvalue()), len(out.getvalue()))
    assert (photo.width, photo.height) == (1600, 1200)
    assert len(photo.thumbnail) <= 60 * 1024
    assert max(Image.open(io.BytesIO(photo.thumbnail)).size) == 640


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    photo = clean_photo(io.BytesIO(out.getvalue()), len(out.getvalue()))
    assert Image.open(io.BytesIO(photo.content)).getpixel((5, 5)) == (255, 255, 255)


def test_refusals() -> None:
    animated = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(animated, "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(b"") is PhotoRefusal.EMPTY
    assert refusal(b"x", size=MAX_BYTES + 1) is PhotoRefusal.TOO_HEAVY
    assert refusal(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is PhotoRefusal.NOT_A_PHOTO
    assert refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00") is PhotoRefusal.HEIC
    assert refusal(animated.getvalue()) is PhotoRefusal.ANIMATED
    assert refusal(jpeg((400, 300), quality=95)[:-200]) is PhotoRefusal.DAMAGED


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    assert len(out.getvalue()) < 50_000
    assert refusal(out.getvalue()) is PhotoRefusal.TOO_MANY_PIXELS
