"""The writer of pictures: what is stored, who may, and who hears of it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext
from PIL import Image as Raster

from articles import content, pictures, renditions, workflow
from articles.content import Values
from articles.errors import NotAllowed
from articles.models import Image, Outbox, ReplacedFile
from tests import make, shots

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    """Stores of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    private = FileSystemStorage(tmp_path / "originals")
    monkeypatch.setattr(Image._meta.get_field("original"), "storage", private)
    return tmp_path


def upload(data: bytes | None = None, name: str = "IMG_0001 Sari.jpg") -> SimpleUploadedFile:
    small = shots.scene((400, 300))
    return SimpleUploadedFile(name, shots.file(small) if data is None else data)


def store(data: bytes | None = None, **fields) -> Image:
    fields = {"by": None, "credit": "Foto: Tes"} | fields
    return pictures.store(upload(data), **fields)


def kept(media) -> list[str]:
    """Every file in both stores."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def original_of(image: Image) -> bytes:
    with image.original.open("rb") as file:
        return file.read()


def last_tags() -> list[str]:
    return Outbox.objects.latest("id").payload["tags"]


# Storing


def test_a_stored_picture_has_its_row_its_original_and_its_copies(media) -> None:
    reporter, data = make.user("reporter"), shots.file()
    image = store(data, by=reporter, caption="  Kapal \n bersandar ", alt="Sebuah kapal")
    image.refresh_from_db()
    assert (image.caption, image.credit, image.alt) == (
        "Kapal bersandar",
        "Foto: Tes",
        "Sebuah kapal",
    )
    assert (image.width, image.height, image.uploaded_by) == (960, 640, reporter)
    assert original_of(image) == data
    assert image.is_complete
    assert image.ready == renditions.plan((960, 640))


def test_a_new_picture_is_announced_to_who_named_it_before_it_was_there() -> None:
    image = store()
    assert last_tags() == [f"image:{image.pk}"]


def test_originals_lie_in_a_store_of_their_own() -> None:
    private = storages["originals"]
    assert private.path("") != default_storage.path("")
    assert not private.path("").startswith(default_storage.path(""))


def test_the_original_has_no_address_and_no_telling_name() -> None:
    image = store()
    assert "Sari" not in image.original.name
    assert image.token not in image.original.name
    assert not default_storage.exists(image.original.name)
    with pytest.raises(Resolver404):
        resolve(f"/media/{image.original.name}")


def test_width_and_height_are_those_of_the_upright_picture() -> None:
    image = store(shots.held(6))
    assert (image.width, image.height) == (960, 640)


@pytest.mark.parametrize("name", ["foto.jpg", "foto.webp", "foto.png.php", "foto.svg"])
def test_a_name_that_says_something_else_is_refused(name, media) -> None:
    with pytest.raises(ValidationError) as caught:
        pictures.store(upload(shots.file(kind="PNG"), name), by=None)
    assert caught.value.code == "misnamed"
    assert kept(media) == []


@pytest.mark.parametrize("name", ["foto.PNG", "foto", "tempelan"])
def test_an_ending_that_is_true_or_missing_is_taken(name) -> None:
    assert pictures.store(upload(shots.file(kind="PNG"), name), by=None).pk


def test_a_large_upload_that_lies_on_disk_is_taken_too(media) -> None:
    file = TemporaryUploadedFile("besar.jpg", "image/jpeg", 0, None)
    file.write(shots.file())
    file.size = file.tell()
    assert pictures.store(file, by=None).original.size == file.size


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"caption": "x" * 401}, "caption"),
        ({"credit": "x" * 161}, "credit"),
        ({"photographer": "x" * 71}, "photographer"),
        ({"nature": "painting"}, "nature"),
        ({"focus": (1.5, 0.5)}, "focus_x"),
        ({"focus": (0.5, float("nan"))}, "focus_y"),
    ],
)
def test_a_field_that_can_not_be_is_named(fields, name, media) -> None:
    with pytest.raises(ValidationError) as caught:
        store(**fields)
    assert list(caught.value.message_dict) == [name]
    assert kept(media) == []


@pytest.mark.parametrize("data", [b"<svg/>", shots.file()[:-9000], b""])
def test_of_a_refused_file_nothing_stays(data, media) -> None:
    with pytest.raises(ValidationError):
        store(data)
    assert kept(media) == []
    assert not Image.objects.exists()


def test_a_heavy_file_is_refused_unread() -> None:
    file = upload()
    file.size = 25 * 1024**2 + 1
    file.close()
    with pytest.raises(ValidationError) as caught:
        pictures.store(file, by=None)
    assert caught.value.code == "heavy"


@pytest.mark.parametrize("step", ["_put", "pack"])
def test_when_a_copy_fails_nothing_stays(step, media, monkeypatch) -> None:
    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(f"articles.renditions.render.{step}", fail)
    with pytest.raises(OSError, match="disk full"):
        store()
    assert kept(media) == []


def test_when_the_row_fails_nothing_stays(media, monkeypatch) -> None:
    monkeypatch.setattr(Image, "save", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store()
    assert kept(media) == []


# What the file tells


def photo_by(names: str) -> str:
    with translation.override("id"):
        return gettext("Photo: %(names)s") % {"names": names}


def agency_file() -> bytes:
    records = [(120, "Nelayan pulang."), (80, "Budi Santoso"), (110, "ANTARA FOTO")]
    return shots.with_segments(shots.file(), shots.iptc(records))


def test_caption_and_credit_are_taken_from_an_agency_s_file() -> None:
    image = store(agency_file(), credit="")
    assert image.caption == "Nelayan pulang."
    assert image.credit == photo_by("Budi Santoso/ANTARA FOTO")


def test_what_a_person_wrote_stands() -> None:
    image = store(agency_file(), caption="Keterangan kami", credit="Foto: Kami")
    assert (image.caption, image.credit) == ("Keterangan kami", "Foto: Kami")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_caption_and_credit_are_taken_from_xmp(kind) -> None:
    options = {"xmp": shots.XMP.encode()}
    if kind == "PNG":
        info = shots.text_chunk("XML:com.adobe.xmp", shots.XMP)
        options = {"pnginfo": info}
    file = upload(shots.file(kind=kind, **options), f"foto.{kind.lower()}")
    image = pictures.store(file, by=None)
    assert image.caption == "Kapal bersandar."
    assert image.credit == photo_by("Sari & Tim/ANTARA FOTO")


def test_a_caption_that_is_too_long_for_us_is_cut() -> None:
    data = shots.with_segments(shots.file(), shots.iptc([(120, "panjang " * 80)]))
    image = store(data)
    assert len(image.caption) == 400
    assert image.caption.endswith("panjang…")


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Kapal tiba. Hujan turun.", 24, "Kapal tiba. Hujan turun."),
        ("Kapal tiba. Hujan turun.", 23, "Kapal tiba."),
        ("Kapal tiba! Hujan turun lagi", 12, "Kapal tiba!"),
        ("“Kapal tiba.” Hujan turun.", 20, "“Kapal tiba.”"),
        ("Dr. Rina menunggu kapal di dermaga", 22, "Dr. Rina menunggu…"),
        ("Kapal 3.500 ton, milik negara", 17, "Kapal 3.500 ton…"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_what_is_too_long_ends_with_a_sentence_or_a_word(text, most, cut) -> None:
    assert renditions.shortened(text, most) == cut
    assert len(cut) <= most


# 60 KB; in our own copies each quotation mark would take six bytes.
LONG = 'Hak "cipta" dilindungi, kata é sampai habis. ' * 1300


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["rights", "description", "creator", "Credit", "UsageTerms"])
def test_a_file_may_say_as_much_of_itself_as_it_likes(name, kind) -> None:
    space = {"Credit": "photoshop", "UsageTerms": "xmpRights"}.get(name, "dc")
    element = f"{space}:{name}"
    packet = f"<x:xmpmeta><{element}><rdf:li>{LONG}</rdf:li></{element}></x:xmpmeta>"
    if kind == "JPEG":
        data = shots.with_xmp(shots.file(), packet)
    elif kind == "PNG":
        data = shots.file(kind=kind, pnginfo=shots.text_chunk("XML:com.adobe.xmp", packet))
    else:
        data = shots.file(kind=kind, xmp=packet.encode())
    image = pictures.store(upload(data, f"foto.{kind.lower()}"), by=None)
    image.refresh_from_db()
    assert image.is_complete
    for field, most in pictures.LIMITS.items():
        assert len(getattr(image, field)) <= most


@pytest.mark.parametrize("record", [80, 110, 115, 116, 120])
def test_so_may_a_file_with_iptc(record) -> None:
    data = shots.with_segments(shots.file(), shots.iptc([(record, LONG[:30_000])]))
    image = pictures.store(upload(data), by=None)
    image.refresh_from_db()
    assert image.is_complete


def test_letters_that_no_database_takes_are_left_out() -> None:
    data = shots.with_segments(shots.file(), shots.iptc([(120, "Kapal\0\x07bersandar")]))
    assert store(data).caption == "Kapal bersandar"


@pytest.mark.parametrize(
    "segment",
    [
        shots.iptc([(120, "Kapal di Kali Nala – Café")]),
        shots.iptc([(120, "Kapal di Kali Nala – Café")]).replace(b"\xc3\xa9", b"\xe9\0"),
    ],
    ids=["utf-8", "an odd byte"],
)
def test_a_caption_is_read_in_whatever_letters(segment) -> None:
    assert store(shots.with_segments(shots.file(), segment)).caption.startswith("Kapal di Kali")


def test_old_programs_wrote_latin_1() -> None:
    segment = shots.iptc([(120, "Café")]).replace("Café".encode(), b"Caf\xe9\0")
    assert store(shots.with_segments(shots.file(), segment)).caption == "Café"


def test_broken_notes_are_no_notes() -> None:
    broken = shots.segment(0xED, b"Photoshop 3.0\08BIM\4\4\0\0\0\0\0\x08\x1c\2\x78\x8f\0\0\0\0")
    image = store(shots.with_segments(shots.file(), broken))
    assert (image.caption, image.credit) == ("", "Foto: Tes")


def test_a_file_that_says_nothing_leaves_the_fields_empty() -> None:
    image = pictures.store(upload(), by=None)
    assert (image.caption, image.credit) == ("", "")


def test_rights_day_and_nature_are_taken_from_the_file_as_well() -> None:
    packet = (
        "<x:xmpmeta><rdf:Description><photoshop:DateCreated>2025-04-28T10:15:00"
        "</photoshop:DateCreated><xmpRights:UsageTerms><rdf:li>Sekali muat</rdf:li>"
        "</xmpRights:UsageTerms><Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/"
        "digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"
        "</rdf:Description></x:xmpmeta>"
    )
    image = store(shots.with_xmp(shots.file(), packet), credit="")
    assert (image.taken_on, image.licence) == (date(2025, 4, 28), "Sekali muat")
    assert image.nature == Image.Nature.AI_MADE


def test_the_day_is_taken_from_the_camera_if_nobody_wrote_it() -> None:
    exif = Raster.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2019:05:12 08:30:00"
    assert store(shots.file(exif=exif)).taken_on == date(2019, 5, 12)


# The credit


@pytest.mark.parametrize(
    ("facts", "credit"),
    [
        ({"photographer": "Rina Sari", "source": "Antara"}, "Foto: Rina Sari/Antara"),
        ({"photographer": "Rina Sari"}, "Foto: Rina Sari"),
        ({"source": "Antara", "nature": "archive"}, "Foto: Antara"),
        ({"source": "Antara", "photographer": "Antara"}, "Foto: Antara"),
        ({}, ""),
    ],
)
def test_the_credit_is_built_from_who_made_it_and_whose_it_is(facts, credit) -> None:
    with translation.override("en"):  # the desk's language has no say in it
        assert pictures.store(upload(), by=None, **facts).credit == credit


@pytest.mark.parametrize(
    ("credit", "parts"),
    [
        ("Foto: Rina/Antara", ("Rina", "Antara")),
        ("Foto: Rina", ("Rina", "")),
        ("KCNA", ("", "")),
        ("(MI/Usman Iskandar)", ("", "")),
        ("Grafis: Redaksi", ("", "")),
    ],
)
def test_a_credit_of_old_is_printed_as_it_was_and_taken_apart_if_it_can_be(credit, parts) -> None:
    image = pictures.store(upload(), by=None, credit=credit)
    assert (image.credit, (image.photographer, image.source)) == (credit, parts)
    saved = pictures.update(image, by=None, caption="Baru", photographer=parts[0], nature="archive")
    assert saved.credit == credit


def test_once_the_maker_is_known_the_old_credit_gives_way() -> None:
    image = pictures.store(upload(), by=None, credit="KCNA")
    assert pictures.update(image, by=None, source="KCNA").credit == "Foto: KCNA"
    assert pictures.update(image, by=None, source="").credit == ""


def test_another_credit_is_written_into_the_public_copies(media) -> None:
    image = store(photographer="Rina")
    pictures.update(image, by=None, photographer="Sari")
    saved = Image.objects.get(pk=image.pk)
    with default_storage.open(renditions.name(saved, "lead", 320)) as file:
        content = file.read()
    assert b"Sari" in content
    assert b"Rina" not in content


# Changing


def test_a_new_caption_is_saved_and_announced() -> None:
    image = store()
    saved = pictures.update(image, by=make.user("reporter"), caption=" Baru ")
    assert (saved.caption, saved.credit) == ("Baru", "Foto: Tes")
    assert saved.wanted == image.wanted  # The copies say nothing of the caption.
    assert last_tags() == [f"image:{image.pk}"]


def test_what_does_not_change_is_not_announced() -> None:
    image, before = store(caption="Sama"), Outbox.objects.count()
    pictures.update(image, by=None, caption="Sama ", focus_x=0.5, focus_y=0.4)
    assert Outbox.objects.count() == before


def test_another_focus_cuts_anew_under_new_addresses(media) -> None:
    image = store(shots.file(shots.scene((1600, 500))), focus=(0, 0.5))
    image.refresh_from_db()
    pictures.update(image, by=None, focus_x=1.0)
    saved = Image.objects.get(pk=image.pk)
    assert saved.focus_x == 1
    assert renditions.url(saved, "thumb", 320) != renditions.url(image, "thumb", 320)
    with default_storage.open(renditions.name(saved, "thumb", 320)) as file:
        corner = Raster.open(BytesIO(file.read())).convert("RGB").getpixel((20, 20))
    assert max(corner) == corner[1]  # green, the right half
    # Pages that readers have open still show the copies of before.
    assert default_storage.exists(renditions.name(image, "thumb", 320))


def test_a_cut_made_by_hand_is_kept_for_its_shape_alone(media) -> None:
    image = store(shots.file(shots.scene((1600, 900))))
    pictures.update(image, by=None, crops={"thumb": [0.5, 0.5, 0.25]})
    saved = Image.objects.get(pk=image.pk)
    assert saved.crops == {"thumb": [0.5, 0.5, 0.25]}
    assert saved.ready["thumb"]["jpg"] == [160, 320]
    assert saved.ready["card"]["jpg"][-1] == 960


@pytest.mark.parametrize(
    ("code", "cut"),
    [
        ("thumb", [0.8, 0, 0.5]),
        ("thumb", [0, 0.9, 0.3]),
        ("lead", [-0.1, 0, 0.5]),
        ("card", [0, 0, 0.01]),
        ("inline", [0, 0, 0.5]),
        ("first", [0, 0, 0.5]),
        ("poster", [0, 0, 0.5]),
    ],
)
def test_a_cut_that_can_not_be_is_refused(code, cut) -> None:
    with pytest.raises(ValidationError) as caught:
        pictures.update(store(), by=None, crops={code: cut})
    assert list(caught.value.message_dict) == [f"crop_{code}"]


def test_when_a_change_fails_all_stays_as_it_was(media, monkeypatch) -> None:
    image = store()
    image.refresh_from_db()
    before = kept(media)
    monkeypatch.setattr("articles.pictures.outbox.announce", lambda tags: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pictures.update(image, by=None, focus_x=0.9)
    assert kept(media) == before
    image.refresh_from_db()
    assert (image.is_complete, image.focus_x) == (True, 0.5)


def test_a_focus_outside_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        pictures.update(store(), by=None, focus_y=-0.1)
    assert list(caught.value.message_dict) == ["focus_y"]


def test_a_lead_image_keeps_a_credit() -> None:
    image = store()
    make.complete(lead_image_id=image.pk)
    with pytest.raises(ValidationError) as caught:
        pictures.update(image, by=None, credit=" ")
    assert list(caught.value.message_dict) == ["photographer"]
    image.refresh_from_db()
    assert image.credit == "Foto: Tes"


def test_a_picture_that_leads_nowhere_may_lose_its_credit() -> None:
    assert pictures.update(store(), by=None, credit="").credit == ""


# Another file


def test_a_replaced_file_leaves_no_copy_of_the_one_before(
    media, django_capture_on_commit_callbacks
) -> None:
    image = store(caption="Keterangan")
    make.complete(lead_image_id=image.pk)
    image.refresh_from_db()
    pictures.update(image, by=None, crops={"thumb": [0, 0, 0.5]})
    old = set(kept(media))
    data = shots.file(shots.scene((640, 960)))
    with django_capture_on_commit_callbacks(execute=True):
        saved = pictures.replace(image, upload(data), by=make.user("editor"))
    saved.refresh_from_db()
    assert (saved.width, saved.height, saved.crops) == (640, 960, {})
    assert (saved.token, saved.caption) == (image.token, "Keterangan")
    assert original_of(saved) == data
    assert {name for name in old & set(kept(media)) if name.startswith("media")} == set()
    assert default_storage.exists(renditions.name(saved, "lead", 320))
    assert last_tags() == [f"image:{image.pk}"]


def test_a_replacement_that_is_refused_changes_nothing(media) -> None:
    image = store()
    before = kept(media)
    with pytest.raises(ValidationError):
        pictures.replace(image, upload(b"<svg/>"), by=None)
    assert kept(media) == before


def test_the_original_of_before_is_named_until_it_goes(media, monkeypatch) -> None:
    private = Image._meta.get_field("original").storage
    monkeypatch.setattr(ReplacedFile._meta.get_field("file"), "storage", private)
    image = store()
    cut, old = pictures.vary(image, by=None), image.original.name
    pictures.replace(image, upload(shots.file(shots.scene((640, 960)))), by=None)
    row = ReplacedFile.objects.get()  # one file, though two pictures showed it
    assert (row.image, row.file.name) == (image, old)
    last = row.at + pictures.REPLACED_STAYS
    assert pictures.forget_replaced(last - timedelta(seconds=1), 10) == 0
    assert f"originals/{old}" in kept(media)
    assert pictures.forget_replaced(last, 10) == 1
    assert f"originals/{old}" not in kept(media)
    assert not ReplacedFile.objects.exists()
    for one in (image, cut):
        one.refresh_from_db()
        assert f"originals/{one.original.name}" in kept(media)


def test_a_file_that_a_picture_still_has_stays_whatever_is_noted(media, monkeypatch) -> None:
    private = Image._meta.get_field("original").storage
    monkeypatch.setattr(ReplacedFile._meta.get_field("file"), "storage", private)
    image = store()
    row = ReplacedFile.objects.create(image=image, file=image.original.name)
    assert pictures.forget_replaced(row.at + pictures.REPLACED_STAYS, 10) == 1
    assert f"originals/{image.original.name}" in kept(media)


# Who may


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (None, False),
        ("reporter", True),
        ("editor", True),
        ("chief_editor", True),
        ("moderator", False),
        ("administrator", False),
    ],
)
def test_who_may_store_change_and_replace(role, may, media) -> None:
    user = make.user(*filter(None, [role]))
    image = store()
    for act in (
        lambda: pictures.store(upload(), by=user),
        lambda: pictures.update(image, by=user, caption="Baru"),
        lambda: pictures.replace(image, upload(), by=user),
        lambda: pictures.vary(image, by=user),
    ):
        if may:
            assert act().pk
        else:
            with pytest.raises(NotAllowed):
                act()


def published_with(image: Image, writer) -> None:
    workflow.publish(make.draft(writer, lead_image_id=image.pk), None)


def test_a_reporter_changes_no_picture_that_readers_see() -> None:
    image, reporter = store(), make.user("reporter")
    published_with(image, reporter)
    for act in (
        lambda: pictures.update(image, by=reporter, caption="Tanpa persetujuan"),
        lambda: pictures.replace(image, upload(), by=reporter),
    ):
        with pytest.raises(NotAllowed, match="Berita nomor"):
            act()
    image.refresh_from_db()
    assert (image.caption, image.wanted) == ("", 2)


def test_an_editor_changes_a_picture_of_somebody_else_s_article() -> None:
    image = store()
    published_with(image, make.user("reporter"))
    assert pictures.update(image, by=make.user("editor"), caption="Ralat").caption == "Ralat"


def test_an_editor_does_not_change_the_picture_of_her_own_published_article() -> None:
    image, editor = store(), make.user("editor")
    published_with(image, editor)
    with pytest.raises(NotAllowed):
        pictures.update(image, by=editor, caption="Sendiri")


# What readers see, or are about to

WORDS = {"caption": "Kapal", "alt": "Sebuah kapal", "credit": "Foto: Tes"}


LEAD_NEEDS = {"caption": "caption", "alt": "alt", "credit": "photographer"}


@pytest.mark.parametrize(
    ("field", "value", "needed"),
    [
        ("lead_image_id", "{}", LEAD_NEEDS),
        ("share_image_id", "{}", {"credit": "photographer"}),
        ("body", '<p>Isi.</p><figure data-image="{}"></figure>', {"credit": "photographer"}),
    ],
)
@pytest.mark.parametrize("ahead", [None, timedelta(days=1)], ids=["live", "scheduled"])
def test_what_an_article_needs_of_its_pictures_stays(field, value, needed, ahead) -> None:
    image, editor = store(**WORDS), make.user("editor")
    article = make.draft(**{field: value.format(image.pk)})
    workflow.publish(article, None, at=ahead and timezone.now() + ahead)
    for name in WORDS:
        if name in needed:
            with pytest.raises(ValidationError) as caught:
                pictures.update(image, by=editor, **{name: " "})
            assert list(caught.value.message_dict) == [needed[name]]
        else:
            assert getattr(pictures.update(image, by=editor, **{name: ""}), name) == ""


def test_what_was_empty_before_stands_in_no_one_s_way() -> None:
    image = store()
    published_with(image, make.user("reporter"))
    editor = make.user("editor")
    assert pictures.update(image, by=editor, caption="", alt="Sebuah kapal").alt == "Sebuah kapal"


def test_the_server_may_take_words_away() -> None:
    image = store(**WORDS)
    published_with(image, make.user("reporter"))
    assert pictures.update(image, by=None, caption="").caption == ""


@pytest.mark.parametrize("answers", [{"involves_child": "yes"}, {"sexual_violence": "yes"}])
def test_where_identities_are_guarded_no_writer_changes_a_picture_alone(answers) -> None:
    """The chief editor may override four eyes with a note; a picture's form asks for none."""
    image, chief = store(**WORDS), make.user("chief_editor")
    workflow.publish(make.draft(chief, lead_image_id=image.pk, sensitivity=answers), None)
    for act in (
        lambda: pictures.update(image, by=chief, caption="Rumah korban"),
        lambda: pictures.replace(image, upload(), by=chief),
    ):
        with pytest.raises(NotAllowed, match="Berita nomor"):
            act()
    other = make.user("editor")
    assert pictures.update(image, by=other, caption="Ralat").caption == "Ralat"


