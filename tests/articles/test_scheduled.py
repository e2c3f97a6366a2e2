"""A change of a live article waits for its time, and is joined with what went out meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import content, history, naming, outbox, scheduled, snapshots, workflow
from articles.content import Values
from articles.errors import Conflict, NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Image, Outbox, Revision, Tag
from articles.pagecache.moments import Moment
from tests import desk, make, public

pytestmark = pytest.mark.django_db

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
BODY = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
REASON = {"reason": "child", "public_reason": "Demi masa depan anak."}
END = {"reason": "licence_ended", "note": "Lisensi berakhir."}


@pytest.fixture
def editor():
    return make.user("editor")


@pytest.fixture
def at():
    """A full minute that lies ahead, two hours from now."""
    return timezone.now().replace(second=0, microsecond=0) + 2 * HOUR


def edited(article: Article, by=None, **fields) -> Article:
    article = Article.objects.get(pk=article.pk)
    return content.save(article, Values(fields), article.version, by)


def waits(at, by, *, is_substantial: bool = True, live: Article | None = None, **fields) -> Article:
    """Live, with a change of these fields that waits for `at`."""
    article = live or make.live_article(headline="Kapal Tiba", body=BODY)
    saved = edited(article, by, **fields or {"body": BODY.replace("Tiga.", "Tiga, lengkap.")})
    return workflow.schedule_update(saved, by, at=at, is_substantial=is_substantial)


def corrected(article: Article, by, *, is_substantial: bool = False, **fields) -> Article:
    """An urgent correction that goes out at once."""
    return workflow.update(edited(article, by, **fields), by, is_substantial=is_substantial)


def after(article: Article, now) -> Article:
    assert scheduled.bring_due(now) == 1
    return Article.objects.get(pk=article.pk)


def last(article: Article):
    return article.transitions.order_by("-id").first()


# Waiting


def test_readers_and_the_desk_see_what_is_live_while_it_waits(editor, at) -> None:
    rows = Outbox.objects.count()
    article = waits(at, editor, headline="Kapal Berlayar")
    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.headline, fresh.stage, fresh.change_at) == ("Kapal Tiba", "", at)
    assert not snapshots.is_apart(fresh)
    revision = fresh.scheduled_revision
    assert revision.content["fields"]["headline"] == "Kapal Berlayar"
    assert (revision.publish_at, revision.is_substantial) == (at, True)
    assert (revision.author, revision.base) == (editor, fresh.live_revision)
    assert (last(fresh).name, last(fresh).revision) == ("schedule", revision)
    assert Outbox.objects.count() > rows
    assert scheduled.bring_due(at - SECOND) == 0


def test_a_correction_goes_out_meanwhile_and_both_are_joined(client, editor, at) -> None:
    article = waits(at, editor)
    corrected(article, editor, body=BODY.replace("Satu.", "Satu, dibetulkan."))
    seen = client.get(article.get_absolute_url()).text
    assert "Satu, dibetulkan." in seen
    assert "Tiga, lengkap." not in seen
    out = after(article, at)
    assert out.body == "<p>Satu, dibetulkan.</p><p>Dua.</p><p>Tiga, lengkap.</p>"
    assert (out.change_at, out.scheduled_revision, out.stage) == (None, None, "")
    assert out.draft_revision == out.live_revision
    assert out.live_revision.kind == Revision.Kind.PUBLISHED
    assert (last(out).name, last(out).actor, last(out).at) == ("merge", editor, at)
    assert scheduled.bring_due(at + HOUR) == 0


def test_a_change_of_substance_is_dated_by_its_moment_and_a_small_one_not(editor, at) -> None:
    assert after(waits(at, editor), at + MINUTE).updated_at == at
    assert after(waits(at, editor, is_substantial=False), at + MINUTE).updated_at is None


def test_a_later_date_of_substance_stays(editor, at) -> None:
    article = waits(at, editor)
    with time_machine.travel(at + MINUTE, tick=False), writing():
        Article.objects.filter(pk=article.pk).update(updated_at=at + MINUTE)
    assert after(article, at + HOUR).updated_at == at + MINUTE


def test_what_readers_saw_at_a_time_stays_right(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar")
    after(article, at + MINUTE)
    seen = [history.live_at(article, when).revision for when in (at - SECOND, at)]
    headlines = [revision.content["fields"]["headline"] for revision in seen]
    assert headlines == ["Kapal Tiba", "Kapal Berlayar"]


def test_tags_bylines_pictures_and_search_come_with_it(editor, at) -> None:
    article, author = make.live_article(tags=["Laut"]), make.author("Rini")
    picture = public.image()
    values = Values(
        {"lead_image_id": picture.pk, "headline": "Perahu Nelayan"},
        tags=["Laut", "Pelabuhan Baru"],
        bylines=[content.Signature(author)],
    )
    saved = content.save(article, values, article.version, editor)
    waiting = workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    assert [tag.name for tag in waiting.tags.all()] == ["Laut"]
    # A correction's own pictures do not push out those of what waits.
    corrected(waiting, editor, standfirst="Dibetulkan.")
    assert list(picture.uses.values_list("is_draft", flat=True)) == [True]
    out = after(article, at)
    assert sorted(tag.name for tag in out.tags.all()) == ["Laut", "Pelabuhan Baru"]
    assert [line.author for line in out.bylines.all()] == [author]
    assert (out.lead_image, out.standfirst) == (picture, "Dibetulkan.")
    assert list(picture.uses.values_list("is_draft", flat=True)) == [False]


def test_an_author_who_is_renamed_meanwhile_is_no_clash(editor, at) -> None:
    author = make.author("Rini")
    article = make.live_article(bylines=[author])
    lines = [content.Signature(author), content.Signature(make.author("Sari"))]
    saved = content.save(article, Values({}, bylines=lines), article.version, editor)
    workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    author.name = "Rini Wulandari"
    author.save()
    assert after(article, at).bylines.count() == 2


def renamed(name: str, new: str, slug: str = "") -> Tag:
    tag = Tag.objects.get(name=name)
    tag.name, tag.slug = new, slug or tag.slug
    naming.save_named(tag, make.user("chief_editor"))
    return tag


def named(article: Article) -> list[str]:
    return sorted(tag.name for tag in article.tags.all())


@pytest.mark.parametrize(
    ("new", "slug"),
    [("Banjir Besar", ""), ("Banjir Besar", "banjir-besar"), ("BANJIR", "")],
    ids=["with its address", "with another", "in another spelling"],
)
@pytest.mark.parametrize(
    ("ours", "out"), [(["Rob"], ["Rob"]), (["Banjir", "Rob"], ["Rob", "{}"])], ids=["out", "in"]
)
def test_a_tag_that_is_renamed_meanwhile_is_the_same_tag(editor, at, new, slug, ours, out) -> None:
    article = make.live_article(tags=["Banjir"])
    saved = content.save(article, Values({}, tags=ours), article.version, editor)
    workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    tag = renamed("Banjir", new, slug)
    rows = Tag.objects.count()
    ahead = outbox.shown(Article.objects.get(pk=article.pk)).change.tags
    assert (f"list:tag:{tag.pk}" in ahead) == (ours == ["Rob"])
    assert named(after(article, at)) == sorted(name.format(new) for name in out)
    assert Tag.objects.count() == rows


def test_cancelled_it_names_the_tag_as_it_is_called_today(editor, at) -> None:
    article = make.live_article(tags=["Banjir"])
    values = Values({}, tags=["Banjir", "Rob"])
    saved = content.save(article, values, article.version, editor)
    article = workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    renamed("Banjir", "Banjir Besar")
    after = workflow.unschedule(article, editor)
    assert snapshots.working(after)["tags"] == ["Banjir Besar", "Rob"]


def test_a_tag_that_nobody_made_yet_is_not_taken_for_one_that_is_spelt_like_it(editor, at) -> None:
    """“C++” and “C” have one address, and the second is numbered."""
    article = make.live_article(tags=["C"])
    values = Values({}, tags=["C", "Rob"])
    saved = content.save(article, values, article.version, editor)
    article = workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    values = Values({}, tags=["C", "C++"])
    article = content.save(article, values, article.version, editor)
    after = workflow.unschedule(article, editor)
    assert snapshots.working(after)["tags"] == ["C", "C++", "Rob"]


# A form that is open


def test_a_form_that_was_open_before_is_joined_with_what_is_live(editor, at) -> None:
    """It shows the text that waits now; what it saves is its own change alone."""
    article = make.live_article(body=BODY)
    saved = edited(article, editor, body=BODY.replace("Tiga.", "Tiga, lengkap."))
    opened = saved.version
    workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    typed = BODY.replace("Tiga.", "Tiga, lengkap.").replace("Satu.", "Satu!")
    again = content.save(article, Values({"body": typed}), opened, editor)
    assert snapshots.working(again)["fields"]["body"] == BODY.replace("Satu.", "Satu!")


def test_two_forms_that_were_opened_after_it_are_joined(editor, at) -> None:
    article = waits(at, editor)
    opened = article.version
    content.save(article, Values({"kicker": "Laut"}), opened, editor)
    again = content.save(article, Values({"standfirst": "Siang."}), opened, editor)
    fields = snapshots.working(again)["fields"]
    assert (fields["kicker"], fields["standfirst"], fields["body"]) == ("Laut", "Siang.", BODY)


def test_an_open_change_does_not_undo_what_came_out(editor, at) -> None:
    article = waits(at, editor)
    edited(article, editor, standfirst="Sedang ditulis.")
    out = after(article, at)
    assert "Tiga, lengkap." in out.body
    assert out.standfirst == ""
    assert snapshots.is_apart(out)
    working = snapshots.working(out)["fields"]
    assert "Tiga, lengkap." in working["body"]
    assert working["standfirst"] == "Sedang ditulis."
    assert out.stage == "writing"
    both = workflow.update(out, editor, is_substantial=False)
    assert ("Tiga, lengkap." in both.body, both.standfirst) == (True, "Sedang ditulis.")


def test_an_open_change_of_the_same_place_comes_back_and_it_is_said(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar")
    edited(article, editor, headline="Kapal Karam")
    mail.outbox.clear()
    out = after(article, at)
    assert {address for one in mail.outbox for address in one.to} == {article.created_by.email}
    assert out.headline == "Kapal Berlayar"
    assert snapshots.working(out)["fields"]["headline"] == "Kapal Karam"
    assert out.stage == "returned"
    assert str(Article._meta.get_field("headline").verbose_name) in last(out).note


def test_the_form_of_before_the_moment_is_joined_after_it(editor, at) -> None:
    article = waits(at, editor)
    opened = article.version
    after(article, at)
    again = content.save(article, Values({"kicker": "Laut"}), opened, editor)
    assert "Tiga, lengkap." in snapshots.working(again)["fields"]["body"]


# Clash


def test_where_a_correction_touched_the_same_it_stays_and_the_change_comes_back(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar", standfirst="Dari pelabuhan.")
    corrected(article, editor, headline="Kapal Batal Tiba")
    mail.outbox.clear()
    out = after(article, at)
    assert (out.headline, out.standfirst, out.updated_at) == ("Kapal Batal Tiba", "", None)
    assert (out.stage, out.change_at, last(out).name) == ("returned", None, "clash")
    working = snapshots.working(out)["fields"]
    assert (working["headline"], working["standfirst"]) == ("Kapal Berlayar", "Dari pelabuhan.")
    told = {address for message in mail.outbox for address in message.to}
    assert told == {editor.email, article.created_by.email}
    name = str(Article._meta.get_field("headline").verbose_name)
    assert all(name in message.body for message in mail.outbox)


def test_a_clash_beside_an_open_change_leaves_the_text_in_the_history(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar")
    kept = article.scheduled_revision
    corrected(article, editor, headline="Kapal Batal Tiba")
    edited(article, editor, kicker="Laut")
    out = after(article, at)
    fields = snapshots.working(out)["fields"]
    assert (fields["headline"], fields["kicker"]) == ("Kapal Batal Tiba", "Laut")
    assert (last(out).revision, out.stage) == (kept, "writing")
    assert str(kept) in last(out).note


def test_what_the_database_would_refuse_by_then_comes_back_too(editor, at) -> None:
    """A picture that lost its maker's name in the meantime is nobody's to print."""
    article, picture = make.live_article(headline="Kapal Tiba"), public.image()
    waits(at, editor, live=article, lead_image_id=picture.pk, headline="Kapal Berlayar")
    with writing():
        Image.objects.filter(pk=picture.pk).update(credit="")
    out = after(article, at)
    assert (out.headline, out.lead_image, out.stage) == ("Kapal Tiba", None, "returned")
    assert snapshots.working(out)["fields"]["headline"] == "Kapal Berlayar"
    assert last(out).name == "clash"


# Refusals


def test_a_second_one_is_refused_and_told_what_to_do(editor, at) -> None:
    article = edited(waits(at, editor), editor, kicker="Laut")
    with pytest.raises(Refused) as refusal:
        workflow.schedule_update(article, editor, at=at + HOUR, is_substantial=False)
    assert f"{timezone.localtime(at):%H.%M} WIB" in str(refusal.value)
    assert snapshots.is_apart(Article.objects.get(pk=article.pk))


@pytest.mark.parametrize("late", [timedelta(minutes=3), timedelta(days=365)])
def test_a_time_that_has_passed_is_refused(editor, late) -> None:
    with pytest.raises(ValidationError) as refusal:
        waits(timezone.now() - late, editor)
    assert list(refusal.value.message_dict) == ["at"]
    assert not Article.objects.changing().exists()


def test_a_minute_that_has_just_begun_counts_as_now(editor) -> None:
    article = waits(timezone.now() - MINUTE, editor)
    assert timezone.now() - MINUTE < article.change_at <= timezone.now()
    assert "Tiga, lengkap." in after(article, timezone.now()).body


def test_a_time_without_a_zone_is_an_error_of_the_caller(editor, at) -> None:
    with pytest.raises(ValueError, match="zone"):
        waits(at.replace(tzinfo=None), editor)


def test_it_comes_before_the_end(editor, at) -> None:
    article = make.live_article()
    workflow.unpublish(article, editor, at=at, **END)
    for when in (at, at + HOUR):
        with pytest.raises(ValidationError) as refusal:
            waits(when, editor, live=article, kicker="Laut")
        assert list(refusal.value.message_dict) == ["at"]
    assert waits(at - MINUTE, editor, live=article, kicker="Lain").change_at == at - MINUTE


def test_only_what_readers_see_now_can_wait_to_be_changed(editor, at) -> None:
    article = make.scheduled_article(at + HOUR)
    with pytest.raises(Refused):
        waits(at, editor, live=article, kicker="Laut")
    with pytest.raises(Refused):
        workflow.schedule_update(make.draft(), editor, at=at, is_substantial=False)


def test_without_changes_there_is_nothing_to_schedule(editor, at) -> None:
    with pytest.raises(Refused):
        workflow.schedule_update(make.live_article(), editor, at=at, is_substantial=False)


def test_what_was_not_on_the_screen_is_not_scheduled(editor, at) -> None:
    article = make.live_article()
    edited(article, editor, kicker="Laut")
    with pytest.raises(Conflict):
        workflow.schedule_update(
            article, editor, at=at, is_substantial=False, base_version=article.version
        )


@pytest.mark.parametrize("missing", [{"body": ""}, {"kind": "advertorial", "label": ""}])
def test_a_text_that_readers_may_not_get_is_refused_now(editor, at, missing) -> None:
    article = make.live_article()
    with pytest.raises((Refused, ValidationError)):
        waits(at, editor, live=article, **missing)
    assert Article.objects.get(pk=article.pk).change_at is None


def test_four_eyes_hold_for_it_too(at) -> None:
    editor, chief = make.user("editor"), make.user("chief_editor")
    article = workflow.publish(make.complete(by=editor), chief)
    with pytest.raises(NotAllowed):
        waits(at, editor, live=article, kicker="Laut")
    saved = Article.objects.get(pk=article.pk)
    out = workflow.schedule_update(saved, chief, at=at, is_substantial=False)
    assert out.change_at == at


def test_the_database_holds_pointer_and_time_together(editor, at) -> None:
    article = waits(at, editor)
    for broken in ({"change_at": None}, {"scheduled_revision": None}):
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            Article.objects.filter(pk=article.pk).update(**broken)


# Cancelled


def test_cancelled_its_text_is_on_the_desk_again_as_approved(editor, at) -> None:
    article = workflow.unschedule(waits(at, editor), editor)
    assert (article.change_at, article.scheduled_revision, article.stage) == (None, None, "ready")
    assert "Tiga, lengkap." in snapshots.working(article)["fields"]["body"]
    assert (last(article).name, last(article).actor) == ("unschedule", editor)
    assert scheduled.bring_due(at) == 0
    again = workflow.schedule_update(article, editor, at=at + HOUR, is_substantial=False)
    assert again.change_at == at + HOUR


def test_cancelled_after_a_correction_it_holds_both(editor, at) -> None:
    article = waits(at, editor)
    corrected(article, editor, body=BODY.replace("Satu.", "Satu!"))
    after = workflow.unschedule(article, editor)
    body = snapshots.working(after)["fields"]["body"]
    assert body == "<p>Satu!</p><p>Dua.</p><p>Tiga, lengkap.</p>"
    assert after.stage == "writing"


def test_cancelled_beside_an_open_change_both_are_joined(editor, at) -> None:
    article = edited(waits(at, editor), editor, kicker="Laut")
    after = workflow.unschedule(article, editor)
    fields = snapshots.working(after)["fields"]
    assert (fields["kicker"], "Tiga, lengkap." in fields["body"]) == ("Laut", True)
    assert last(after).note


def test_cancelled_beside_an_open_change_of_the_same_it_stays_in_the_history(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar")
    kept = article.scheduled_revision
    edited(article, editor, headline="Kapal Karam")
    after = workflow.unschedule(article, editor)
    assert snapshots.working(after)["fields"]["headline"] == "Kapal Karam"
    assert str(kept) in last(after).note
    assert article.revisions.filter(pk=kept.pk).exists()


def uses(image: Image) -> list[tuple[str, bool]]:
    return list(image.uses.values_list("role", "is_draft"))


def test_of_a_cancelled_text_that_clashes_the_pictures_are_in_use_no_more(editor, at) -> None:
    dropped, kept = public.image(), public.image()
    article = waits(at, editor, headline="Kapal Berlayar", lead_image_id=dropped.pk)
    edited(article, editor, headline="Kapal Karam", share_image_id=kept.pk)
    assert (uses(dropped), uses(kept)) == ([("lead", True)], [("share", True)])
    workflow.unschedule(article, editor)
    assert (uses(dropped), uses(kept)) == ([], [("share", True)])


def test_nor_are_those_of_a_text_that_could_not_come_out(editor, at) -> None:
    dropped, kept = public.image(), public.image()
    article = waits(at, editor, headline="Kapal Berlayar", lead_image_id=dropped.pk)
    corrected(article, editor, headline="Kapal Batal Tiba")
    edited(article, editor, share_image_id=kept.pk)
    after(article, at)
    assert (uses(dropped), uses(kept)) == ([], [("share", True)])


def test_cancelled_after_a_correction_that_said_the_same_it_leaves_no_change(editor, at) -> None:
    article = waits(at, editor, headline="Kapal Berlayar")
    corrected(article, editor, headline="Kapal Berlayar")
    after = workflow.unschedule(article, editor)
    assert (snapshots.is_apart(after), after.stage, after.change_at) == (False, "", None)


def test_there_must_be_one_to_cancel(editor) -> None:
    with pytest.raises(Refused):
        workflow.unschedule(make.live_article(), editor)


# Readers lose the article


def test_withdrawn_meanwhile_the_change_is_cancelled_and_its_text_kept(editor, at) -> None:
    article = waits(at, editor)
    after = workflow.withdraw(article, make.user("chief_editor"), **REASON)
    assert (after.status, after.change_at) == ("withdrawn", None)
    assert "Tiga, lengkap." not in after.body
    kept = after.transitions.get(name="unschedule").revision
    assert kept is not None
    assert "Tiga, lengkap." in kept.content["fields"]["body"]
    names = list(after.transitions.order_by("id").values_list("name", flat=True))
    assert names[-2:] == ["unschedule", "withdraw"]
    assert scheduled.bring_due(at) == 0


def test_an_end_before_its_time_cancels_it_and_a_later_one_does_not(editor, at) -> None:
    article = waits(at, editor)
    later = workflow.unpublish(article, editor, at=at + HOUR, **END)
    assert later.change_at == at
    after = workflow.unpublish(article, editor, at=at - MINUTE, **END)
    assert after.change_at is None
    assert not snapshots.is_apart(after)
    assert after.transitions.filter(name="unschedule", note__gt="").exists()


def test_what_has_ended_all_the_same_gets_no_change(editor, at) -> None:
    article = waits(at, editor)
    with writing():
        Article.objects.filter(pk=article.pk).update(
            unpublish_at=at - MINUTE, withdrawal_class="child", withdrawal_reason="Demi anak."
        )
    out = after(article, at)
    assert ("Tiga, lengkap." in out.body, last(out).name) == (False, "clash")


def test_a_step_of_after_the_moment_comes_after_it(editor, at) -> None:
    article = waits(at, editor)
    with time_machine.travel(at + MINUTE):
        gone = workflow.withdraw(article, make.user("chief_editor"), **REASON)
    names = list(gone.transitions.order_by("id").values_list("name", flat=True))
    assert names[-2:] == ["merge", "withdraw"]
    assert history.live_at(gone, at).revision.content["fields"]["body"] == gone.body


# What pages that are kept know of it


def changes_ahead() -> tuple[list[Moment], int]:
    with CaptureQueriesContext(connection) as captured:
        found = [one for one in outbox.upcoming(timezone.now()) if one.hides]
    return found, len(captured)


def everything_else(number: int) -> Values:
    section, author = make.section(f"bagian-{number}"), make.author()
    values = {"section_id": section.pk, "headline": f"Kapal {number}"}
    return Values(values, tags=[f"Laut {number}"], bylines=[content.Signature(author)])


def test_what_is_ahead_is_asked_as_often_for_four_as_for_one(editor, at) -> None:
    counts = []
    for number in range(4):
        article = make.live_article(tags=["Pelabuhan"], bylines=[make.author()])
        saved = content.save(article, everything_else(number), article.version, editor)
        workflow.schedule_update(saved, editor, at=at, is_substantial=True)
        found, count = changes_ahead()
        assert len(found) == number + 1
        counts.append(count)
    assert counts == counts[:1] * 4
    for one in Article.objects.changing():
        change = outbox.shown(one).change
        assert Moment(change.at, True, change.tags) in found
        lists = {f"list:section:{pk}" for pk in (one.section_id, target_section(one))}
        assert lists < change.tags


def target_section(article: Article) -> int:
    return article.scheduled_revision.content["fields"]["section_id"]


# On the desk


class TestDesk:
    @pytest.fixture
    def client(self, client, editor):
        client.force_login(editor)
        return client

    def typed(self, at) -> str:
        return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"

    def test_it_is_scheduled_in_the_form_and_its_panel_says_so(self, client, editor, at) -> None:
        article = edited(make.live_article(), editor, kicker="Laut")
        page = client.get(desk.change(article))
        actions = [button.action for button in page.context["steps"]]
        assert {"update_articles", "update_later_articles"} <= set(actions)
        asked = desk.press(client, article, "update_later_articles")
        assert "WIB" in asked.text
        answer = {"kind": "substance", "at": self.typed(at)}
        desk.act(client, "update_later_articles", article, **answer)
        article.refresh_from_db()
        assert article.change_at == at
        page = client.get(desk.change(article))
        assert page.context["scheduled_change"]["at"] == at
        assert f"to={article.scheduled_revision.number}" in page.text
        assert page.text.count('value="cancel_change_articles"') == 1
        compared = f"/admin/articles/article/{article.pk}/compare/?from=live"
        number = article.scheduled_revision.number
        assert "Laut" in client.get(f"{compared}&to={number}").text

    def test_it_is_cancelled_from_the_form_and_nothing_typed_is_lost(
        self, client, editor, at
    ) -> None:
        article = waits(at, editor)
        desk.press(client, article, "cancel_change_articles", kicker="Terketik")
        article.refresh_from_db()
        assert article.change_at is None
        fields = snapshots.working(article)["fields"]
        assert (fields["kicker"], "Tiga, lengkap." in fields["body"]) == ("Terketik", True)
        assert last(article).note in desk.told(client)

    def test_a_time_that_has_passed_is_told_and_the_change_stays(self, client, editor, at) -> None:
        article = edited(make.live_article(), editor, kicker="Laut")
        asked = {"kind": "small", "at": self.typed(at - timedelta(days=1))}
        desk.act(client, "update_later_articles", article, **asked)
        assert article.headline in desk.told(client)
        assert snapshots.is_apart(Article.objects.get(pk=article.pk))

    def test_the_list_and_its_filter_and_the_first_page_name_it(self, client, editor) -> None:
        end = timezone.localtime().replace(hour=23, minute=59, second=58)
        article = waits(end, editor)
        page = client.get(desk.LIST, {"state": "changing"})
        assert [row.pk for row in page.context["cl"].result_list] == [article.pk]
        assert "23.59 WIB" in page.text
        lists = client.get("/admin/").context["lists"]
        today = next(one for one in lists if one["address"].endswith("state=scheduled"))
        assert [row.pk for row, _words in today["rows"]] == [article.pk]

    def test_a_change_that_did_not_come_out_is_said_until_it_is_answered(
        self, client, editor, at
    ) -> None:
        article = waits(at, editor, headline="Kapal Berlayar")
        corrected(article, editor, headline="Kapal Batal Tiba")
        out = after(article, at)
        page = client.get(desk.change(article))
        assert page.context["scheduled_change"]["why"] == last(out).note
        assert f"to={out.draft_revision.number}" in page.text
        with time_machine.travel(at + MINUTE):
            workflow.update(out, editor, is_substantial=False)
        assert client.get(desk.change(article)).context["scheduled_change"] is None

    def test_lists_ask_no_more_often_for_it(self, client, editor, at) -> None:
        def cost(path: str) -> int:
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            return len(captured)

        paths = [desk.LIST, "/admin/", "/admin/articles/article/pick/"]
        waits(timezone.now() + SECOND, editor)
        before = [cost(path) for path in paths]
        for _ in range(4):
            waits(timezone.now() + SECOND, editor)
        assert [cost(path) for path in paths] == before
