"""Closed tabs, lost networks, ended sessions: what was typed is there again."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Route, expect

from articles.models import Article, EditSession
from tests import desk, make
from tests.background import wait_until
from tests.browser_tools import Visitor, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

CARET = "() => getSelection().focusOffset"
# A form of an article that there is not.
STRAY = """(user) => new Promise((resolve) => {
  indexedDB.open("newsroom-desk", 1).onsuccess = ({ target: { result } }) => {
    const transaction = result.transaction("typed", "readwrite");
    const fields = [["headline", "Judul tersesat"], ["body", "<p>Naskah tersesat.</p>"]];
    const entry = { key: crypto.randomUUID(), user, article: "999999", serial: 3, fields };
    transaction.objectStore("typed").put(entry);
    transaction.oncomplete = () => resolve(result.close());
  };
})"""
TYPE_SOON = """() => setTimeout(() => {
  const { editor } = document.querySelector(".ProseMirror");
  editor.chain().focus("end").insertContent(" Sesudah itu.").run();
}, 700)"""


@pytest.fixture
def reporter():
    return make.user("reporter", name="Rini Wulandari")


@pytest.fixture
def article(reporter) -> Article:
    return make.draft(reporter, headline="Kapal Tiba", body="<p>Naskah pertama.</p>")


@pytest.fixture
def rini(visitor, reporter, article) -> Visitor:
    """At the desk, with the article open before her."""
    someone = visitor().go_to_desk(reporter)
    someone.follow(someone.paper + desk.change(article))
    return someone.sees("Naskah pertama.", ".ProseMirror")


def kept(words: str) -> bool:
    """Whether the server has it, of a form that is still open."""
    return any(words in session.data["body"][0] for session in EditSession.objects.unsaved())


def test_what_is_typed_is_on_the_server_within_ten_seconds_and_the_caret_stays(rini) -> None:
    rini.rewrite("Naskah kedua.")
    caret = rini.page.evaluate(CARET)
    wait_until(lambda: kept("Naskah kedua."), 10)
    expect(rini.page.locator("[data-kept]")).to_contain_text(said("Kept by itself at"))
    assert rini.page.evaluate(CARET) == caret == len("Naskah kedua.")
    rini.type(" Terus.").sees("Naskah kedua. Terus.", ".ProseMirror")
    assert Article.objects.get().body == "<p>Naskah pertama.</p>"


def test_a_tab_that_is_closed_loses_nothing(rini, article) -> None:
    rini.rewrite("Belum disimpan.")
    rini.page.close(run_before_unload=False)
    rini.page = rini.context.new_page()
    rini.follow(rini.paper + desk.change(article))
    wait_until(lambda: kept("Belum disimpan."))
    rini.page.reload()
    rini.click(said("Go on with it")).sees("Belum disimpan.", ".ProseMirror")
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert Article.objects.get().body == "<p>Belum disimpan.</p>"
    assert not EditSession.objects.unsaved().exists()


def test_without_a_network_the_browser_keeps_it_and_sends_it_later(rini) -> None:
    rini.context.set_offline(True)
    rini.rewrite("Dari perahu.")
    line = rini.page.locator("[data-kept]")
    expect(line).to_contain_text(said(OFFLINE))
    # Saving leaves the page as it is, and the text in it.
    rini.click(said("Save"))
    rini.sees("Dari perahu.", ".ProseMirror")
    assert not kept("Dari perahu.")
    rini.context.set_offline(False)
    wait_until(lambda: kept("Dari perahu."))
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert Article.objects.get().body == "<p>Dari perahu.</p>"
    rini.errors.clear()  # the browser's own, about the network


def test_closed_without_a_network_it_is_offered_when_she_is_back(rini, article) -> None:
    rini.context.set_offline(True)
    rini.rewrite("Sinyal hilang.")
    rini.page.close(run_before_unload=False)
    rini.context.set_offline(False)
    rini.page = rini.context.new_page()
    rini.follow(rini.paper + desk.change(article))
    expect(rini.page.locator("[data-kept]")).to_contain_text(said(FOUND))
    rini.click(said("Go on with it")).sees("Sinyal hilang.", ".ProseMirror")
    rini.errors.clear()


def test_what_the_server_will_not_take_can_be_copied(rini, reporter) -> None:
    rini.page.evaluate(STRAY, str(reporter.pk))
    rini.page.reload()
    area = rini.page.get_by_label(said(STUCK))
    expect(area).to_have_value("Judul tersesat\n\n<p>Naskah tersesat.</p>")
    rini.click(said("Remove it from this browser"))
    expect(area).to_have_count(0)
    rini.page.reload()
    rini.sees("Naskah pertama.", ".ProseMirror")
    rini.page.wait_for_timeout(1000)
    expect(area).to_have_count(0)
    rini.errors.clear()  # the browser's own, about the refusal


def test_a_session_that_ends_is_renewed_in_place(rini) -> None:
    Session.objects.all().delete()
    rini.rewrite("Sesi berakhir.")
    again = rini.page.locator("[data-login-again]")
    expect(again).to_be_visible()
    # Nothing came between her and the text.
    rini.type(" Lanjut.")
    again.click()
    dialog = rini.page.locator("dialog[open]")
    dialog.locator("input[type=password]").fill("salah")
    dialog.get_by_role("button", name=said("Log in again")).click()
    expect(dialog.locator("[role=alert]")).to_be_visible()
    dialog.locator("input[type=password]").fill(make.PASSWORD)
    dialog.get_by_role("button", name=said("Log in again")).click()
    expect(dialog).to_have_count(0)
    wait_until(lambda: kept("Sesi berakhir. Lanjut."))
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    assert Article.objects.get().body == "<p>Sesi berakhir. Lanjut.</p>"
    rini.errors.clear()  # 401, and 400 for the wrong password


def test_two_people_see_each_other_and_one_takes_over(rini, visitor, article) -> None:
    rini.rewrite("Setengah jadi.")
    wait_until(lambda: kept("Setengah jadi."))
    andi = visitor().go_to_desk(make.user("editor", name="Andi Saputra"))
    andi.follow(andi.paper + desk.change(article)).sees("Rini Wulandari", ".desk-live")
    andi.click(said("Take over")).sees("Rini Wulandari", ".messagelist")
    kept_text = article.revisions.get(kind="autosave").content["fields"]["body"]
    assert kept_text == "<p>Setengah jadi.</p>"
    rini.type(" Lagi.").sees("Andi Saputra", "[data-news]")
    assert EditSession.objects.get(user=article.created_by).taken_at < timezone.now()


# Shorter than a beat, and longer.
@pytest.mark.parametrize("milliseconds", [1500, 6000])
@pytest.mark.parametrize("headline", ["Kapal Tiba", ""])
def test_what_is_typed_while_the_save_is_on_its_way_is_kept(
    rini, article, milliseconds, headline
) -> None:
    rini.page.fill("[name=headline]", headline)
    rini.rewrite("Sebelum disimpan.")
    waiting: list[Route] = []
    rini.page.route("**/change/", lambda route: waiting.append(route))
    # By itself: a page that waits for its successor hears no key from a test.
    rini.page.evaluate(TYPE_SOON)
    rini.page.get_by_role("button", name=said("Save"), exact=True).first.click(no_wait_after=True)
    rini.page.wait_for_timeout(milliseconds)
    waiting[0].continue_()
    rini.page.unroute_all()
    if headline:
        rini.sees("Kapal Tiba", ".messagelist .success")
        assert Article.objects.get().body == "<p>Sebelum disimpan.</p>"
    else:
        rini.sees(said("Please correct the error below."), ".errornote")
        wait_until(lambda: kept("Sebelum disimpan.<"))
    wait_until(lambda: kept("Sesudah itu."))
    rini.page.wait_for_timeout(4000)
    assert kept("Sesudah itu.")
    rini.follow(rini.paper + desk.change(article))
    expect(rini.page.get_by_role("link", name=said("Go on with it"))).not_to_have_count(0)


def test_a_refused_page_that_is_loaded_again_covers_nothing(rini) -> None:
    rini.page.fill("[name=headline]", "")
    rini.rewrite("Ditolak.")
    rini.click(said("Save")).sees(said("Please correct the error below."), ".errornote")
    rini.rewrite("Sepuluh menit kemudian.")
    wait_until(lambda: kept("Sepuluh menit kemudian."))
    rini.page.reload()
    rini.sees("Ditolak.", ".ProseMirror")
    wait_until(lambda: kept("Ditolak."))
    assert kept("Sepuluh menit kemudian.")
    expect(rini.page.locator(".desk-live")).to_contain_text(said("You left a text unsaved here:"))


def test_going_on_before_the_journal_has_been_sent_loses_nothing(rini, article) -> None:
    rini.rewrite("Sampai di server.")
    wait_until(lambda: kept("Sampai di server."))
    rini.context.set_offline(True)
    rini.type(" Hanya di peramban.")
    rini.page.close(run_before_unload=False)
    rini.context.set_offline(False)
    rini.page = rini.context.new_page()
    waiting: list[Route] = []
    rini.page.route("**/beat/", lambda route: waiting.append(route))
    rini.follow(rini.paper + desk.change(article)).click(said("Go on with it"))
    rini.sees("Sampai di server.", ".ProseMirror")
    rini.page.unroute_all()
    rini.page.reload()
    wait_until(lambda: kept("Hanya di peramban."))
    rini.click(said("Save")).sees("Kapal Tiba", ".messagelist .success")
    # What was saved is what she had seen, with the rest or without.
    assert kept("Hanya di peramban.") or "Hanya di peramban." in Article.objects.get().body
    rini.errors.clear()


def test_a_form_that_nobody_has_touched_is_no_text_of_anybody(rini) -> None:
    rini.page.wait_for_timeout(4000)
    assert EditSession.objects.exists()
    assert not EditSession.objects.unsaved().exists()


def test_what_is_typed_before_the_scripts_are_there_is_kept(rini, article) -> None:
    waiting: list[Route] = []
    rini.page.route("**/autosave*.js", lambda route: waiting.append(route))
    rini.page.goto(rini.paper + desk.change(article), wait_until="commit")
    rini.page.fill("[name=headline]", "Kapal Tiba Lebih Awal")
    rini.page.locator(".ProseMirror").click()
    rini.type(" Sejak awal.")
    waiting[0].continue_()
    rini.page.unroute_all()
    wait_until(lambda: kept("Sejak awal."))
    assert EditSession.objects.unsaved().get().headline == "Kapal Tiba Lebih Awal"


def test_what_was_refused_is_kept_though_nothing_more_is_typed(rini) -> None:
    rini.page.fill("[name=headline]", "")
    rini.rewrite("Tanpa judul.")
    rini.click(said("Save")).sees(said("Please correct the error below."), ".errornote")
    wait_until(lambda: kept("Tanpa judul."))


STUCK = "A text that you typed can’t be stored any more. Copy what you need."
OFFLINE = "No connection. What you type is safe in this browser, and is sent as soon as it can be."
FOUND = "What you had typed before the connection was lost is here again."