def test_elsewhere_the_chief_editor_does() -> None:
    image, chief = store(**WORDS), make.user("chief_editor")
    published_with(image, chief)
    assert pictures.update(image, by=chief, caption="Ralat").caption == "Ralat"


def waits_with(image: Image, writer, **fields):
    """A live article whose approved change, which brings the picture, waits for tomorrow."""
    article = workflow.publish(make.draft(writer), None)
    values = Values({"lead_image_id": image.pk} | fields)
    saved = content.save(article, values, article.version, writer)
    tomorrow = timezone.now() + timedelta(days=1)
    return workflow.schedule_update(saved, None, at=tomorrow, is_substantial=False)


def test_a_picture_of_a_change_that_waits_is_guarded_as_one_that_is_out() -> None:
    image, reporter, editor = store(**WORDS), make.user("reporter"), make.user("editor")
    waits_with(image, reporter)
    for act in (
        lambda: pictures.update(image, by=reporter, caption="Tanpa persetujuan"),
        lambda: pictures.replace(image, upload(), by=reporter),
    ):
        with pytest.raises(NotAllowed, match="Berita nomor"):
            act()
    with pytest.raises(ValidationError):
        pictures.update(image, by=editor, alt="")
    assert pictures.update(image, by=editor, caption="Ralat").caption == "Ralat"


