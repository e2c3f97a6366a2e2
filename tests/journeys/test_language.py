"""Indonesian pages hold no English, and the desk of whoever asked for English is in English.

What people wrote themselves stands in the tests' own Indonesian, so that every English word that
is found is the interface's.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Consent
from articles import editor, workflow
from articles.models import Article
from comments.models import Comment
from comments.rules import REASONS
from tests import desk, make, public

pytestmark = pytest.mark.django_db

# Words of an interface. None of them is Indonesian, as “label”, “status” and “editor” are.
ENGLISH = """
    the and of with for from by at not are was this that your you please
    article articles section sections tags author authors byline bylines comment comments image
    images picture headline standfirst caption credit draft review published publish scheduled
    withdrawn withdraw ended return submit save saved search select add change edit delete remove
    cancel upload preview history home name password user users page pages next previous older
    newer latest share reply send approve approved reject rejected held when who why words version
    none unknown required error log write read back
"""
# What the same pages say in Indonesian.
INDONESIAN = """
    dan untuk dari yang tidak artikel kanal topik penulis komentar gambar judul isi draf diajukan
    terbitkan jadwalkan kembalikan cabut simpan ubah tambahkan riwayat beranda kata sandi keluar
    alasan oleh waktu naskah unggah kredit jenis pratinjau disimpan
"""
# What the builders' people wrote.
OWN_WORDS = re.compile(r"Komentar yang baik|Sebuah gambar|Gambar biru|penulis-\d+")

SEEN_ATTRIBUTES = {"aria-label", "placeholder", "title"}
UNSEEN = {"script", "style", "textarea", "template"}


@pytest.fixture(autouse=True)
def fresh_throttle() -> None:
    """What other tests tried and sent counts against the limits of log-in and mails."""
    cache.clear()


class Visible(HTMLParser):
    """What a person reads or hears on a page, but for what she typed herself."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language: str | None = ""
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.hidden += tag in UNSEEN
        self.texts += [given[name] or "" for name in SEEN_ATTRIBUTES & given.keys()]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")
        if tag == "html":
            self.language = given.get("lang")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def read(page: str) -> Visible:
    visible = Visible()
    visible.feed(page)
    return visible


def found(words: str, texts: Iterable[str]) -> set[str]:
    """Those of the words that occur in the texts as whole words."""
    heard = OWN_WORDS.sub(" ", "\n".join(texts)).lower()
    return set(words.split()).intersection(re.findall(r"[^\W\d_]+", heard))


def wrong_in(response: HttpResponse, words: str, language: str) -> set[str]:
    """The words that should not be on this page; or that it is no page in that language."""
    visible = read(response.text)
    heard = [text for text in visible.texts if text.strip()]
    if visible.language != language or len(heard) < 10:
        return {f"{response.status_code}, lang={visible.language}, {len(heard)} texts"}
    return found(words, heard)


def english_on(
    client: Client, addresses: Iterable[str], statuses: Iterable[int] = (200,)
) -> dict[str, set[str]]:
    """Address by address, the English that is left there; an unexpected status is told as well."""
    told = {}
    for address in addresses:
        response = client.get(address)
        told[address] = (
            wrong_in(response, ENGLISH, "id")
            if response.status_code in statuses
            else {str(response.status_code)}
        )
    return {address: words for address, words in told.items() if words}


def logged_in(*roles: str, **fields: str) -> Client:
    client = Client()
    client.force_login(make.user(*roles, **fields))
    return client


def test_the_detector_sees_english_and_looks_at_what_is_visible() -> None:
    page = '<html lang="en"><style>save</style><p title="Delete it">Simpan the <b>Save</b></p>'
    assert found(ENGLISH, read(page).texts) == {"delete", "the", "save"}


# In Indonesian


