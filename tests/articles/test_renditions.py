"""The copies that readers get: sizes, crops, silence about their origin, addresses."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Raster
from PIL import ImageChops, IptcImagePlugin

from articles import renditions
from articles.models import Article, Image
from articles.renditions.marks import Marks
from articles.renditions.render import QUALITIES, pack
from tests import make, shots
from tests.shots import GREEN, QUARTERS, RED, YELLOW, at, close

FOUND_IN_NO_COPY = (shots.SECRET.encode(), b"Exif\0", b"ICC_PROFILE", b"GPS")
WIDTHS = [320, 480, 640, 960, 1280, 1920]
SQUARES = [160, *WIDTHS]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def written(data: bytes, **fields) -> Image:
    """A row with all its copies in the store; not saved."""
    original = renditions.decode(data)
    image = Image(width=original.size[0], height=original.size[1], **fields)
    image.ready = renditions.plan(original.size, image.crops)
    renditions.write(image, original)
    return image


def stored_copy(image: Image, recipe: str, width: int, kind: str = "jpg") -> bytes:
    with default_storage.open(renditions.name(image, recipe, width, kind)) as file:
        return file.read()


def copy(image: Image, recipe: str, width: int, kind: str = "jpg") -> Raster.Image:
    return Raster.open(BytesIO(stored_copy(image, recipe, width, kind)))


def number_of(ready: dict) -> int:
    return sum(len(widths) for formats in ready.values() for widths in formats.values())


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
    ("size", "widths"),
    [
        ((3000, 2000), {"lead": WIDTHS, "card": WIDTHS, "thumb": SQUARES, "inline": WIDTHS}),
        ((5000, 300), {"lead": [320, 480], "card": [320], "thumb": [160], "inline": WIDTHS}),
        ((320, 3840), {"lead": [320], "card": [320], "thumb": [160, 320], "inline": [320]}),
        ((320, 180), {"lead": [320], "card": [240], "thumb": [160], "inline": [320]}),
    ],
)
def test_every_copy_there_is_has_the_size_that_is_said(size, widths, media) -> None:
    image = written(shots.file(shots.scene(size), quality=50))
    three = {code: dict.fromkeys(("avif", "webp", "jpg"), found) for code, found in widths.items()}
    first = {"jpg": [min(1280, size[0])]}
    assert image.ready == three | {"first": first, "share": {"jpg": [1200]}}
    for recipe, formats in image.ready.items():
        for kind, made in formats.items():
            for width in made:
                found = copy(image, recipe, width, kind)
                assert found.size == renditions.size(image, recipe, width)
                assert found.format == {"jpg": "JPEG"}.get(kind, kind.upper())
    assert len(files(media)) == number_of(image.ready)


@pytest.mark.parametrize(
    ("recipe", "size"),
    [
        ("lead", (1280, 720)),
        ("card", (960, 720)),
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
    assert close(at(copy(left, "thumb", 320), 0.9, 0.1), RED)
    assert close(at(copy(right, "thumb", 320), 0.1, 0.1), GREEN)


def test_a_cut_made_by_hand_decides_instead_of_the_focus(media) -> None:
    data = shots.file(shots.scene((1600, 900)))
    image = written(data, focus_x=0, crops={"thumb": [0.75, 0.6, 0.2]})
    assert image.ready["thumb"]["jpg"] == [160, 320]  # a fifth of 1600 pixels, and none made up
    thumb = copy(image, "thumb", 320)
    assert close(at(thumb, 0.1, 0.1), YELLOW)
    assert close(at(thumb, 0.9, 0.9), YELLOW)
    assert close(at(copy(image, "card", 320), 0.1, 0.1), RED)


def test_a_small_cut_of_a_large_picture_is_sharp(media) -> None:
    image = Image(crops={"thumb": [0.1, 0.1, 0.4]})
    image.original = ContentFile(shots.file(shots.scene((6000, 4000)), quality=50), "besar")
    assert renditions.reread(image).pixels.width == 6000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_copy_tells_where_or_with_what_it_was_taken(kind, media) -> None:
    data = shots.telling(kind)
    assert shots.SECRET.encode() in data
    image = written(data, credit="Foto: Tes")
    copies = files(media)
    assert len(copies) == number_of(image.ready)
    for content in copies:
        assert not [word for word in FOUND_IN_NO_COPY if word in content]
        picture = Raster.open(BytesIO(content))
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment"} & set(picture.info)


def test_a_comment_in_a_jpeg_stays_behind(media) -> None:
    written(shots.file(comment=shots.SECRET.encode()))
    assert not [content for content in files(media) if shots.SECRET.encode() in content]


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_every_copy_says_whose_it_is(extension, media) -> None:
    notes = [(116, "© Kantor Berita Nala")]
    data = shots.with_segments(shots.file(), shots.iptc(notes))
    image = written(data, photographer="Sari & Tim", source="ANTARA FOTO")
    picture = copy(image, "lead", 640, extension)
    xmp = picture.info["xmp"].decode()
    assert "<photoshop:Credit>Sari &amp; Tim/ANTARA FOTO</photoshop:Credit>" in xmp
    assert "© Kantor Berita Nala" in xmp
    assert "DigitalSourceType" not in xmp
    again = renditions.decode(shots.with_xmp(shots.file(), xmp)).notes
    assert (again.photographer, again.copyright) == ("Sari & Tim", "© Kantor Berita Nala")
    if extension == "jpg":
        records = IptcImagePlugin.getiptcinfo(picture)
        assert records[2, 110].decode() == "Sari & Tim/ANTARA FOTO"
        assert records[2, 80].decode() == "Sari & Tim"
        assert records[2, 116].decode() == "© Kantor Berita Nala"


@pytest.mark.parametrize(
    ("nature", "word"),
    [
        ("ai_made", "trainedAlgorithmicMedia"),
        ("ai_edited", "compositeWithTrainedAlgorithmicMedia"),
        ("illustration", "digitalCreation"),
    ],
)
@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_a_picture_that_is_no_photograph_says_so_to_machines(
    nature, word, extension, media
) -> None:
    picture = copy(written(shots.file(), nature=nature), "card", 320, extension)
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}"
    assert f"DigitalSourceType>{address}<" in picture.info["xmp"].decode()


def test_a_webp_copy_of_a_nameless_picture_is_pixels_and_nothing_else(media) -> None:
    content = stored_copy(written(shots.telling()), "lead", 320, "webp")
    kind, length = struct.unpack("<4sI", content[12:20])
    assert kind == b"VP8 "
    assert len(content) == 20 + length


def test_the_share_picture_is_a_jpeg_that_messengers_take(media) -> None:
    noise = [Raster.effect_noise((1500, 1000), 150) for _ in range(3)]
    image = written(shots.file(Raster.merge("RGB", noise), quality=95))
    share = copy(image, "share", 1200)
    assert (share.format, share.size) == ("JPEG", (1200, 630))
    assert len(stored_copy(image, "share", 1200)) <= 300_000


def test_a_plain_share_picture_is_not_made_worse_than_need_be() -> None:
    recipe, picture = renditions.RECIPES["share"], shots.scene((1200, 630))
    once = BytesIO()
    picture.save(once, "JPEG", quality=QUALITIES["jpg"], optimize=True, progressive=True)
    assert pack(picture, recipe, "jpg", Marks()) == once.getvalue()


@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_copies_look_like_the_original(kind, media) -> None:
    data = shots.file(Raster.linear_gradient("L").resize((1600, 900)).convert("RGB"), "PNG")
    lead = copy(written(data), "lead", 640, kind).convert("RGB")
    wanted = Raster.linear_gradient("L").resize((640, 360)).convert("RGB")
    assert max(high for _, high in ImageChops.difference(lead, wanted).getextrema()) <= 10


# Addresses

TOKEN = "ab" * 16


def test_an_address_is_the_row_s_and_tells_nothing() -> None:
    image = Image(token=TOKEN, revision=3, width=400, height=300)
    assert renditions.url(image, "lead", 320, "avif") == f"/media/{TOKEN}/lead-320-3.avif"
    assert renditions.url(image, "share", 1200) == f"/media/{TOKEN}/share-1200-3.jpg"


def test_a_page_offers_the_best_format_first_and_not_all_widths_of_a_card() -> None:
    image = Image(token=TOKEN, width=3000, height=2000, ready=renditions.plan((3000, 2000)))
    offer = renditions.offer(image, "card")
    assert [source.kind for source in offer.sources] == ["image/avif", "image/webp", "image/jpeg"]
    address = f"/media/{TOKEN}/card"
    assert offer.sources[0].srcset == f"{address}-320-1.avif 320w, {address}-640-1.avif 640w"
    assert offer.sources[2].url == f"{address}-640-1.jpg"
    assert (offer.size, offer.is_stand_in) == ((640, 480), False)
    lead = renditions.offer(image, "lead").sources[0].srcset
    assert [part.split()[1] for part in lead.split(", ")] == [f"{width}w" for width in WIDTHS]


@pytest.mark.parametrize("recipe", ["lead", "card", "thumb", "inline", "share"])
def test_the_first_copy_stands_in_for_all_others(recipe) -> None:
    image = Image(token=TOKEN, width=960, height=640, ready=renditions.first((960, 640)))
    offer = renditions.offer(image, recipe)
    address = f"/media/{TOKEN}/first-960-1.jpg"
    assert [source.url for source in offer.sources] == [address]
    assert offer.is_stand_in
    assert offer.size == renditions.size(image, recipe, 960)
    assert renditions.smallest(image, recipe) == renditions.widest(image, recipe) == address


def test_of_a_picture_without_copies_there_is_nothing_to_show() -> None:
    image = Image(token=TOKEN, width=960, height=640)
    assert renditions.offer(image, "lead") is None
    assert renditions.widest(image, "share") == ""


def test_widest_and_smallest_are_for_every_browser() -> None:
    ready = {"thumb": {"avif": [160, 320], "jpg": [160, 320], "webp": [160, 320]}}
    image = Image(token=TOKEN, width=400, height=400, ready=ready)
    assert renditions.smallest(image, "thumb").endswith("/thumb-160-1.jpg")
    assert renditions.widest(image, "thumb").endswith("/thumb-320-1.jpg")


def test_copies_of_an_earlier_edition_of_the_paper_are_still_shown() -> None:
    image = Image(token=TOKEN, width=2000, height=1500, ready={"lead": {"webp": [360, 1280]}})
    assert renditions.offer(image, "lead").sources[0].url.endswith("/lead-1280-1.webp")


def test_a_card_needs_no_query_for_its_picture(db, django_assert_num_queries) -> None:
    image = make.image(ready={"card": {"jpg": [240]}})
    make.live_article(lead_image_id=image.pk)
    with django_assert_num_queries(1):
        [card] = Article.objects.live().for_cards()
        offer = renditions.offer(card.lead_image, "card")
        assert offer.size == (240, 180)
        assert card.lead_image.nature_label == ""
    assert image.token in offer.sources[0].url


# Putting them into the store


def test_what_half_a_run_left_is_written_over(media) -> None:
    image = written(shots.file())
    path = media / renditions.name(image, "lead", 320)
    path.write_bytes(b"half a file")
    before = sorted(media.rglob("*"))
    renditions.write(image, renditions.decode(shots.file()))
    assert sorted(media.rglob("*")) == before
    assert path.read_bytes()[:2] == b"\xff\xd8"


def test_discarded_copies_are_gone(media) -> None:
    image = written(shots.file())
    renditions.discard(image)
    assert files(media) == []


def test_older_copies_go_and_newer_ones_stay(media) -> None:
    old, new = (written(shots.file(), token=TOKEN, revision=number) for number in (9, 10))
    renditions.discard_before(new, 10)
    assert len(files(media)) == number_of(new.ready)
    assert not default_storage.exists(renditions.name(old, "lead", 320))
    renditions.discard_before(Image(token="cd" * 16), 10)  # which has no folder
