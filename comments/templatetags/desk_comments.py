"""What the desk's first page tells of comments."""

from typing import Any

from django import template

from comments.models import Comment

register = template.Library()


@register.inclusion_tag("partials/desk_comments.html")
def held_comments(user: Any) -> dict[str, Any]:
    """How many comments wait for somebody who may decide."""
    if not user.has_perm("comments.moderate_comment"):
        return {}
    return {"held": Comment.objects.waiting().count()}