def test_a_readers_pages_hold_no_english() -> None:
    paths = public.paper().paths
    pages = [path for path in paths.values() if "feed" not in path and "." not in path]
    pages += ["/cari/?q=tidakadaapapun", "/indeks/?tanggal=2020-01-01"]
    assert english_on(Client(), pages, statuses={200, 404, 410}) == {}


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_a_door_holds_no_english_even_when_it_refuses(name: str) -> None:
    client, address = Client(), reverse(name)
    assert english_on(client, [address]) == {}
    typed = {"email": "bukan alamat", "login": "siti@example.com", "password": "keliru"}
    typed |= {"name": "https://contoh.example", "password1": "12345678"}
    refused = client.post(address, typed)
    assert refused.status_code == 200
    assert wrong_in(refused, ENGLISH, "id") == set()


def test_a_members_own_pages_hold_no_english() -> None:
    member, paper = make.user(), public.paper()
    client = Client()
    client.force_login(member)
    held = make.comment(paper.article, by=member, status=Comment.Status.HELD)
    refused = make.comment(paper.article, by=member, status=Comment.Status.REJECTED)
    names = ["home", "profile"]
    pages = [reverse(f"accounts:{name}") for name in names]
    pages += [reverse(f"account_{name}") for name in ("email", "change_password", "logout")]
    pages += [reverse("comments:sent", args=[one.submission]) for one in (held, refused)]
    pages.append(reverse("comments:write", args=[paper.article.pk]))
    assert english_on(client, pages) == {}
    empty = client.post(reverse("comments:write", args=[paper.article.pk]), {"body": ""})
    assert wrong_in(empty, ENGLISH, "id") == set()


def test_whoever_must_agree_or_confirm_first_reads_no_english() -> None:
    article, person = make.live_article(), make.user()
    Consent.objects.filter(user=person).delete()
    client = Client()
    client.force_login(person)
    page = client.get(reverse("comments:write", args=[article.pk]), follow=True)
    assert page.redirect_chain
    assert wrong_in(page, ENGLISH, "id") == set()


def test_the_mails_hold_no_english() -> None:
    known = make.user(email="lama@example.com")
    account = {"password1": make.PASSWORD, "name": "Siti", "comment_rules": "on", "privacy": "on"}
    for email in ("siti@example.com", known.email):
        Client().post(reverse("account_signup"), account | {"email": email})
    for email in (known.email, "tidakada@example.com"):
        Client().post(reverse("account_reset_password"), {"email": email})
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        body = re.sub(r"https?://\S+|\S+@\S+", "", str(letter.body))
        assert found(ENGLISH, [str(letter.subject), body]) == set()


def newsroom() -> SimpleNamespace:
    """An article in every state, a comment in every state, and one of each thing beside them."""
    paper = public.paper()
    writer = make.user("reporter")
    waiting = make.complete(writer, lead_image_id=make.image().pk)
    workflow.submit(waiting, writer)
    make.scheduled_article(timezone.now() + timedelta(days=1))
    for status in Comment.Status.values:
        reasons = [{"rule": rule, "outcome": "hold", "detail": ""} for rule in REASONS]
        comment = make.comment(paper.article, status=status, reasons=reasons)
    return SimpleNamespace(paper=paper, waiting=waiting, comment=comment, writer=writer)


MODELS = {
    "reporter": ["articles_article", "articles_image", "articles_section", "articles_author"],
    "editor": ["articles_article", "articles_image", "articles_author", "comments_comment"],
    "chief_editor": ["articles_article", "articles_section", "articles_tag", "accounts_user"],
    "moderator": ["comments_comment", "articles_article"],
    "administrator": ["accounts_user", "accounts_consent", "articles_section", "comments_comment"],
}
ADDS = {
    "reporter": ["articles_article", "articles_image"],
    "editor": ["articles_article", "articles_author"],
    "chief_editor": ["articles_article", "articles_section"],
    "moderator": [],
    "administrator": ["accounts_user", "articles_section", "articles_author"],
}


