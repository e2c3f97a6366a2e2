"""Parts of pages that are kept by the values they show."""

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from articles import pieces
from articles.guard import writing
from articles.models import Article, Author, Section, Tag
from articles.templatetags import newsroom as tags
from comments.models import Comment
from tests import make, public

MENU = "{% piece word=word %}{% load i18n %}<b>{{ word }}</b>{% translate 'Index' %}{{ other }}"


def piece(source: str, **context: object) -> str:
    return Template("{% load pieces %}" + source + "{% endpiece %}").render(Context(context))


@pytest.mark.parametrize(
    ("thing", "route", "args"),
    [
        (
            Article(pk=7, slug="a-1_b", section=Section(slug="x")),
            "articles:article",
            ["x", 7, "a-1_b"],
        ),
        (Section(slug="dalam-negeri"), "articles:section", ["dalam-negeri"]),
        (Tag(slug="pilkada-2024"), "articles:tag", ["pilkada-2024"]),
        (Author(slug="rini_w"), "articles:author", ["rini_w"]),
        (Comment(pk=12), "comments:show", [12]),
    ],
)
def test_an_address_that_is_spelled_out_is_the_routes_own(thing, route, args) -> None:
    assert thing.get_absolute_url() == reverse(route, args=args)


@pytest.fixture
def article(db) -> Article:
    fields = {"headline": "Harga <naik>", "kicker": "Pangan", "standfirst": "Alasannya."}
    pk = make.live_article(lead_image_id=public.image().pk, **fields).pk
    with writing():
        Article.objects.filter(pk=pk).update(comment_count=2)
    return Article.objects.for_cards().get(pk=pk)


def card(article: Article, **options: object) -> str:
    shown = {"level": 2, "recipe": "card", "sizes": "7rem", "standfirst": True, "place": True}
    return tags.card(article, "row", **(shown | options))


TEXTS = ["", "", "Harga <naik> & 5% “turun”", "100%s", "{{ x }}", mark_safe("<b>tebal</b>")]
PIECES = {
    "partials/embed.html": ["code", "name", "address", "player"],
    "partials/card.html": [
        "shape",
        "level",
        "url",
        "headline",
        "label",
        "section",
        "kicker",
        "standfirst",
        "stamp",
        "time",
        "comments",
        "place?",
        "picture",
    ],
    "partials/comment.html": [
        "pk",
        "depth",
        "author",
        "body",
        "url",
        "stamp",
        "time",
        "answered",
        "answered_author",
        "is_orphan?",
        "reply",
    ],
    "partials/family.html": ["groups**", "place"],
    "partials/picture.html": ["url", "srcset", "sizes", "width", "height", "alt", "eager?"],
    "partials/related_box.html": ["url", "label", "headline"],
    "partials/share.html": ["links*", "address"],
    "partials/topics.html": ["tags*"],
    "partials/voice.html": ["url", "label", "headline", "authors"],
}


def some_value(field: str, chance: random.Random) -> pieces.Value:
    if field.endswith("?"):
        return chance.choice([True, False])
    if field.endswith("**"):
        return tuple((chance.choice(TEXTS), some_rows(chance)) for _ in range(chance.randrange(3)))
    if field.endswith("*"):
        length = chance.randrange(4)
        return tuple((chance.choice(TEXTS), chance.choice(TEXTS)) for _ in range(length))
    return chance.choice([*TEXTS, None])


def some_rows(chance: random.Random) -> tuple[pieces.Value, ...]:
    """Rows of five texts each, as an article's family has them."""
    return tuple(tuple(chance.choices(TEXTS, k=5)) for _ in range(chance.randrange(4)))


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_is_to_the_letter_what_its_template_makes_of_the_values(name) -> None:
    chance = random.Random(name)
    for _ in range(150):
        values = {field.rstrip("?*"): some_value(field, chance) for field in PIECES[name]}
        assert pieces.render(name, **values) == get_template(name).template.render(Context(values))


def test_every_piece_of_a_page_is_among_those() -> None:
    code = "".join(path.read_text() for path in Path().glob("*/templatetags/*.py"))
    assert set(re.findall(r'pieces\.render\(\s*"(.+?)"', code)) == set(PIECES)


def test_a_piece_nobody_has_seen_is_not_rendered_anew(article) -> None:
    card(article)
    made = pieces._mould.cache_info().misses
    article.headline, article.kicker = "Lain <sama sekali>", "Juga lain"
    assert "Lain &lt;sama sekali&gt;" in card(article)
    assert pieces._mould.cache_info().misses == made


@pytest.mark.parametrize("value", [7, Section(pk=1, name="a"), (1,)])
def test_a_piece_is_made_of_texts(value) -> None:
    with pytest.raises(TypeError, match="made of texts"):
        pieces.render("partials/voice.html", url=value, label="", headline="", authors="")


