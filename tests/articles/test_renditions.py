"""The copies that readers get: sizes, crops, silence about their origin, addresses."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Raster
from PIL import ImageChops

from articles import renditions
from articles.models import Article, Image
from articles.renditions.render import pack
from tests import make, shots
from tests.shots import GREEN, QUARTERS, RED, at, close

FOUND_IN_NO_COPY = (shots.SECRET.encode(), b"Exif", b"exif", b"xmp", b"Photoshop", b"ICC", b"GPS")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def written(data: bytes, **fields) -> Image:
    """A row with all its copies in the store; not saved."""
    original = renditions.decode(data)
    image = Image(width=original.size[0], height=original.size[1], **fields)
    image.ready = renditions.plan(original.size)
    renditions.write(image, original)
    return image


def copy(image: Image, recipe: str, width: int) -> Raster.Image:
    with default_storage.open(renditions.name(image, recipe, width)) as file:
        return Raster.open(BytesIO(file.read()))


def files(media: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(media.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_comes_upright(orientation, media) -> None:
    image = written(shots.held(orientation))
    assert (image.width, image.height) == (960, 640)
    lead = copy(image, "lead", 640)
    assert lead.size == (640, 360)
    for across, down, colour in QUARTERS:
        assert close(at(lead, across, down), colour), (across, down)


@pytest.mark.parametrize(
    ("size", "ready"),
    [
        (
            (3000, 2000),
            {
                "lead": [360, 640, 960, 1280],
                "card": [240, 480, 720],
                "thumb": [120, 240],
                "inline": [360, 640, 960, 1280],
                "share": [1200],
            },
        ),
        (
            (5000, 300),
            {
                "lead": [360],
                "card": [240],
                "thumb": [120, 240],
                "inline": [360, 640, 960, 1280],
                "share": [1200],
            },
        ),
        (
            (320, 3840),
            {"lead": [320], "card": [240], "thumb": [120, 240], "inline": [320], "share": [1200]},
        ),
        (
            (320, 180),
            {"lead": [320], "card": [240], "thumb": [120], "inline": [320], "share": [1200]},
        ),
    ],
)
def test_every_copy_there_is_has_the_size_that_is_said(size, ready, media) -> None:
    image = written(shots.file(shots.scene(size), quality=50))
    assert image.ready == ready
    for recipe, widths in ready.items():
        for width in widths:
            assert copy(image, recipe, width).size == renditions.size(image, recipe, width)
    assert len(files(media)) == sum(map(len, ready.values()))


@pytest.mark.parametrize(
    ("recipe", "size"),
    [
        ("lead", (1280, 720)),
        ("card", (720, 480)),
        ("thumb", (240, 240)),
        ("inline", (1280, 853)),
        ("share", (1200, 630)),
    ],
)
def test_a_recipe_has_its_ratio(recipe, size) -> None:
    image = Image(width=3000, height=2000)
    assert renditions.size(image, recipe, size[0]) == size


def test_the_focus_decides_what_is_seen(media) -> None:
    data = shots.file(shots.scene((1600, 500)))
    left, right = written(data, focus_x=0, focus_y=0.5), written(data, focus_x=1, focus_y=0.5)
    assert close(at(copy(left, "thumb", 240), 0.9, 0.1), RED)
    assert close(at(copy(right, "thumb", 240), 0.1, 0.1), GREEN)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_copy_tells_where_or_by_whom_it_was_taken(kind, media) -> None:
    data = shots.telling(kind)
    assert shots.SECRET.encode() in data
    written(data)
    copies = files(media)
    assert len(copies) == 9
    for content in copies:
        assert not [word for word in FOUND_IN_NO_COPY if word in content]
        picture = Raster.open(BytesIO(content))
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)


def test_a_comment_in_a_jpeg_stays_behind(media) -> None:
    written(shots.file(comment=shots.SECRET.encode()))
    assert not [content for content in files(media) if shots.SECRET.encode() in content]


def test_a_webp_copy_is_pixels_and_nothing_else(media) -> None:
    image = written(shots.telling())
    with default_storage.open(renditions.name(image, "lead", 360)) as file:
        content = file.read()
    kind, length = struct.unpack("<4sI", content[12:20])
    assert kind == b"VP8 "
    assert len(content) == 20 + length


def test_an_archive_behind_a_photograph_stays_behind(media) -> None:
    written(shots.zip_behind(shots.file()))
    copies = files(media)
    assert len(copies) == 12
    assert not [content for content in copies if b"PK\3\4" in content or b"php" in content]


def test_the_share_picture_is_a_jpeg_that_messengers_take(media) -> None:
    noise = [Raster.effect_noise((1500, 1000), 150) for _ in range(3)]
    image = written(shots.file(Raster.merge("RGB", noise), quality=95))
    share = copy(image, "share", 1200)
    assert (share.format, share.size) == ("JPEG", (1200, 630))
    assert default_storage.size(renditions.name(image, "share", 1200)) <= 300_000


def test_a_plain_share_picture_is_not_made_worse_than_need_be() -> None:
    recipe, picture = renditions.RECIPES["share"], shots.scene((1200, 630))
    once = BytesIO()
    picture.save(once, "JPEG", quality=recipe.quality, optimize=True, progressive=True)
    assert pack(picture, recipe) == once.getvalue()


def test_copies_look_like_the_original(media) -> None:
    data = shots.file(Raster.linear_gradient("L").resize((1600, 900)).convert("RGB"), "PNG")
    lead = copy(written(data), "lead", 640).convert("RGB")
    wanted = Raster.linear_gradient("L").resize((640, 360)).convert("RGB")
    assert max(high for _, high in ImageChops.difference(lead, wanted).getextrema()) <= 10


# Addresses


def test_an_address_is_the_row_s_and_tells_nothing() -> None:
    image = Image(token="ab" * 16, revision=3, width=400, height=300)
    assert renditions.url(image, "lead", 360) == f"/media/{'ab' * 16}/lead-360-3.webp"
    assert renditions.url(image, "share", 1200) == f"/media/{'ab' * 16}/share-1200-3.jpg"


def test_sources_are_those_that_are_ready() -> None:
    image = Image(token="ab" * 16, ready={"lead": [360, 640]})
    address = f"/media/{'ab' * 16}/lead"
    assert renditions.sources(image, "lead") == [
        (f"{address}-360-1.webp", 360),
        (f"{address}-640-1.webp", 640),
    ]
    assert renditions.sources(image, "card") == []


def test_a_card_needs_no_query_for_its_picture(db, django_assert_num_queries) -> None:
    image = make.image(ready={"card": [240]})
    make.live_article(lead_image_id=image.pk)
    with django_assert_num_queries(1):
        [card] = Article.objects.live().for_cards()
        [(address, width)] = renditions.sources(card.lead_image, "card")
        assert renditions.size(card.lead_image, "card", width) == (240, 160)
    assert image.token in address


# Making them again


@pytest.fixture
def stored(db, media) -> Image:
    image = Image(width=960, height=640, credit="Foto: Tes")
    image.original.save("", ContentFile(shots.file()), save=False)
    image.save()
    return image


def test_make_writes_the_copies_and_says_so(stored, media) -> None:
    renditions.make(stored)
    stored.refresh_from_db()
    assert stored.ready == renditions.plan((960, 640))
    assert len(files(media)) == 12


def test_make_changes_nothing_else_on_the_row(stored) -> None:
    stored.caption = "Belum disimpan"
    renditions.make(stored)
    stored.refresh_from_db()
    assert stored.caption == ""


def test_made_again_the_copies_have_the_same_names(stored, media) -> None:
    renditions.make(stored)
    path = media / renditions.name(stored, "lead", 360)
    path.write_bytes(b"half a file")
    before = sorted(media.rglob("*"))
    renditions.make(stored)
    assert sorted(media.rglob("*")) == before
    assert path.read_bytes()[:4] == b"RIFF"


def test_a_lost_original_is_said_in_words(stored) -> None:
    stored.original.storage.delete(stored.original.name)
    with pytest.raises(ValidationError) as caught:
        renditions.make(stored)
    assert caught.value.code == "missing"


def test_discarded_copies_are_gone(stored, media) -> None:
    renditions.make(stored)
    renditions.discard(stored)
    assert files(media) == []