def test_so_it_is_where_only_the_change_guards_an_identity() -> None:
    image, chief = store(**WORDS), make.user("chief_editor")
    waits_with(image, chief, sensitivity={"involves_child": "yes"})
    with pytest.raises(NotAllowed):
        pictures.update(image, by=chief, caption="Rumah korban")


def test_a_picture_that_the_desk_only_works_with_is_still_its_writer_s() -> None:
    image, open_one, reporter = store(**WORDS), store(**WORDS), make.user("reporter")
    article = waits_with(image, reporter)
    values = Values({"share_image_id": open_one.pk})
    content.save(article, values, article.version, reporter)
    assert pictures.update(open_one, by=reporter, caption="").caption == ""


# Another cut for one use


def test_another_cut_has_an_address_words_and_cuts_of_its_own(media) -> None:
    image = store(shots.file(shots.scene((1600, 900))), caption="Rapat", credit="Foto: Rina")
    variant = pictures.vary(image, by=make.user("reporter"))
    assert (variant.caption, variant.credit) == ("Rapat", "Foto: Rina")
    assert variant.token != image.token
    assert variant.original.name == image.original.name
    pictures.update(variant, by=None, caption="Ketua rapat", crops={"card": [0.5, 0.5, 0.3]})
    image.refresh_from_db()
    variant.refresh_from_db()
    assert (image.caption, image.crops) == ("Rapat", {})
    assert (variant.variant_of, variant.is_complete) == (image, True)
    with default_storage.open(renditions.name(variant, "card", 320)) as file:
        corner = shots.at(Raster.open(BytesIO(file.read())), 0.1, 0.1)
    assert shots.close(corner, shots.YELLOW)