CHANGES = {
    "headline": "Harga turun",
    "slug": "lain",
    "kicker": "Beras",
    "standfirst": "Lain.",
    "kind": Article.Kind.OPINION,
    "comment_count": 3,
    "published_at": timezone.now() - timedelta(days=400),
    "lead_image": None,
    "section": Section(name="Daerah", slug="daerah"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_card_shows_each_change_of_its_row(article, name) -> None:
    first = card(article)
    setattr(article, name, CHANGES[name])
    assert card(article) != first


@pytest.mark.parametrize("name", ["token", "revision", "ready", "nature", "height"])
def test_a_card_shows_each_change_of_its_picture(article, name) -> None:
    first = card(article, recipe="card")
    ready = {"card": {"jpg": [240]}}
    new = {"token": "0" * 32, "revision": 9, "ready": ready, "nature": "ai_made", "height": 1}
    setattr(article.lead_image, name, new[name])
    changed = card(article, recipe="card")
    # Only the picture's own ratio asks for its height, and a card's is 4:3.
    assert (changed != first) is (name != "height")


@pytest.mark.parametrize(
    ("options", "fields", "expected"),
    [
        ({"place": True}, {}, ["Nasional", "Pangan"]),
        ({"place": False}, {}, ["Pangan"]),
        ({"place": True}, {"kicker": ""}, ["Nasional"]),
        ({"place": True}, {"kind": "opinion", "label": "NASIONAL"}, ["NASIONAL", "Pangan"]),
        ({"place": True}, {"kind": "opinion", "label": "pangan"}, ["pangan", "Nasional"]),
    ],
)
def test_a_card_says_nothing_twice_above_its_headline(article, options, fields, expected) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    article.section.name = "Nasional"
    kicker = card(article, **options).split('<p class="kicker">')[1].split("</p>")[0]
    assert Template("{{ html|striptags }}").render(Context({"html": kicker})).split() == expected


def test_a_piece_is_made_once_for_the_same_values_and_each_language() -> None:
    template = Template("{% load pieces %}" + MENU + "{% endpiece %}")
    made = []
    for word, language in (("a", "en"), ("b", "en"), ("a", "id"), ("a", "en")):
        with translation.override(language):
            made.append(template.render(Context({"word": word})))
    assert made[3] == made[0]
    assert len(set(made)) == 3
    (node,) = [node for node in template.nodelist if hasattr(node, "kept")]
    assert len(node.kept) == 3


def test_a_piece_sees_its_values_and_nothing_else_of_the_page() -> None:
    with translation.override("en"):
        assert piece(MENU, word="<a>", other="secret") == "<b>&lt;a&gt;</b>Index"


def test_what_a_piece_keeps_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr("articles.templatetags.pieces.MOST", 3)
    template = Template("{% load pieces %}{% piece word=word %}{{ word }}{% endpiece %}")
    for number in range(8):
        assert template.render(Context({"word": str(number)})) == str(number)
    (node,) = [node for node in template.nodelist if hasattr(node, "kept")]
    assert len(node.kept) <= 3


@pytest.mark.parametrize("value", [Section(pk=1, name="a"), [1], (Section(pk=1),), mark_safe("a")])
def test_a_piece_is_not_kept_by_what_may_change_and_stay_equal(value) -> None:
    with pytest.raises(TypeError, match="plain|unhashable"):
        piece(MENU, word=value)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{% piece word %}", "values with names"),
        ("{% piece word=word other %}", "values with names"),
        ("{% piece %}{% if 1 %}{% block title %}{% endblock %}{% endif %}", "can't hold a block"),
    ],
)
def test_a_piece_that_could_lie_is_no_template(source, why) -> None:
    with pytest.raises(TemplateSyntaxError, match=why):
        piece(source)


@pytest.mark.django_db
def test_a_renamed_section_has_its_new_name_in_the_menu_at_once(client) -> None:
    section = make.section("nasional")
    for name in ("Nasional", "Dalam Negeri"):
        with writing():
            Section.objects.filter(pk=section.pk).update(name=name)
        assert client.get("/").content.decode().count(f'<a href="/nasional/">{name}</a>') == 2


def test_a_card_and_its_time_speak_the_language_of_the_page(article) -> None:
    article.published_at = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)
    said = {}
    for language in ("en", "id", "en"):
        with translation.override(language):
            said[language] = card(article)
    assert "17 Aug 2026" in said["en"]
    assert "2 comments" in said["en"]
    assert "17 Agu 2026" in said["id"]
    assert "2 comments" not in said["id"]


def test_html_and_a_text_of_the_same_letters_are_two_pieces() -> None:
    fields = {"url": "/", "label": "", "authors": ""}
    for value, shown in (
        (mark_safe("<b>"), "<b>"),
        ("<b>", "&lt;b&gt;"),
        (mark_safe("<b>"), "<b>"),
    ):
        made = pieces.render("partials/voice.html", headline=value, **fields)
        assert f'<a href="/">{shown}</a>' in made


def test_two_languages_share_no_piece_although_its_values_are_the_same() -> None:
    said = []
    for language in ("en", "id", "en"):
        with translation.override(language):
            said.append(pieces.render("partials/topics.html", tags=(("Banjir", "/tag/banjir/"),)))
    assert said[0] == said[2] != said[1]
    assert "Topics" in said[0]
