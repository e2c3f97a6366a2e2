"""The allow-list: which elements a body may hold, and what each of them means here."""

from functools import partial

import nh3

# Inline elements in the order in which they are nested, outermost first.
MARKS = {"a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em"}
MARKS |= {"sub": "sub", "sup": "sup"}
TEXT_BLOCKS = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = frozenset({"ul", "ol"})
CONTAINERS = LISTS | {"blockquote", "table"}
CELLS = frozenset({"th", "td"})
TABLE = CELLS | {"table", "caption", "thead", "tbody", "tfoot", "tr"}
# Blocks without a meaning of their own here: they only end a paragraph.
NEUTRAL = frozenset(
    {"div", "section", "article", "main", "header", "footer", "nav", "center", "address", "pre"}
    | {"details", "summary", "fieldset", "form", "dl", "dt", "dd", "figcaption", "hgroup", "search"}
    | {"menu", "dir", "legend", "marquee"}
)
# Removed together with their text: it is code, a fallback, or a control.
REMOVED = frozenset(
    {"script", "style", "iframe", "noscript", "template", "object", "embed", "applet", "svg"}
    | {"math", "textarea", "title", "select", "option", "optgroup", "datalist", "button", "xmp"}
    | {"noembed", "noframes", "plaintext", "canvas", "audio", "video"}
)
# Asides with content of their own: words pulled out of the text, and facts beside it.
BOXES = frozenset({"quote", "info"})
# Deeper nesting is an attack on the stack, not an article: containers inside this many others are
# taken for paragraphs, and below so many elements only the text is kept.
MAX_CONTAINERS = 10
MAX_DEPTH = 100

allow = partial(
    nh3.clean,
    tags={*MARKS, *TEXT_BLOCKS, *LISTS, *TABLE, *NEUTRAL, "li", "blockquote", "br", "hr"}
    | {"figure", "aside"},
    clean_content_tags=set(REMOVED),
    attributes={
        "a": {"href", "rel"},
        "figure": {"data-image", "data-gallery", "data-embed"},
        "figcaption": {"data-image"},
        "aside": {"data-articles", "data-box"},
        **{cell: {"colspan", "rowspan"} for cell in CELLS},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
