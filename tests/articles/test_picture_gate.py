"""The gate for picture files: what is refused, with which words, and what comes out of the rest."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Raster
from PIL import ImageCms

from articles import renditions
from articles.renditions import gate, masks
from tests import shots
from tests.shots import GREEN, QUARTERS, RED, at, close


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def refusal(data: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        renditions.decode(data)
    return caught.value


# Refused


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = shots.segment(0xFE, b"%PDF-1.7")
COMMENT = shots.segment(0xE0, b"".ljust(0x2F2A - 2, b"\0"))  # whose length is written “/*”
HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "format", "not a picture"),
        (b"\0" * 500, "format", "not a picture"),
        (HTML, "format", "not a picture"),
        (b"\xef\xbb\xbf" + SVG, "svg", "PNG"),
        (shots.file(kind="GIF"), "format", "GIF files are not taken"),
        (shots.file(kind="TIFF"), "format", "TIFF files are not taken"),
        (shots.file(kind="BMP"), "format", "BMP files are not taken"),
        (shots.file(kind="AVIF"), "format", "AVIF files are not taken"),
        (HEIC, "format", "Most Compatible"),
        (b"%PDF-1.7 /JPEG", "format", "PDF files are not taken"),
        (b"GIF89a" + shots.file(), "format", "GIF files are not taken"),
        (shots.file()[:-9000], "damaged", "cut short"),
        (shots.file()[:300], "damaged", "cut short"),
        (shots.file(kind="PNG")[:900], "damaged", "cut short"),
        (shots.file(kind="WEBP")[:900], "damaged", "cut short"),
        (shots.png(50_000, 50_000), "large", "50 million pixels"),
        (shots.png(8_000, 5_001), "large", "40 million pixels"),
        (shots.png(640, 480, b"\0"), "damaged", "cut short"),
        (shots.file(shots.scene((319, 640))), "small", "319 × 640"),
        (shots.file(shots.scene((640, 179))), "small", "at least 320 wide and 180 tall"),
        (shots.file(shots.scene((320, 3841))), "tall", "12 times as tall"),
        (shots.many_scans(200), "contrived", "no camera"),
        (shots.png(8_000, 6_251), "large", "million pixels"),
        (shots.zip_behind(shots.file()), "two-faced", "an archive"),
        (shots.file(comment=b"<?php system($_GET[0]);"), "two-faced", "a script"),
        (shots.file() + b"<script>alert(1)</script>", "two-faced", "a script"),
        (shots.with_xmp(shots.file(), SVG.decode()), "two-faced", "a script"),
        (shots.with_segments(shots.file(), PDF), "two-faced", "a PDF"),
        (shots.with_segments(shots.file(), COMMENT), "two-faced", "a script"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_the_reason(data, code, words, english) -> None:
    error = refusal(data)
    assert error.code == code
    assert words in error.message


def test_a_file_above_the_limit_is_refused_before_it_is_looked_at(monkeypatch) -> None:
    monkeypatch.setattr(gate, "_open", None)
    assert refusal(b"x" * (gate.MAX_BYTES + 1)).code == "heavy"


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"progressive": True}), ("WEBP", {})])
def test_a_file_that_is_decoded_whole_may_hold_fewer_pixels(kind, options, monkeypatch) -> None:
    data = shots.file(kind=kind, **options)
    monkeypatch.setattr(gate, "MAX_PIXELS_PROGRESSIVE", 960 * 640 - 1)
    monkeypatch.setitem(gate.MAX_PIXELS, "WEBP", 960 * 640 - 1)
    assert refusal(data).code == "large"
    assert renditions.decode(shots.file()).size == (960, 640)


def test_a_warning_about_size_is_a_refusal_as_well(monkeypatch) -> None:
    monkeypatch.setattr(Raster, "MAX_IMAGE_PIXELS", 400_000)  # 960 × 640 is not yet twice that
    assert refusal(shots.file()).code == "large"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_film_is_no_picture(kind) -> None:
    frames = [Raster.new("L", (320, 180), shade) for shade in range(101)]
    film = shots.file(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
    assert refusal(film).code == "moving"


@pytest.mark.parametrize("kind", list(masks.ENDINGS))
def test_every_ending_belongs_to_one_kind(kind) -> None:
    data = shots.file(kind=kind)
    for other, endings in masks.ENDINGS.items():
        for ending in endings:
            if other == kind:
                assert renditions.decode(data, f"Foto {ending}{ending.upper()}").size == (960, 640)
            else:
                with pytest.raises(ValidationError) as caught:
                    renditions.decode(data, f"foto{ending}")
                assert caught.value.code == "misnamed"


def test_a_usual_progressive_photograph_is_taken() -> None:
    assert renditions.decode(shots.file(progressive=True)).size == (960, 640)


# Taken, whatever it is made of


@pytest.mark.parametrize(
    "data",
    [
        # A phone's moving photograph: its film lies behind the picture.
        shots.file() + b"\0\0\0\x18ftypmp42" + bytes(5000),
        # What Photoshop on a Mac writes of its printer.
        shots.with_segments(shots.file(), shots.segment(0xED, b"<?xml?><!DOCTYPE plist PUBLIC>")),
    ],
    ids=["moving photograph", "print settings"],
)
def test_what_cameras_and_editors_add_does_no_harm(data) -> None:
    assert renditions.decode(data, "foto.jpg").size == (960, 640)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("exif", [b"MM\0*\0\0\0\x08\xff\xff", b"not a TIFF file"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_broken_exif_is_taken_as_it_lies(kind, exif) -> None:
    data = shots.file(kind=kind, exif=b"Exif\0\0" + exif)
    assert renditions.decode(data).size == (960, 640)


def cmyk() -> bytes:
    return shots.file(shots.scene().convert("CMYK"), quality=95)


def sixteen_bits() -> bytes:
    grey = shots.scene().convert("L")
    return shots.file(grey.convert("I").point(lambda level: level * 257).convert("I;16"), "PNG")


def second_picture() -> bytes:
    return shots.file(kind="MPO", save_all=True, append_images=[Raster.new("RGB", (960, 640))])


def moving(kind: str) -> bytes:
    frames = [Raster.new("RGB", (960, 640), shade) for shade in ("black", "white")]
    return shots.file(kind=kind, save_all=True, append_images=frames, lossless=True)


@pytest.mark.parametrize(
    "data",
    [
        shots.file(kind="PNG"),
        shots.file(kind="WEBP", quality=95),
        shots.file(shots.scene().quantize(8), "PNG"),
        shots.file(shots.scene().convert("RGBA"), "PNG"),
        cmyk(),
        second_picture(),
        moving("PNG"),
        moving("WEBP"),
    ],
    ids=["png", "webp", "palette", "alpha", "cmyk", "mpo", "apng", "moving-webp"],
)
def test_colours_are_those_of_the_file(data) -> None:
    pixels = renditions.decode(data).pixels
    assert pixels.mode == "RGB"
    for across, down, colour in QUARTERS:
        assert close(at(pixels, across, down), colour), at(pixels, across, down)


@pytest.mark.parametrize(
    "data",
    [
        sixteen_bits(),
        shots.file(shots.scene().convert("L"), "PNG"),
        shots.file(shots.scene().convert("L")),
    ],
    ids=["16-bit", "grey-png", "grey-jpeg"],
)
def test_grey_keeps_its_shades(data) -> None:
    pixels = renditions.decode(data).pixels
    for across, down, colour in QUARTERS:
        shade = Raster.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
        assert close(at(pixels, across, down), (shade,) * 3)


def glass() -> Raster.Image:
    """Red where it is opaque, the left half; the rest is black that nobody is to see."""
    picture = Raster.new("RGBA", (960, 640), (0, 0, 0, 0))
    picture.paste((*RED, 255), (0, 0, 480, 640))
    return picture


@pytest.mark.parametrize(
    "data",
    [
        shots.file(glass(), "PNG"),
        shots.file(glass().quantize(4), "PNG"),
        shots.file(glass().convert("RGB"), "PNG", transparency=(0, 0, 0)),
        shots.file(glass(), "WEBP", lossless=True),
    ],
    ids=["rgba", "palette", "one-colour", "webp"],
)
def test_what_is_transparent_becomes_white(data) -> None:
    pixels = renditions.decode(data).pixels
    assert close(at(pixels, 0.25, 0.5), RED)
    assert close(at(pixels, 0.75, 0.5), (255, 255, 255))


def test_wide_colours_are_brought_to_srgb() -> None:
    wide = renditions.decode(shots.file(kind="PNG", icc_profile=shots.display_p3())).pixels
    red, green, blue = at(wide, 0.9, 0.1)
    assert (red, blue) < (
        GREEN[0],
        GREEN[2],
    )  # P3's green is more green than the same numbers in sRGB
    assert green >= GREEN[1]


@pytest.mark.parametrize("profile", [b"no profile", shots.display_p3()[:200]])
def test_a_broken_colour_profile_is_left_out(profile) -> None:
    pixels = renditions.decode(shots.file(kind="PNG", icc_profile=profile)).pixels
    assert close(at(pixels, 0.1, 0.1), RED, 2)


def test_a_profile_that_says_srgb_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pixels = renditions.decode(shots.file(kind="PNG", icc_profile=profile)).pixels
    assert at(pixels, 0.9, 0.1) == GREEN


SMALL = shots.scene((400, 300))
VICTIMS = [
    shots.file(SMALL),
    shots.file(SMALL, progressive=True),
    shots.file(SMALL.quantize(8), "PNG"),
    shots.file(SMALL, "WEBP"),
    shots.telling(),
]


@pytest.mark.filterwarnings("ignore")
@hypothesis_settings(deadline=None)
@given(st.sampled_from(VICTIMS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4))))
def test_whatever_is_done_to_a_file_it_is_taken_or_refused(data, blows) -> None:
    for where, content in blows:
        start = int(where * len(data))
        data = data[:start] + content + data[start + 3 :]
    with suppress(ValidationError):
        assert renditions.decode(data).pixels.mode == "RGB"


def test_a_large_jpeg_is_decoded_at_a_fraction() -> None:
    data = shots.file(shots.scene((6000, 4000)))
    original = renditions.decode(data, surplus=renditions.surplus_of_first)
    assert original.size == (6000, 4000)
    assert original.pixels.size == (3000, 2000)


def test_a_large_png_is_not_kept_whole_either() -> None:
    data = shots.file(shots.scene((6000, 4000)), "PNG", compress_level=1)
    original = renditions.decode(data, surplus=renditions.surplus_of_first)
    assert original.pixels.size == (2000, 1334)
