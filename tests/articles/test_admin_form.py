"""The article's form: what it sends to the content writer, and what it shows when that refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles import content, pictures, workflow
from articles.content import Values
from articles.models import Article, Image, Revision, Tag
from tests import desk, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(client):
    person = make.user("reporter")
    client.force_login(person)
    return person


@pytest.fixture
def editor(client):
    person = make.user("editor")
    client.force_login(person)
    return person


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.jpeg((800, 600)), "image/jpeg")


def test_a_new_article_is_a_draft_with_all_that_was_typed(client, reporter) -> None:
    author = make.author("Rina")
    made = desk.save(
        client,
        kicker="Pasar",
        headline="Harga Ikan\nMelonjak",
        standfirst="Baris satu.\r\nBaris dua.",
        body='<p>Isi <b style="font-weight:700">berita</b>.</p><script>x</script>',
        tag_names='Ikan, "Nala, Kota", ikan',
        dateline_city="Jakarta",
        **{"signatures-author": ["", author.pk], "signatures-role": ["writer", "contributor"]},
    )
    article = Article.objects.get()
    assert made.status_code == 302
    assert article.status == Article.Status.DRAFT
    assert article.created_by == reporter
    assert article.headline == "Harga Ikan Melonjak"
    assert article.standfirst == "Baris satu.\nBaris dua."
    assert article.body == "<p>Isi <strong>berita</strong>.</p>"
    assert article.slug == "harga-ikan-melonjak"
    assert {tag.name for tag in article.tags.all()} == {"Ikan", "Nala, Kota"}
    assert [(b.author, b.role) for b in article.bylines.all()] == [(author, "contributor")]
    assert article.revisions.get().author == reporter


def test_the_form_begins_with_the_persons_own_byline(client, reporter) -> None:
    author = make.author(user=reporter)
    page = client.get(desk.ADD)
    assert f'<option value="{author.pk}" selected>' in page.text


def test_what_is_saved_unchanged_makes_no_revision(client, reporter) -> None:
    article = make.draft(
        by=reporter,
        tags=["Banjir", "Kota, Nala"],
        bylines=[make.author()],
        standfirst="Satu.\nDua.",
        body="<p>Satu &amp; dua.</p><ul><li>a</li></ul>",
    )
    sent = desk.typed(article, tag_names='Banjir, "Kota, Nala"', standfirst="Satu.\r\nDua.")
    sent["body"] = "<p>Satu &amp; dua.</p><ul><li><p>a</p></li></ul>"
    client.post(desk.change(article), sent | {"_continue": "1"})
    article.refresh_from_db()
    assert article.version == 0
    assert article.revisions.count() == 1


def test_tags_come_back_from_the_form_as_they_were(client, reporter) -> None:
    names = ["Banjir Rob", 'Film "Laskar"', "Kota, Nala", '"Merdeka" atau mati']
    article = make.draft(by=reporter, tags=names)
    page = client.get(desk.change(article))
    shown = page.context["adminform"].form["tag_names"].value()
    desk.save(client, article, headline="Judul lain", tag_names=shown)
    assert sorted(tag.name for tag in article.tags.all()) == sorted(names)


def test_a_tag_in_another_spelling_is_the_same_tag(client, reporter) -> None:
    make.draft(tags=["Pilkada DKI"])
    desk.save(client, tag_names="pilkada-dki")
    assert [tag.name for tag in Tag.objects.all()] == ["Pilkada DKI"]


def test_a_tag_of_signs_alone_is_refused_and_the_text_stays(client, reporter) -> None:
    again = desk.save(client, headline="Yang panjang sekali", tag_names="Banjir, ???")
    assert "tag_names" in desk.errors_of(again)
    assert "Yang panjang sekali" in again.text
    assert not Article.objects.exists()


def test_bylines_keep_their_order_and_all_rows_are_shown(client, reporter) -> None:
    authors = [make.author() for _ in range(6)]
    article = make.draft(by=reporter, bylines=authors)
    assert client.get(desk.change(article)).text.count('name="signatures-author"') == 7
    reverse = [author.pk for author in reversed(authors)]
    desk.save(client, article, **{"signatures-author": reverse})
    assert [line.author_id for line in article.bylines.all()] == reverse


@pytest.mark.parametrize("row", [("999999", "writer"), ("x", "writer"), ("{author}", "boss")])
def test_a_forged_byline_is_refused(client, reporter, row) -> None:
    author, role = row[0].format(author=make.author().pk), row[1]
    again = desk.save(client, **{"signatures-author": [author], "signatures-role": [role]})
    assert "signatures" in desk.errors_of(again)


def test_status_and_times_are_in_no_form(client, editor) -> None:
    article = make.draft()
    desk.save(
        client,
        article,
        headline="Judul baru",
        status="published",
        published_at="2020-01-01",
        version=99,
        created_by=editor.pk,
    )
    article.refresh_from_db()
    assert (article.status, article.published_at, article.version) == ("draft", None, 1)
    assert article.created_by != editor


def test_paid_content_without_a_label_is_refused_with_everything_typed(client, reporter) -> None:
    again = desk.save(client, headline="Judul iklan", kind="advertorial")
    assert desk.errors_of(again)
    assert "Judul iklan" in again.text


def test_an_end_of_comments_is_asked_for_in_the_papers_own_zone(client, reporter) -> None:
    article = make.draft(by=reporter)
    desk.save(client, article, comments_close_at="2026-12-01T14:30")
    article.refresh_from_db()
    assert article.comments_close_at is not None
    assert article.comments_close_at.isoformat() == "2026-12-01T07:30:00+00:00"


def test_the_headline_of_the_import_is_pointed_out_until_it_is_edited(client, editor) -> None:
    article = make.draft(headline_derived=True)
    assert "desk-note--warn" in client.get(desk.change(article)).text
    desk.save(client, article, kicker="Pasar")
    article.refresh_from_db()
    assert article.headline_derived
    desk.save(client, article, headline="Judul pilihan redaktur")
    article.refresh_from_db()
    assert not article.headline_derived


def test_only_a_declared_change_of_substance_moves_the_date_that_readers_see(
    client, editor
) -> None:
    article = make.live_article()
    desk.change_live(client, article, kind="small", standfirst="Salah ketik.")
    article.refresh_from_db()
    assert (article.standfirst, article.updated_at) == ("Salah ketik.", None)
    desk.change_live(client, article, kind="substance", standfirst="Angka baru.")
    article.refresh_from_db()
    assert article.updated_at is not None


def test_what_kind_of_change_it_is_must_be_said(client, editor) -> None:
    article = make.live_article()
    asked = desk.change_live(client, article, kind="", standfirst="Angka baru.")
    assert asked.context["form"].errors["kind"]
    article.refresh_from_db()
    assert article.standfirst == ""


# Who may


def test_a_reporter_does_not_find_the_draft_of_another(client, reporter) -> None:
    other = make.draft()
    assert client.get(desk.change(other)).status_code == 302
    assert desk.save(client, other, headline="Dibajak").status_code == 302
    other.refresh_from_db()
    assert other.headline != "Dibajak"


def test_what_may_not_be_edited_is_shown_with_the_reason(client, reporter) -> None:
    article = workflow.submit(make.draft(by=reporter), reporter)
    page = client.get(desk.change(article))
    assert page.status_code == 200
    assert page.context["why_not_edit"]
    assert 'name="headline"' not in page.text
    assert "Paragraf pertama" in page.text
    assert desk.save(client, article, headline="Diam-diam").status_code == 403


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_roles_that_do_not_write_read_what_is_public(client, role) -> None:
    client.force_login(make.user(role))
    article = make.live_article()
    page = client.get(desk.change(article))
    assert page.context["why_not_edit"]
    assert not page.context["steps"]
    assert client.get(desk.ADD).status_code == 403
    assert desk.save(client, article, headline="X").status_code == 403


def test_nothing_is_deleted_at_the_desk(client) -> None:
    client.force_login(make.user("chief_editor"))
    article, section = make.draft(), make.section()
    image, author = make.image(), make.author()
    for thing in (article, section, image, author):
        address = f"/admin/articles/{type(thing).__name__.lower()}/"
        assert client.post(f"{address}{thing.pk}/delete/", {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": thing.pk, "index": 0}
        client.post(address, data | {"post": "yes"})
        thing.refresh_from_db()


# Two people at once


def overtaken(reporter) -> tuple[Article, int]:
    """A draft that an editor saved after the reporter had opened it at the returned version."""
    article = make.draft(by=reporter)
    values = Values(fields={"headline": "Judul redaktur"})
    content.save(article, values, article.version, make.user("editor", name="Andi Saputra"))
    return article, 0


def test_a_save_on_an_old_version_is_shown_again_with_all_that_was_typed(client, reporter) -> None:
    article, old = overtaken(reporter)
    again = desk.save(client, article, headline="Judulku", body="<p>Teksku.</p>", base_version=old)
    article.refresh_from_db()
    assert article.headline == "Judul redaktur"
    assert "Andi Saputra" in str(desk.errors_of(again))
    assert "Judulku" in again.text
    assert "Teksku" in again.text
    assert f"/admin/articles/article/{article.pk}/revisions/2/" in again.text
    losing = article.revisions.get(kind=Revision.Kind.LOSING)
    assert losing.content["fields"]["headline"] == "Judulku"
    assert losing.content["fields"]["body"] == "<p>Teksku.</p>"
    assert f"/admin/articles/article/{article.pk}/revisions/{losing.number}/" in again.text


def test_mine_can_be_saved_over_it_and_theirs_stays_in_the_history(client, reporter) -> None:
    article, old = overtaken(reporter)
    again = desk.save(client, article, headline="Judulku", base_version=old)
    standing = again.context["conflict"]["version"]
    answer = {"base_version": old, "standing_version": standing, "overwrite": "on"}
    desk.save(client, article, headline="Judulku", **answer)
    article.refresh_from_db()
    assert article.headline == "Judulku"
    headlines = [r.content["fields"]["headline"] for r in article.revisions.all()]
    assert "Judul redaktur" in headlines


def test_without_the_tick_the_second_try_is_refused_as_well(client, reporter) -> None:
    article, old = overtaken(reporter)
    again = desk.save(client, article, headline="Judulku", base_version=old, standing_version=1)
    assert desk.errors_of(again)
    article.refresh_from_db()
    assert article.headline == "Judul redaktur"


def test_over_it_means_over_what_was_shown_and_not_over_a_third_text(client, reporter) -> None:
    article, old = overtaken(reporter)
    values = Values(fields={"headline": "Judul ketiga"})
    content.save(article, values, 1, make.user("editor"))
    answer = {"base_version": old, "standing_version": 1, "overwrite": "on"}
    again = desk.save(client, article, headline="Judulku", **answer)
    assert again.context["conflict"]["version"] == 2
    article.refresh_from_db()
    assert article.headline == "Judul ketiga"


def test_a_writer_may_not_change_the_published_text_alone(client) -> None:
    chief = make.user("chief_editor")
    client.force_login(chief)
    article = make.live_article(by=chief)
    asked = desk.change_live(client, article, headline="Judul lain")
    assert asked.context["form"].errors["note"]
    article.refresh_from_db()
    assert article.headline != "Judul lain"
    desk.act(client, "update_articles", article, kind="small", note="Salah nama narasumber.")
    article.refresh_from_db()
    assert article.headline == "Judul lain"
    assert article.transitions.filter(override=True, note="Salah nama narasumber.").exists()


# The lead image


def test_a_picture_uploaded_with_the_form_becomes_the_lead_image(client, reporter) -> None:
    words = {"upload_caption": "Banjir", "upload_credit": "Foto: Rina", "upload_alt": "Air"}
    desk.save(client, upload=photo(), **words)
    image = Article.objects.get().lead_image
    assert image is not None
    assert (image.caption, image.credit, image.alt) == ("Banjir", "Foto: Rina", "Air")
    assert image.uploaded_by == reporter


def test_a_good_picture_is_kept_when_something_else_is_wrong(client, reporter) -> None:
    again = desk.save(client, headline="", upload=photo(), upload_credit="Foto: Rina")
    assert list(desk.errors_of(again)) == ["headline"]
    image = Image.objects.get()
    assert f'name="lead_image" value="{image.pk}" checked' in again.text
    desk.save(client, lead_image=image.pk)
    assert Article.objects.get().lead_image == image
    assert Image.objects.count() == 1


def test_a_picture_without_a_credit_is_kept_and_asks_for_one(client, reporter) -> None:
    again = desk.save(client, upload=photo(), upload_caption="Banjir")
    assert list(desk.errors_of(again)) == ["upload_credit"]
    image = Image.objects.get()
    desk.save(client, lead_image=image.pk, upload_credit="Foto: Rina")
    image.refresh_from_db()
    assert (image.caption, image.credit) == ("Banjir", "Foto: Rina")
    assert Article.objects.get().lead_image == image


def test_a_file_that_is_no_picture_is_refused_beside_its_field(client, reporter) -> None:
    bad = SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    again = desk.save(client, headline="Judul panjang", upload=bad, upload_credit="Foto: Rina")
    assert list(desk.errors_of(again)) == ["upload"]
    assert "Judul panjang" in again.text
    assert "Foto: Rina" in again.text
    assert not Image.objects.exists()


def test_words_without_a_picture_are_not_dropped_silently(client, reporter) -> None:
    again = desk.save(client, upload_caption="Keterangan yatim")
    assert list(desk.errors_of(again)) == ["upload"]
    assert "Keterangan yatim" in again.text


def test_words_are_those_of_the_picture_that_a_script_has_sent(client, reporter) -> None:
    image = pictures.store(photo(), by=reporter, credit="Foto: Antara", caption="Dari kamera")
    sent = {"lead_image": image.pk, "upload_sent": image.pk, "upload_alt": "Kapal di dermaga"}
    again = desk.save(client, headline="", **sent, upload_caption="Kapal tiba")
    assert list(desk.errors_of(again)) == ["headline"]
    # They are stored, and not asked for a second time.
    form = again.context["adminform"].form
    assert [form[f"upload_{name}"].value() for name in ("sent", "alt", "caption")] == [""] * 3
    desk.save(client, lead_image=image.pk)
    image.refresh_from_db()
    assert (image.caption, image.credit, image.alt) == (
        "Kapal tiba",
        "Foto: Antara",
        "Kapal di dermaga",
    )
    assert Article.objects.get().lead_image == image


def test_what_the_file_says_of_itself_can_be_emptied(client, reporter) -> None:
    facts = {"credit": "Foto: Antara", "caption": "Dari kamera", "alt": "Kapal"}
    image = pictures.store(photo(), by=reporter, **facts)
    words = {"upload_caption": "", "upload_credit": "Foto: Antara", "upload_alt": ""}
    sent = {"lead_image": image.pk, "upload_sent": image.pk} | words
    again = desk.save(client, **sent, note="x" * 301)
    assert list(desk.errors_of(again)) == ["note"]
    image.refresh_from_db()
    assert (image.caption, image.credit, image.alt) == ("", "Foto: Antara", "")
    # Without words of its own it still needs to be somebody's.
    again = desk.save(client, **sent | {"upload_credit": ""})
    assert list(desk.errors_of(again)) == ["upload_credit"]
    image.refresh_from_db()
    assert (image.credit, image.photographer, image.source) == ("", "", "")


def test_a_text_that_is_too_long_empties_nothing_and_is_shown_again(client, reporter) -> None:
    image = pictures.store(photo(), by=reporter, credit="Foto: Antara", alt="Kapal")
    words = {"upload_caption": "x" * 401, "upload_credit": "Foto: Antara", "upload_alt": ""}
    again = desk.save(client, lead_image=image.pk, upload_sent=image.pk, **words)
    assert list(desk.errors_of(again)) == ["upload_caption"]
    assert "x" * 401 in again.text
    image.refresh_from_db()
    assert image.alt == "Kapal"


def test_words_never_go_to_another_picture_that_has_its_own(client, reporter) -> None:
    image, other = make.image(), make.image(alt="Milik gambar lain")
    sent = {"lead_image": other.pk, "upload_sent": image.pk, "upload_alt": "Kapal"}
    assert list(desk.errors_of(desk.save(client, **sent))) == ["upload"]
    other.refresh_from_db()
    assert other.alt == "Milik gambar lain"


def test_without_a_script_the_file_goes_with_the_form(client, reporter) -> None:
    field = LexborHTMLParser(client.get(desk.ADD).text).css_first("input[type=file][name=upload]")
    assert field.attributes["data-send"] == reverse("admin:articles_image_send")
    assert field.attributes["accept"] == "image/jpeg,image/png,image/webp"
    desk.save(client, upload=photo(), upload_credit="Foto: Rina")
    assert Article.objects.get().lead_image == Image.objects.get()


def test_a_picture_without_credit_can_not_lead(client, reporter) -> None:
    again = desk.save(client, lead_image=make.image(credit="").pk)
    assert list(desk.errors_of(again)) == ["lead_image"]


def test_any_picture_can_be_chosen_by_its_number(client, reporter) -> None:
    first = make.image()
    for _ in range(13):
        make.image()
    assert f'name="lead_image" value="{first.pk}"' not in client.get(desk.ADD).text
    desk.save(client, lead_image="", **{"lead_image-number": first.pk})
    assert Article.objects.get().lead_image == first


@pytest.mark.parametrize("number", ["999999", "abc", "9" * 30, "-1"])
def test_a_number_that_no_picture_has_is_told(client, reporter, number) -> None:
    again = desk.save(client, **{"lead_image-number": number})
    assert list(desk.errors_of(again)) == ["lead_image"]
    assert number in again.text


def test_a_refused_save_does_not_store_the_picture_twice(client, reporter) -> None:
    article, old = overtaken(reporter)
    again = desk.save(
        client, article, upload=photo(), upload_credit="Foto: R", headline="Q", base_version=old
    )
    assert again.context["conflict"]
    assert Image.objects.count() == 1
    assert f'value="{Image.objects.get().pk}" checked' in again.text


def test_what_is_live_can_be_shared_with_one_tap(client, editor) -> None:
    article = make.live_article(headline="Kapal Tiba", standfirst="Pagi ini.")
    desk.save(client, article, headline="Belum diterbitkan")
    share = client.get(desk.change(article)).context["share"]
    address = f"http://testserver{article.get_absolute_url()}"
    assert share == {"address": address, "text": f"*Kapal Tiba*\n\nPagi ini.\n\n{address}"}
    assert client.get(desk.change(make.draft())).context["share"] is None