def test_a_cut_of_a_cut_is_one_of_the_picture() -> None:
    image = store()
    again = pictures.vary(pictures.vary(image, by=None), by=None)
    assert again.variant_of == image


@pytest.mark.parametrize("which", [0, 1])
def test_credit_and_rights_are_those_of_the_file(which) -> None:
    image = store()
    family = [image, pictures.vary(image, by=None)]
    facts = {"photographer": "Sari", "nature": "archive", "licence": "Sekali muat"}
    pictures.update(family[which], by=None, caption="Sendiri", **facts)
    rows = Image.objects.order_by("pk")
    assert {(one.credit, one.nature, one.licence) for one in rows} == {
        ("Foto: Sari", "archive", "Sekali muat")
    }
    assert [one.caption for one in rows].count("Sendiri") == 1


@pytest.mark.parametrize("which", [0, 1])
def test_another_file_takes_the_place_of_every_cut(
    which, media, django_capture_on_commit_callbacks
) -> None:
    image = store()
    family = [image, pictures.vary(image, by=None)]
    old = {name for name in kept(media) if name.startswith("media")}
    data = shots.file(shots.scene((640, 960)))
    with django_capture_on_commit_callbacks(execute=True):
        pictures.replace(family[which], upload(data), by=None)
    assert [original_of(one) for one in Image.objects.all()] == [data, data]
    assert old & set(kept(media)) == set()


def test_a_cut_that_a_published_article_shows_holds_back_who_may_not_change_it() -> None:
    image, reporter = store(), make.user("reporter")
    published_with(pictures.vary(image, by=reporter), reporter)
    with pytest.raises(NotAllowed):
        pictures.replace(image, upload(), by=reporter)


def test_when_a_cut_s_row_fails_the_file_it_shares_stays(media, monkeypatch) -> None:
    image = store()
    before = kept(media)
    monkeypatch.setattr(Image, "save", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pictures.vary(image, by=None)
    assert kept(media) == before
