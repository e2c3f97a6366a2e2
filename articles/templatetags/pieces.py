"""The parts of a page that are the same on many pages, made once."""

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

register = template.Library()

# Of one part: a menu has a form for each section that a page may stand in.
MOST = 256


class PieceNode(Node):
    """What stands inside sees the named values alone, and is kept by them and by the language."""

    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist
        # A template that was changed while developing has other nodes, with nothing kept.
        self.kept: dict[object, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = tuple([value.resolve(context) for value in self.values.values()])
        key = (get_language(), values)
        if (made := self.kept.get(key)) is None:
            if not is_plain(values):
                raise TypeError(f"A piece is made of plain values, not of {values!r}.")
            made = self.nodelist.render(context.new(dict(zip(self.values, values, strict=True))))
            if len(self.kept) >= MOST:
                self.kept.clear()
            self.kept[key] = made
        return made


def is_plain(value: object) -> bool:
    """Whether equal values are the same to the letter, so that they may stand in a key.

    A row is not plain: two states of it are equal, because they have the same id. Nor is a truth,
    which equals a number.
    """
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    is_text_or_number = isinstance(value, str | int) and not isinstance(value, SafeData | bool)
    return value is None or is_text_or_number


@register.tag("piece")
def piece(parser: Parser, token: Token) -> PieceNode:
    """{% piece name=value … %} … {% endpiece %}: made once for the same values.

    Beside the values, only settings and the language may have a say in what stands inside.
    """
    name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{name} takes values with names, such as site_name=site_name")
    nodelist = parser.parse(("endpiece",))
    parser.delete_first_token()
    # A page that fills the block would get the words of another page.
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError(f"{name} can't hold a block, which is another one on each page")
    return PieceNode(values, nodelist)