def desk_pages(role: str, things: SimpleNamespace) -> list[str]:
    """The index, lists, forms and histories that this role may open."""
    ids = {
        "articles_article": things.paper.article.pk,
        "articles_tag": things.paper.tag.pk,
        "articles_section": things.paper.section.pk,
        "accounts_user": things.writer.pk,
        "comments_comment": things.comment.pk,
        "accounts_consent": Consent.objects.filter(user=things.writer).values_list("pk")[0][0],
        "articles_author": things.paper.article.bylines.get().author_id,
        "articles_image": things.paper.article.lead_image_id,
    }
    pages = ["/admin/"]
    for model in MODELS[role]:
        pages.append(reverse(f"admin:{model}_changelist"))
        pages.append(reverse(f"admin:{model}_change", args=[ids[model]]))
    pages += [reverse(f"admin:{model}_add") for model in ADDS[role]]
    if role in {"editor", "chief_editor"}:
        pages += [f"{desk.LIST}?state={state}" for state in ("submitted", "scheduled", "withdrawn")]
        pages += [desk.change(one) for one in (things.waiting, things.paper.withdrawn)]
        for name, extra in (("preview", []), ("history", []), ("revision", [1])):
            where = [things.paper.article.pk, *extra]
            pages.append(reverse(f"admin:articles_article_{name}", args=where))
    if "comments_comment" in MODELS[role]:
        pages.append(reverse("admin:comments_comment_changelist") + "?status=all")
    return pages


def test_the_desk_holds_no_english() -> None:
    things = newsroom()
    told = {role: english_on(logged_in(role), desk_pages(role, things)) for role in MODELS}
    assert {role: pages for role, pages in told.items() if pages} == {}


@pytest.mark.parametrize(
    "action", ["publish_articles", "schedule_articles", "return_articles", "end_articles"]
)
def test_a_step_asks_and_refuses_without_english(action: str) -> None:
    client, article = logged_in("chief_editor"), make.complete()
    asked = desk.act(client, action, article)
    page = asked if asked.status_code == 200 else client.get(desk.LIST)
    assert wrong_in(page, ENGLISH, "id") == set()
    desk.act(client, action, article, note="", at="")
    assert wrong_in(client.get(desk.LIST), ENGLISH, "id") == set()


def test_a_withdrawal_is_asked_for_without_english() -> None:
    client, article = logged_in("chief_editor"), make.live_article()
    page = desk.act(client, "withdraw_articles", article)
    assert "Penjelasan untuk pembaca" in page.text
    assert wrong_in(page, ENGLISH, "id") == set()


def wrong_form(client: Client, article: Article) -> HttpResponse:
    return desk.save(client, article, headline="", kind="advertorial", tag_names="?!")


def conflict(client: Client, article: Article) -> HttpResponse:
    return desk.save(client, article, base_version=article.version + 7, headline="Lain")


@pytest.mark.parametrize("attempt", [wrong_form, conflict])
def test_a_refused_save_is_explained_without_english(
    attempt: Callable[[Client, Article], HttpResponse],
) -> None:
    page = attempt(logged_in("editor"), make.complete())
    assert 'class="errornote"' in page.text
    assert wrong_in(page, ENGLISH, "id") == set()


def test_the_editors_buttons_hold_no_english() -> None:
    with translation.override("id"):
        said = [str(text) for text in (editor.BUTTONS | editor.LABELS).values()]
    assert json.dumps(said).count(",") > 30
    assert found(ENGLISH, said) == set()


# In English


def test_who_asked_for_english_gets_an_english_desk() -> None:
    things, told = newsroom(), {}
    for role in MODELS:
        client = logged_in(role, language="en")
        for page in desk_pages(role, things):
            if "preview" not in page:
                told[role, page] = wrong_in(client.get(page), INDONESIAN, "en")
    assert len(told) > 40
    assert {page: words for page, words in told.items() if words} == {}


def test_english_at_the_desk_leaves_the_papers_pages_indonesian() -> None:
    client, article = logged_in("editor", language="en"), make.live_article()
    assert 'lang="en"' in client.get(desk.LIST).text
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    assert english_on(client, [article.get_absolute_url(), "/", preview]) == {}
