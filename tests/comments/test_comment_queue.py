"""The moderators' queue in the admin."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import Article
from comments import moderation
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/comment/"
APPROVED, REJECTED, HELD = "approved", "rejected", "held"


@pytest.fixture
def article():
    return make.live_article()


@pytest.fixture
def moderator(client):
    person = make.user("moderator", name="Sari")
    client.force_login(person)
    return person


def form_of(comment) -> str:
    return reverse("admin:comments_comment_change", args=[comment.pk])


def status_of(comment) -> str:
    return Comment.objects.get(pk=comment.pk).status


def on_list(client, action, *comments, address=LIST, **more):
    seen = {f"seen-{comment.pk}": comment.status for comment in comments}
    chosen = {"_selected_action": [comment.pk for comment in comments]}
    return client.post(address, {"action": action, "index": 0} | chosen | seen | more, follow=True)


def on_form(client, action, comment, **more):
    data = {"CHANGE_FORM-action": action, "_selected_action": comment.pk}
    seen = {f"seen-{comment.pk}": comment.status}
    return client.post(form_of(comment), data | seen | more, follow=True)


def test_the_queue_shows_what_waits_the_longest_waiting_first(client, moderator, article):
    now = timezone.now()
    for body, hours, status in [
        ("ketiga", 1, HELD),
        ("pertama", 3, HELD),
        ("sudah tampil", 4, APPROVED),
        ("kedua", 2, HELD),
    ]:
        make.comment(article, body=body, status=status, created_at=now - timedelta(hours=hours))
    rows = client.get(LIST).context["cl"].result_list
    assert [row.body for row in rows] == ["pertama", "kedua", "ketiga"]


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("?status=approved", ["tampil"]),
        ("?status=rejected", ["ditolak"]),
        ("?status=all", ["tampil", "ditolak", "ditahan"]),
        ("?q=ditahan", ["ditahan"]),
        ("?q=tampil", []),
        ("?status=all&q=Budi", ["tampil"]),
    ],
)
def test_filters_and_search(client, moderator, article, query, bodies):
    now = timezone.now()
    make.comment(article, body="ditahan", status=HELD, created_at=now - timedelta(hours=2))
    make.comment(article, body="ditolak", status=REJECTED, created_at=now - timedelta(hours=1))
    make.comment(article, body="tampil", by=make.user(name="Budi"))
    rows = client.get(LIST + query).context["cl"].result_list
    assert [row.body for row in rows] == bodies


def test_a_row_has_all_that_a_decision_needs(client, moderator, article):
    person = make.user(name="Budi <i>")
    for status in (APPROVED, APPROVED, REJECTED):
        make.comment(article, by=person, status=status)
    parent = make.comment(article, body="Kata yang dijawab")
    reasons = [{"rule": "too_many_links", "outcome": "hold", "detail": "3"}]
    make.comment(
        article, by=person, body="<script>x</script>", parent=parent, status=HELD, reasons=reasons
    )
    page = client.get(LIST).text
    assert escape("<script>x</script>") in page
    assert "<script>x</script>" not in page
    assert escape("Budi <i>") in page
    assert "Kata yang dijawab" in page
    assert f'href="{article.get_absolute_url()}"' in page
    assert article.section.name in page
    assert f"{_('Many links')} <small>3</small>" in page
    counts = _("%(approved)d approved, %(rejected)d rejected before")
    assert counts % {"approved": 2, "rejected": 1} in page


def test_the_form_shows_article_and_parent_and_lets_nobody_write(client, moderator, article):
    parent = make.comment(article, body="Kata yang dijawab")
    comment = make.comment(article, body="Satu\nDua https://a.example", parent=parent, status=HELD)
    page = client.get(form_of(comment)).text
    assert "Kata yang dijawab" in page
    assert f'href="{article.get_absolute_url()}"' in page
    assert "Satu<br>Dua" in page
    assert 'rel="ugc nofollow noopener"' in page
    assert "<textarea" not in page
    assert 'name="_save"' not in page
    data = {"body": "diubah", "status": APPROVED, "_save": "1"}
    assert client.post(form_of(comment), data).status_code == 403
    assert Comment.objects.get(pk=comment.pk).body.startswith("Satu")


def test_nothing_is_added_or_deleted(client, article):
    client.force_login(make.user(is_superuser=True, is_staff=True))
    comment = make.comment(article, status=REJECTED)
    assert client.get(f"{LIST}add/").status_code == 403
    address = reverse("admin:comments_comment_delete", args=[comment.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    on_list(client, "delete_selected", comment, address=f"{LIST}?status=all", post="yes")
    assert Comment.objects.filter(pk=comment.pk).exists()


@pytest.mark.parametrize(("action", "status"), [("approve", APPROVED), ("reject", REJECTED)])
def test_a_moderator_decides_on_the_list(client, moderator, article, action, status):
    rows = [make.comment(article, status=HELD) for _number in range(3)]
    answer = on_list(client, action, *rows[:2])
    assert [status_of(row) for row in rows] == [status, status, HELD]
    assert answer.status_code == 200
    assert answer.context["cl"].result_count == 1
    assert LogEntry.objects.filter(user=moderator).count() == 2
    assert Comment.objects.get(pk=rows[0].pk).decided_by == moderator


@pytest.mark.parametrize(("action", "status"), [("approve", APPROVED), ("reject", REJECTED)])
def test_a_moderator_decides_on_the_form_and_is_back_in_the_queue(
    client, moderator, article, action, status
):
    comment = make.comment(article, status=HELD)
    page = client.get(form_of(comment)).text
    assert f'name="CHANGE_FORM-action" value="{action}"' in page
    assert f'name="seen-{comment.pk}" value="held"' in page
    answer = on_form(client, action, comment)
    assert status_of(comment) == status
    assert answer.redirect_chain[-1][0] == LIST


def test_the_buttons_are_there_on_the_list(client, moderator, article):
    comment = make.comment(article, status=HELD)
    page = client.get(LIST).text
    assert re.search(r'<button[^>]*name="action" value="approve"', page)
    assert re.search(r'<button[^>]*name="action" value="reject"', page)
    assert f'name="seen-{comment.pk}" value="held"' in page


@pytest.mark.parametrize("road", [on_list, on_form])
def test_the_second_of_two_moderators_is_told_who_was_first(client, moderator, article, road):
    on_screen = make.comment(article, status=HELD)
    moderation.reject(Comment.objects.get(pk=on_screen.pk), make.user("editor", name="Bu Rini"))
    answer = road(client, "approve", on_screen)
    assert status_of(on_screen) == REJECTED
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 1
    assert "Bu Rini" in told[0]
    assert Article.objects.get(pk=article.pk).comment_count == 0


@pytest.mark.parametrize("road", [on_list, on_form])
def test_a_decision_seen_on_the_screen_may_be_changed(client, moderator, article, road):
    comment = moderation.approve(moderation.receive(article, make.user(), "Halo"), moderator)
    more = {"address": f"{LIST}?status=approved"} if road is on_list else {}
    road(client, "reject", comment, **more)
    assert status_of(comment) == REJECTED
    assert Article.objects.get(pk=article.pk).comment_count == 0


def test_all_that_wait_are_approved_across_pages(client, moderator, article, monkeypatch):
    monkeypatch.setattr("comments.admin.CommentAdmin.list_per_page", 2)
    rows = [make.comment(article, status=HELD) for _number in range(5)]
    on_list(client, "approve", rows[0], select_across="1")
    assert {status_of(row) for row in rows} == {APPROVED}
    assert Article.objects.get(pk=article.pk).comment_count == 5


def test_a_spoilt_choice_is_no_500(client, moderator, article):
    comment = make.comment(article, status=HELD)
    data = {"action": "approve", "index": 0, "_selected_action": ["-1", 10**30, comment.pk]}
    assert client.post(LIST, data | {f"seen-{comment.pk}": "entah"}).status_code == 302
    assert status_of(comment) == HELD


@pytest.mark.parametrize("role", ["administrator"])
@pytest.mark.parametrize("road", [on_list, on_form])
def test_whoever_may_only_look_finds_no_action_and_a_forged_one_is_refused(
    client, article, role, road
):
    comment = make.comment(article, status=HELD)
    client.force_login(make.user(role))
    assert client.get(LIST).status_code == 200
    assert 'value="approve"' not in client.get(form_of(comment)).text
    road(client, "approve", comment)
    assert status_of(comment) == HELD


@pytest.mark.parametrize("role", [None, "reporter"])
def test_others_do_not_see_the_queue(article, role):
    client = Client()
    comment = make.comment(article, status=HELD)
    client.force_login(make.user(*filter(None, [role])))
    for answer in (client.get(LIST, follow=True), client.get(form_of(comment), follow=True)):
        assert answer.status_code == 403


@pytest.mark.parametrize("role", ["moderator", "editor", "chief_editor"])
def test_each_role_that_moderates_can(client, article, role):
    comment = make.comment(article, status=HELD)
    client.force_login(make.user(role))
    on_list(client, "approve", comment)
    assert status_of(comment) == APPROVED


def test_the_queue_asks_the_database_the_same_number_of_times_for_many(
    client, moderator, article, django_assert_num_queries
):
    parent = make.comment(article)

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    make.comment(article, parent=parent, status=HELD)
    few = queries()
    for _number in range(30):
        make.comment(make.live_article(), parent=parent, status=HELD)
    assert queries() == few <= 10


def test_a_hundred_are_approved_in_few_queries(
    client, moderator, article, django_assert_max_num_queries
):
    rows = [make.comment(article, status=HELD) for _number in range(100)]
    with django_assert_max_num_queries(40):
        on_list(client, "approve", *rows)
    assert Article.objects.get(pk=article.pk).comment_count == 100
