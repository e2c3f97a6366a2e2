"""Two contents of an article as the desk's pages show them, with the words for codes and ids."""

from typing import Any

from articles import comparing, questions
from articles.comparing import Difference, Names
from articles.models import Article, Byline, Image, Section, Tag

type Content = dict[str, Any]


def differences(user: Any, before: Content, after: Content) -> list[Difference]:
    """What the template partials/comparison.html shows; three queries."""
    return comparing.compare(before, after, names(user, before, after))


def names(user: Any, *contents: Content) -> Names:
    """The words for all that these contents mention, as far as `user` may read them."""
    asked = comparing.mentioned(*contents)
    sections = Section.objects.filter(pk__in=asked["section_id"])
    images = Image.objects.filter(pk__in=asked["image"])
    articles = Article.objects.visible_to(user).filter(pk__in=asked["article"])
    found: dict[str, dict[Any, Any]] = {
        "section_id": dict(sections.values_list("pk", "name")),
        "image": dict(images.values_list("pk", "caption")),
        "article": dict(articles.values_list("pk", "headline")),
        "role": dict(Byline.Role.choices),
    }
    return Names(labels(), choices() | found)


def labels() -> dict[str, Any]:
    """What fields are called, by the names under which contents keep them."""
    own: dict[str, Any] = {one.attname: one.verbose_name for one in Article._meta.concrete_fields}
    own |= {"lead_image": own["lead_image_id"], "tags": Tag._meta.verbose_name_plural}
    own |= {"bylines": Byline._meta.verbose_name_plural} | questions.QUESTIONS
    for field in Image._meta.concrete_fields:
        own[f"lead_image.{field.attname}"] = f"{own['lead_image']}: {field.verbose_name}"
    return own


def choices() -> dict[str, dict[Any, Any]]:
    """What codes mean, by field."""
    fields = Article._meta.concrete_fields
    own = {field.attname: dict(field.choices) for field in fields if field.choices}
    return own | {code: dict(questions.ANSWERS) for code in questions.QUESTIONS}
