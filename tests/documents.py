"""Bodies as editors write them, for property tests: each kind of node, wherever it may stand."""

from hypothesis import strategies as st

from articles import markup

WORDS = ["kapal", "Rp&nbsp;5 juta", "5 &lt; 6", "“Ya,”", "é", "&amp;amp;", "2026", "a b", "-", "’"]
ADDRESSES = ["https://contoh.example/?a=1&amp;b=2", "/nasional/12/judul/", "mailto:a@b.example"]
EMBEDS = ["youtube:dQw4w9WgXcQ", "x:1780000000000000000", "facebook:bmkg/posts/pfbid0abc"]

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
ids = st.integers(1, 99)
id_lists = st.lists(ids, min_size=1, max_size=4, unique=True)


def _marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    link = st.builds('<a href="{}">{}</a>'.format, st.sampled_from(ADDRESSES), inner)
    paid = st.builds('<a href="https://iklan.example/" rel="sponsored">{}</a>'.format, inner)
    mark = st.builds(
        lambda tag, text: f"<{tag}>{text}</{tag}>",
        st.sampled_from(["strong", "em", "sub", "sup"]),
        inner,
    )
    return link | paid | mark


inline = st.lists(
    st.recursive(words, _marked, max_leaves=3) | st.just("<br>"), min_size=1, max_size=4
).map(" ".join)


def _gallery(photos: list[int], captions: list[str]) -> str:
    lines = "".join(
        f'<figcaption data-image="{photo}">{caption}</figcaption>'
        for photo, caption in zip(photos, captions, strict=False)
    )
    return f'<figure data-gallery="{",".join(map(str, photos))}">{lines}</figure>'


leaves = st.one_of(
    inline.map("<p>{}</p>".format),
    inline.map("<h2>{}</h2>".format),
    inline.map("<h3>{}</h3>".format),
    st.just("<hr>"),
    ids.map('<figure data-image="{}"></figure>'.format),
    st.builds(_gallery, id_lists, st.lists(words, max_size=4)),
    st.sampled_from(EMBEDS).map('<figure data-embed="{}"></figure>'.format),
    id_lists.map(lambda some: f'<aside data-articles="{",".join(map(str, some))}"></aside>'),
)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str]) -> str:
    """Rows of any width, their cells reaching over others."""
    tag = st.sampled_from(["th", "td"])
    span = st.sampled_from(["", "", "", ' colspan="2"', ' rowspan="2"', ' colspan="3" rowspan="3"'])
    cells = st.builds(lambda tag, span, inner: f"<{tag}{span}>{inner}</{tag}>", tag, span, cell)
    rows = draw(st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4))
    return "<table>{}</table>".format("".join(f"<tr>{''.join(row)}</tr>" for row in rows))


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.lists(inner, min_size=1, max_size=3).map("".join)
    lists = st.builds(
        lambda tag, items: f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(blocks, min_size=1, max_size=3),
    )
    boxes = st.builds(
        '<aside data-box="{}">{}</aside>'.format, st.sampled_from(["quote", "info"]), blocks
    )
    return lists | boxes | blocks.map("<blockquote>{}</blockquote>".format) | tables(inner)


bodies = (
    st.lists(st.recursive(leaves, _containers, max_leaves=5), max_size=5)
    .map("".join)
    .map(markup.clean)
)
