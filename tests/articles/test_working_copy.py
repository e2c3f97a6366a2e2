"""Readers see the row; what the desk changes meanwhile waits beside it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import content, editing, search, snapshots, workflow
from articles.content import Signature, Values
from articles.errors import Conflict, NotAllowed, Refused
from articles.models import Article, Outbox, Revision, SectionRight, Tag
from tests import desk, make, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make.user("editor")


def changed(article: Article, by=None, **fields) -> Article:
    return content.save(article, Values(fields), article.version, by)


def test_a_save_of_what_is_live_changes_nothing_for_readers(client, editor) -> None:
    article = make.live_article(headline="Kapal Tiba", tags=["Laut"], bylines=[make.author("Rini")])
    before = client.get(article.get_absolute_url()).content
    rows = Outbox.objects.count()
    values = Values(
        {"headline": "Perahu Tiba", "body": "<p>Perahu.</p>", "slug": "perahu", "kind": "opinion"},
        tags=["Perahu"],
        bylines=[Signature(make.author("Andi"))],
    )
    saved = content.save(article, values, article.version, editor)
    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.headline, fresh.slug) == ("Kapal Tiba", "kapal-tiba")
    assert snapshots.is_apart(fresh)
    assert saved.version == article.version + 1
    assert client.get(article.get_absolute_url()).content == before
    assert not search.newest("perahu", timezone.now(), None, 5)
    # Not even the topic's page exists before somebody publishes it.
    assert not Tag.objects.filter(name="Perahu").exists()
    assert Outbox.objects.count() == rows


def test_publishing_the_changes_brings_all_of_them_out(client, editor) -> None:
    article = make.live_article(headline="Kapal Tiba", tags=["Laut"])
    values = Values(
        {"headline": "Perahu Tiba"}, tags=["Perahu"], bylines=[Signature(make.author())]
    )
    saved = content.save(article, values, article.version, editor)
    out = workflow.update(saved, editor, is_substantial=False)
    assert out.headline == "Perahu Tiba"
    assert [tag.name for tag in out.tags.all()] == ["Perahu"]
    assert out.bylines.count() == 1
    assert (out.updated_at, out.stage) == (None, "")
    assert out.live_revision == out.draft_revision == saved.draft_revision
    assert search.newest("perahu", timezone.now(), None, 5) == [article.pk]


def test_the_date_of_a_change_of_substance_is_the_same_in_all_three_places(client, editor) -> None:
    article = make.live_article()
    out = workflow.update(changed(article, editor, headline="Lain"), editor, is_substantial=True)
    assert out.updated_at is not None
    page = client.get(out.get_absolute_url()).content.decode()
    stamp = timezone.localtime(out.updated_at).isoformat(timespec="seconds")
    assert f'"dateModified": "{stamp}"' in page
    assert f'article:modified_time" content="{stamp}"' in page
    month = f"{timezone.localtime(out.published_at):%Y-%m}"
    assert f"<lastmod>{stamp}</lastmod>" in client.get(f"/sitemap-{month}.xml").content.decode()


def test_a_small_edit_moves_none_of_them(client, editor) -> None:
    article = make.live_article()
    out = workflow.update(changed(article, editor, headline="Lain"), editor, is_substantial=False)
    page = client.get(out.get_absolute_url()).content.decode()
    assert "dateModified" not in page
    assert "article:modified_time" not in page


def test_without_changes_there_is_nothing_to_publish(editor) -> None:
    article = make.live_article()
    with pytest.raises(Refused):
        workflow.update(article, editor, is_substantial=True)


def test_typing_what_is_live_again_leaves_no_change(editor) -> None:
    article = make.live_article(headline="Kapal Tiba")
    saved = changed(changed(article, editor, headline="Perahu"), editor, headline="Kapal Tiba")
    assert not snapshots.is_apart(saved)
    assert saved.stage == ""
    assert saved.revisions.filter(kind=Revision.Kind.SAVE).count() == 3


def test_a_change_can_be_saved_twice_and_by_two_people(editor) -> None:
    article = make.live_article(headline="Kapal Tiba", standfirst="Pagi.")
    opened = article.version
    content.save(article, Values({"headline": "Perahu Tiba"}), opened, editor)
    saved = content.save(article, Values({"standfirst": "Siang."}), opened, make.user("editor"))
    fields = snapshots.working(saved)["fields"]
    assert (fields["headline"], fields["standfirst"]) == ("Perahu Tiba", "Siang.")
    assert saved.version == opened + 2


def test_two_changes_of_one_paragraph_are_not_joined(editor) -> None:
    article = make.live_article(body="<p>Satu.</p><p>Dua.</p>")
    opened = article.version
    content.save(article, Values({"body": "<p>Satu!</p><p>Dua.</p>"}), opened, editor)
    with pytest.raises(Conflict) as caught:
        content.save(article, Values({"body": "<p>Satu?</p><p>Dua.</p>"}), opened, editor)
    assert caught.value.clashes == ("body",)
    assert caught.value.losing.content["fields"]["body"] == "<p>Satu?</p><p>Dua.</p>"
    joined = {"body": "<p>Satu.</p><p>Dua?</p>"}
    saved = content.save(article, Values(joined), opened, make.user("editor"))
    assert snapshots.working(saved)["fields"]["body"] == "<p>Satu!</p><p>Dua?</p>"


def test_what_waits_for_its_time_is_changed_in_the_same_way(editor) -> None:
    at = timezone.now() + timedelta(hours=2)
    article = workflow.publish(make.complete(headline="Nanti"), None, at=at)
    saved = changed(article, editor, headline="Nanti Sekali")
    assert (saved.headline, snapshots.is_apart(saved)) == ("Nanti", True)
    out = workflow.update(saved, editor, is_substantial=False)
    assert (out.headline, out.live_revision.live_from) == ("Nanti Sekali", article.published_at)


@pytest.mark.parametrize("way", ["return", "withdraw", "publish again"])
def test_leaving_the_readers_takes_the_change_along(way, editor) -> None:
    if way == "return":
        article = make.scheduled_article(timezone.now() + timedelta(hours=2))
        saved = changed(article, editor, headline="Lain")
        workflow.submit(saved, None)
        after = workflow.return_to_writer(saved, editor, note="Ulangi.")
    elif way == "withdraw":
        saved = changed(make.live_article(), editor, headline="Lain")
        reason = {"reason": "child", "public_reason": "Demi anak."}
        after = workflow.withdraw(saved, None, **reason)
    else:
        at = timezone.now() + timedelta(hours=2)
        article = workflow.publish(make.complete(), None, at=at)
        saved = changed(article, editor, headline="Lain")
        after = workflow.publish(saved, editor)
    assert after.headline == Article.objects.get(pk=after.pk).headline == "Lain"
    assert not snapshots.is_apart(after)


def test_the_form_and_the_preview_show_the_change_and_the_page_does_not(client, editor) -> None:
    client.force_login(editor)
    article = make.live_article(headline="Kapal Tiba", tags=["Laut"])
    elsewhere, picture = make.section("bahari"), public.image(credit="Foto: Siti")
    moved = {"headline": "Perahu Tiba", "section": elsewhere.pk, "lead_image": picture.pk}
    desk.save(client, article, tag_names="Perahu, Laut", **moved)
    form = client.get(desk.change(article)).context["adminform"].form
    assert form["headline"].value() == "Perahu Tiba"
    assert form["tag_names"].value() == "Laut, Perahu"
    assert form["section"].value() == elsewhere.pk
    preview = client.get(f"/admin/articles/article/{article.pk}/preview/").text
    assert "Perahu Tiba" in preview
    assert "Bahari" in preview
    assert "Foto: Siti" in preview
    seen = client.get(article.get_absolute_url()).content.decode()
    assert "Kapal Tiba" in seen
    assert "Perahu" not in seen


def test_a_form_that_only_joins_is_told_so(client, editor) -> None:
    client.force_login(editor)
    article = make.complete()
    typed = desk.typed(article, headline="Dari form")
    changed(article, standfirst="Dari rekan.")
    client.post(desk.change(article), typed | {"_continue": "1"})
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Dari form", "Dari rekan.")
    assert desk.told(client)


def test_a_conflict_answers_409(client, editor) -> None:
    client.force_login(editor)
    article = make.complete()
    typed = desk.typed(article, headline="Dari form")
    changed(article, headline="Dari rekan")
    answer = client.post(desk.change(article), typed | {"_continue": "1"})
    assert answer.status_code == 409
    assert "Dari form" in answer.text


def test_text_kept_at_a_take_over_is_no_base_for_a_join(editor) -> None:
    """What A had typed when B took over is not what the article ever said."""
    first = make.user("editor")
    article = make.live_article(body="<p>Satu.</p>")
    opened, typed = article.version, "<p>Satu.</p><p>Dari A.</p>"
    key = uuid.uuid4()
    editing.beat(key, first, article, base_version=opened, typed={"body": [typed]})
    editing.take_over(article, editor)
    changed(article, editor, body="<p>Nol.</p><p>Satu.</p>")
    saved = content.save(article, Values({"body": typed}), opened, first)
    assert "Dari A." in snapshots.working(saved)["fields"]["body"]
    assert "Nol." in snapshots.working(saved)["fields"]["body"]


def test_nothing_in_a_change_can_keep_an_article_before_its_readers(editor) -> None:
    article = make.live_article(body="<p>Isi.</p>")
    changed(article, editor, body="")
    reason = {"reason": "child", "public_reason": "Demi masa depan anak."}
    after = workflow.withdraw(article, None, **reason)
    assert (after.status, after.body) == ("withdrawn", "")
    waiting = make.scheduled_article(timezone.now() + timedelta(hours=2))
    changed(waiting, editor, body="")
    assert workflow.return_to_writer(waiting, editor, note="Ulangi.").stage == "returned"


def test_a_change_that_was_never_approved_does_not_come_back_with_the_article() -> None:
    chain = [{"step": "edit", "role": "editor"}, {"step": "legal", "role": "chief_editor"}]
    article = workflow.publish(make.complete(section=make.section("hukum", chain=chain)), None)
    changed(article, make.user("editor"), headline="Belum diperiksa")
    reason = {"reason": "child", "public_reason": "Demi masa depan anak."}
    after = workflow.withdraw(article, None, **reason)
    with pytest.raises(NotAllowed):
        workflow.publish(after, make.user("editor"))
    assert workflow.publish(after, make.user("chief_editor")).status == "published"


def test_what_readers_have_seen_does_not_become_a_draft_again(editor) -> None:
    live = workflow.publish(make.complete(), None)
    withdrawn = workflow.withdraw(live, None, reason="child", public_reason="Demi anak.")
    article = workflow.publish(withdrawn, editor, at=timezone.now() + timedelta(hours=3))
    with pytest.raises(Refused):
        workflow.return_to_writer(article, editor, note="Ulangi.")
    later = workflow.publish(article, editor, at=timezone.now() + timedelta(hours=4))
    assert later.published_at > article.published_at
    assert later.first_published_at == article.first_published_at
    reason = {"reason": "child", "public_reason": "Demi masa depan anak."}
    assert workflow.withdraw(later, None, **reason).status == "withdrawn"


def test_what_is_approved_can_be_given_another_time_without_a_new_chain() -> None:
    chain = [{"step": "edit", "role": "editor"}, {"step": "legal", "role": "chief_editor"}]
    draft = make.complete(section=make.section("hukum", chain=chain))
    soon = timezone.now() + timedelta(hours=1)
    article = workflow.publish(draft, None, at=soon)
    moved = workflow.publish(article, make.user("editor"), at=soon + timedelta(minutes=5))
    assert moved.published_at == soon + timedelta(minutes=5)


def test_the_changes_of_an_ended_article_come_out_with_it(editor) -> None:
    article = make.backdate(
        workflow.publish(make.complete(), None), timezone.now() - timedelta(days=3)
    )
    end = {"reason": "licence_ended", "note": "Lisensi berakhir."}
    workflow.unpublish(article, editor, at=timezone.now() + timedelta(seconds=30), **end)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        saved = changed(article, editor, headline="Lain")
        with pytest.raises(Refused):
            workflow.update(saved, editor, is_substantial=False)
        assert workflow.publish(saved, editor).headline == "Lain"


class TestWhoSeesTheChange:
    """What readers don't see is not for the whole desk either."""

    @pytest.fixture
    def article(self) -> Article:
        article = make.live_article(headline="Kapal Tiba")
        return changed(article, make.user("editor"), headline="Rahasia Sementara")

    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            *((role, True) for role in ("editor", "photo_desk", "managing_editor")),
            *((role, False) for role in ("reporter", "advertising", "moderator", "administrator")),
        ],
    )
    def test_by_role(self, client, article, role, sees) -> None:
        client.force_login(make.user(role))
        for path in (desk.change(article), f"/admin/articles/article/{article.pk}/preview/"):
            assert ("Rahasia Sementara" in client.get(path).text) is sees
        revision = f"/admin/articles/article/{article.pk}/revisions/2/"
        assert ("Rahasia Sementara" in client.get(revision).content.decode()) is sees

    def test_by_section(self, client, article) -> None:
        editor = make.user("editor")
        SectionRight.objects.create(user=editor, section=make.section("ekonomi"))
        client.force_login(editor)
        assert "Rahasia Sementara" not in client.get(desk.change(article)).text
        versions = f"/admin/articles/article/{article.pk}/history/"
        assert client.get(versions).status_code == 404
