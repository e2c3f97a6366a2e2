"""What a body may hold, what it may never hold, and that cleaning it twice changes nothing."""

import re

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles import markup
from articles.markup import elements
from tests.documents import bodies

ELEMENTS = {"p", "h2", "h3", "strong", "em", "a", "ul", "ol", "li", "blockquote", "br", "hr"}
ELEMENTS |= {"sub", "sup", "table", "thead", "tbody", "tr", "th", "td", "figure", "aside"}
ELEMENTS |= {"figcaption"}
ATTRIBUTES = {
    ("a", "href"): re.compile(r"(https?://|mailto:|tel:|/(?!/))[^\s\"'<>\\]+"),
    ("a", "rel"): re.compile(r"(nofollow |sponsored |ugc )*noopener"),
    ("th", "colspan"): re.compile(r"\d{1,2}"),
    ("th", "rowspan"): re.compile(r"\d{1,2}"),
    ("td", "colspan"): re.compile(r"\d{1,2}"),
    ("td", "rowspan"): re.compile(r"\d{1,2}"),
    ("figure", "data-image"): re.compile(r"[1-9]\d*"),
    ("figure", "data-gallery"): re.compile(r"[1-9]\d*(,[1-9]\d*){0,99}"),
    ("figcaption", "data-image"): re.compile(r"[1-9]\d*"),
    ("figure", "data-embed"): re.compile(
        r"(youtube|x|instagram|tiktok|facebook):[\w-]+|facebook:[\w.]+/(posts|videos)/\w+", re.ASCII
    ),
    ("aside", "data-box"): re.compile(r"quote|info"),
    ("aside", "data-articles"): re.compile(r"[1-9]\d*(,[1-9]\d*){0,9}"),
}


def parsed(html: str) -> LexborNode:
    body = LexborHTMLParser("<!doctype html><html><body>" + html).body
    assert body is not None
    return body


def offences(html: str) -> list[str]:
    """Everything in the tree of `html` that is not on the list above."""
    nodes = [node for node in parsed(html).css("*") if node.tag != "body"]
    found = [node.tag or "" for node in nodes if node.tag not in ELEMENTS]
    for node in nodes:
        for name, value in node.attributes.items():
            rule = ATTRIBUTES.get((node.tag or "", name))
            if not rule or not rule.fullmatch(value or ""):
                found.append(f"{node.tag}[{name}={value}]")
    return found


def rows(*rows: str, head: str = "") -> str:
    return f"<table>{head}<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


# What editors paste


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("  \n ", ""),
        ("Satu", "<p>Satu</p>"),
        ("Satu<p>Dua</p>Tiga", "<p>Satu</p><p>Dua</p><p>Tiga</p>"),
        ("<p>Satu<p>Dua", "<p>Satu</p><p>Dua</p>"),
        ("<div>Satu</div><div>Dua</div>", "<p>Satu</p><p>Dua</p>"),
        ("<div><div><p>Satu</p></div>Dua</div>", "<p>Satu</p><p>Dua</p>"),
        ("Satu<br>Dua", "<p>Satu<br>Dua</p>"),
        ("Satu<br><br>Dua<br>", "<p>Satu</p><p>Dua</p>"),
        ("<p></p><p> </p><p>&nbsp;</p><p><br></p><p><b> </b></p>", ""),
        ("<p>a&nbsp;&nbsp; b</p>", "<p>a b</p>"),
        ("<p>Rp&nbsp;5 juta</p>", "<p>Rp&nbsp;5 juta</p>"),
        ("<p> a \n b<b> c </b> d </p>", "<p>a b<strong> c </strong>d</p>"),
        ("<b>x</b><i>y</i>", "<p><strong>x</strong><em>y</em></p>"),
        ("<i><b>x</b></i>", "<p><strong><em>x</em></strong></p>"),
        ("<b>x</b><b>y</b>", "<p><strong>xy</strong></p>"),
        ("<b>x<p>y</b>z", "<p><strong>x</strong></p><p><strong>y</strong>z</p>"),
        ('<b style="font-weight: normal"><p>x</p></b>', "<p>x</p>"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "<p>H<sub>2</sub>O, m<sup>2</sup></p>"),
        ("<u>a</u> <span>b</span> <font>c</font>", "<p>a b c</p>"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h6>D</h6>", "<h2>A</h2><h2>B</h2><h3>C</h3><h3>D</h3>"),
        ("<h2><p>A</p></h2>", "<p>A</p>"),
        ("<ul><li><p>a</p></li><li>b</li><li></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>\n<li>a<ol><li>b</ol></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "<ol><li><p>a</p><p>b</p></li></ol>"),
        ("<ul>a</ul><ul></ul>", "<ul><li>a</li></ul>"),
        ("<li>a", "<p>a</p>"),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("a<hr/>b", "<p>a</p><hr><p>b</p>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        ("&ldquo;Ya&rdquo; &eacute; '\"", "<p>“Ya” é '\"</p>"),
        ("a\x00b\x07c\ufeffd\u200be\u202ef\ud800g&#8238;h&#0;", "<p>abcdefgh\ufffd</p>"),
        (
            "<table><tr><th colspan=2>A<tr><td>1<td rowspan='2' class=x><p>2</table>",
            rows(
                "<td>1</td><td>2</td>",
                head='<thead><tr><th colspan="2">A</th></tr></thead>',
            ),
        ),
        (
            "<table><caption>K</caption><thead><tr><th>A</thead><tfoot><tr><td>1</table>",
            "<p>K</p>" + rows("<td>1</td>", head="<thead><tr><th>A</th></tr></thead>"),
        ),
        (
            "<table><tr><td colspan=0>1<td colspan=999>2<td colspan=1>3</table>",
            rows("<td>1</td><td>2</td><td>3</td>"),
        ),
        (
            "<table><thead><tr><td>A</thead><tr><th>B<tr><th>C</table>",
            rows("<td>A</td>", "<th>B</th>", "<th>C</th>"),
        ),
        (
            "<table><tr><th rowspan=2>A<th>B<tr><th>C<tr><td>1<td>2</table>",
            rows('<th rowspan="2">A</th><th>B</th>', "<th>C</th>", "<td>1</td><td>2</td>"),
        ),
        ("<table><tr><td></td></tr><tr></tr></table>", ""),
        (
            "<figure class=x><table><tr><td>1</table><figcaption>Data</figcaption></figure>",
            rows("<td>1</td>") + "<p>Data</p>",
        ),
        ("<p class=MsoNormal style='margin-left:-5.4pt;text-indent:-18pt'>a", "<p>a</p>"),
    ],
)
def test_a_paste_becomes_canonical(html: str, expected: str) -> None:
    assert markup.clean(html) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (
            "https://a.example/a?b=1&c=2#d",
            'href="https://a.example/a?b=1&amp;c=2#d" rel="noopener"',
        ),
        ("HTTP://Jurnal.Example/", 'href="http://Jurnal.Example/" rel="noopener"'),
        (" https://a.example/x y\n", 'href="https://a.example/x%20y" rel="noopener"'),
        ("https://a.example/é", 'href="https://a.example/%C3%A9" rel="noopener"'),
        ("https://a.example/%C3%A9", 'href="https://a.example/%C3%A9" rel="noopener"'),
        ("mailto:redaksi@jurnal.example", 'href="mailto:redaksi@jurnal.example"'),
        ("tel:+62215550100", 'href="tel:+62215550100"'),
        ("/politik/12/judul/", 'href="/politik/12/judul/"'),
        ("/", 'href="/"'),
    ],
)
def test_a_link_may_lead_there(href: str, expected: str) -> None:
    assert markup.clean(f'<a href="{href}">x</a>') == f"<p><a {expected}>x</a></p>"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "x",
        "x/y.html",
        "#x",
        "?x",
        "//evil.example",
        "/\t/evil.example",
        "/&#10;/evil.example",
        "https:",
        "https://",
        "https:evil.example",
        "http:/evil.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "  javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#x6A;avascript:alert(1)",
        "&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)",
        "javascript&colon;alert(1)",
        "\x01javascript:alert(1)",
        "java\x00script:alert(1)",
        "javascript://a.example/%0aalert(1)",
        "jav&#x61;script&#x3A;alert(1)",
        "vbscript:msgbox(1)",
        "blob:https://a.example/1",
        "intent://a#Intent;scheme=http;end",
        "\u202ejavascript:alert(1)",
        "view-source:javascript:alert(1)",
    ],
)
def test_a_link_may_not_lead_there(href: str) -> None:
    assert markup.clean(f'<a href="{href}">x</a>') == "<p>x</p>"


def test_a_backslash_cannot_take_a_link_off_the_site() -> None:
    assert (
        markup.clean(r'<a href="/\evil.example">x</a>') == '<p><a href="/%5Cevil.example">x</a></p>'
    )


def test_a_paid_link_keeps_its_label_and_no_other_word() -> None:
    html = markup.clean('<a href="https://a.example" rel="opener SPONSORED me nofollow">x</a>')
    assert html == '<p><a href="https://a.example" rel="nofollow sponsored noopener">x</a></p>'


# What attackers send


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script>a", "<p>a</p>"),
        ("<ScRiPt src=//x></sCrIpT>a", "<p>a</p>"),
        ("<script>a", ""),
        ("<scr<script>ipt>alert(1)</scr</script>ipt>a", "<p>ipt&gt;alert(1)ipt&gt;a</p>"),
        ("<<script>alert(1)//<</script>a", "<p>&lt;a</p>"),
        ("<style>p{background:url(javascript:x)}</style>a", "<p>a</p>"),
        ("<iframe src=javascript:x>a</iframe>b", "<p>b</p>"),
        ("<iframe srcdoc='<script>x</script>'></iframe>b", "<p>b</p>"),
        ("<object data=x><embed src=y>a</object>b", "<p>b</p>"),
        ("<applet>a</applet><canvas>b</canvas><video>c</video><audio>d</audio>", ""),
        ("<img src=x onerror=alert(1)>a", "<p>a</p>"),
        ("<img/src=x/onerror=alert(1)//>a", "<p>a</p>"),
        ("<p onclick=alert(1) id=a class=b style=color:red lang=id>a</p>", "<p>a</p>"),
        ("<p/onclick=alert(1)>a", "<p>a</p>"),
        ("<p data-image=5 data-articles=1>a", "<p>a</p>"),
        (
            "<a href='https://a.example' onmouseover=x target=_blank ping=//e>a</a>",
            '<p><a href="https://a.example" rel="noopener">a</a></p>',
        ),
        (
            "<a href='https://a.example/\"onclick=x y=\"'>a</a>",
            '<p><a href="https://a.example/%22onclick=x%20y=%22" rel="noopener">a</a></p>',
        ),
        (
            "<a href='https://a.example/&quot;><script>'>a</a>",
            '<p><a href="https://a.example/%22%3E%3Cscript%3E" rel="noopener">a</a></p>',
        ),
        (
            "<a href=https://a.example/'><img/src=x>a</a>",
            '<p><a href="https://a.example/%27" rel="noopener">a</a></p>',
        ),
        ("<svg onload=alert(1)><script>x</script><a>t</a></svg>a", "<p>a</p>"),
        ("<svg><animate xlink:href=#x attributeName=href to=javascript:x /></svg>a", "<p>a</p>"),
        ("<svg><foreignObject><iframe onload=x></foreignObject></svg>a", ""),
        ("<svg><style><a title='</style><img src=x onerror=x>'>a", ""),
        ('<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">a', '<p>"&gt;a</p>'),
        ("<math href=javascript:x>a</math>b", "<p>b</p>"),
        (
            "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>a",
            "",
        ),
        ("<math><annotation-xml encoding=text/html><img src=x onerror=x></math>b", "<p>b</p>"),
        ("<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>", ""),
        ("<noscript><p title='</noscript><img src=x onerror=x>'>a</noscript>b", ""),
        ("<template><script>x</script>a</template>b", "<p>b</p>"),
        ("<template shadowrootmode=open><p>a</p></template>b", "<p>b</p>"),
        ("<textarea><script>x</script></textarea>b", "<p>b</p>"),
        ("<title><img src=x onerror=x></title>b", "<p>b</p>"),
        ("<xmp><img src=x onerror=x></xmp>b", "<p>b</p>"),
        ("<noembed><img src=x></noembed><noframes><img src=x></noframes>b", "<p>b</p>"),
        ("a<plaintext><b>c", "<p>a</p>"),
        ("<select><option>a<style></select><img src=x onerror=x></style>", ""),
        ("<button formaction=javascript:x>a</button><input value=b onfocus=x>c", "<p>c</p>"),
        ("<form action=javascript:x>a</form>", "<p>a</p>"),
        (
            "<base href=//e><link rel=stylesheet href=x><meta http-equiv=refresh content=0>a",
            "<p>a</p>",
        ),
        (
            "<html onload=x><head><title>t</title></head><body onload=x hidden>a</body></html>b",
            "<p>ab</p>",
        ),
        ("<frameset onload=x><frame src=y></frameset>a", "<p>a</p>"),
        ("<!-- a --><p>b<!--><img src=x onerror=x>--></p>", "<p>b--&gt;</p>"),
        ("<!--[if IE]><script>x</script><![endif]-->b", "<p>b</p>"),
        ("<![CDATA[<img src=x onerror=x>]]>b", "<p>]]&gt;b</p>"),
        ("<?xml version='1.0'?><?php echo 1 ?>b", "<p>b</p>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("&amp;lt;script&amp;gt;", "<p>&amp;lt;script&amp;gt;</p>"),
        ("<x-evil onclick=x>a</x-evil><blink>b</blink>", "<p>ab</p>"),
        (
            "<a href=/a><table><tr><td><a href=/b>c</a></table></a>",
            rows('<td><a href="/b">c</a></td>'),
        ),
        (
            "<table><tr><td>a<script>x</script></table><table><form><tr><td>b</table>",
            rows("<td>a</td>") + rows("<td>b</td>"),
        ),
        ("<isindex action=javascript:x>a", "<p>a</p>"),
        ("<marquee onstart=x>a</marquee>", "<p>a</p>"),
        ("<details open ontoggle=x><summary>a</summary>b</details>", "<p>a</p><p>b</p>"),
        ("<td>a</td><tr><caption>b", "<p>ab</p>"),
    ],
)
def test_an_attack_leaves_words_at_most(html: str, expected: str) -> None:
    assert markup.clean(html) == expected
    assert offences(expected) == []


@pytest.mark.parametrize(
    "attributes",
    [
        'style="position:absolute;left:-9999px"',
        "style='POSITION: Absolute; LEFT : -9999PX'",
        'style="position:fixed;top:-500em"',
        'style="position:absolute;left:-100vw"',
        'style="position:absolute;left:-1e4px"',
        'style="left:calc(0px - 9999px)"',
        'style="position:absolute;left:5000px"',
        'style="text-indent:-999em"',
        'style="margin-left:-3000px"',
        'style="inset:-9999px auto auto -9999px"',
        'style="transform:translateX(-9999px)"',
        'style="transform:scale(0)"',
        'style="scale:0"',
        'style="clip:rect(0,0,0,0)"',
        'style="clip-path:inset(50%)"',
        'style="overflow:hidden;height:1px"',
        'style="width:0;overflow:hidden"',
        'style="display:none"',
        'style="DISPLAY:NONE !important"',
        'style="display:/**/none"',
        'style="display:none;display:nonsense"',
        r'style="dis\70lay:none"',
        r'style="display:n\6f ne"',
        r'style="display:no\ne"',
        'style="color:red;;visibility : hidden"',
        'style="visibility:collapse"',
        'style="opacity:0"',
        'style="opacity:.01"',
        'style="font-size:0"',
        'style="font-size:0.1px"',
        'style="font-size:.01em"',
        'style="color:transparent"',
        'style="mso-hide:all"',
        "hidden",
        "hidden=until-found",
        "HIDDEN=''",
    ],
)
@pytest.mark.parametrize("tag", ["div", "p", "span", "b", "ul", "blockquote", "x-y"])
def test_what_readers_cannot_see_goes_with_its_words(tag: str, attributes: str) -> None:
    html = f'a<{tag} {attributes}><a href="https://judi.example">slot <b>gacor</b></a></{tag}>b'
    assert "slot" not in markup.clean(html)
    assert markup.plain_text(markup.clean(html)).replace("\n", "") == "ab"


@pytest.mark.parametrize(
    "style",
    [
        "left:-5px",
        "margin:-1px",
        "margin-left:-36pt;text-indent:-.25in",
        "text-indent:36pt",
        "opacity:1",
        "opacity:0.5",
        "font-size:12px",
        "font-size:0.8em",
        "font-size:90%",
        "font-size:1rem",
        "display:block",
        "visibility:visible",
        "overflow:hidden;height:20px",
        "width:0",
        "color:#fff",
        "transform:scale(0.5)",
        "scale:0.95",
        "line-height:0",
        "clip:auto",
        "nonsense",
        r"\ffffff",
        ":;:;",
    ],
)
def test_what_readers_can_see_stays(style: str) -> None:
    assert markup.clean(f'<p style="{style}">a</p>') == "<p>a</p>"


@pytest.mark.parametrize("tag", ["table", "tbody", "tr", "td"])
def test_a_hidden_piece_of_a_table_goes_too(tag: str) -> None:
    html = "<table><tbody><tr><td>slot</td></tr></tbody></table>".replace(tag, f"{tag} hidden", 1)
    assert markup.clean(html) == ""


def test_hidden_text_inside_hidden_text_is_removed_once() -> None:
    html = "<div hidden><p style=display:none>a<b hidden>b</b></p><script>c</script></div>d"
    assert markup.clean(html) == "<p>d</p>"


# References


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<figure data-image="12"></figure>', '<figure data-image="12"></figure>'),
        ('<figure data-image=" 012 ">', '<figure data-image="12"></figure>'),
        (
            '<figure data-image="5"><img src=x><figcaption>a</figcaption></figure>',
            '<figure data-image="5"></figure>',
        ),
        (
            '<p>a<figure data-image="5"></figure>b</p>',
            '<p>a</p><figure data-image="5"></figure><p>b</p>',
        ),
        (
            '<b>a<figure data-image="5"></figure>b</b>',
            '<p><strong>a</strong></p><figure data-image="5"></figure><p><strong>b</strong></p>',
        ),
        ('<figure data-image="5"/><p>a</p>', '<figure data-image="5"></figure><p>a</p>'),
        ('<figure data-image="5" data-embed="x:1"></figure>', '<figure data-image="5"></figure>'),
        (
            '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>',
            '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>',
        ),
        (
            '<figure data-embed="x:1234567890"></figure>',
            '<figure data-embed="x:1234567890"></figure>',
        ),
        ('<aside data-articles="12,15"></aside>', '<aside data-articles="12,15"></aside>'),
        ('<aside data-articles=" 12, 15,,12 ">a</aside>', '<aside data-articles="12,15"></aside>'),
        (
            '<aside data-articles="1,2,3,4,5,6,7,8,9,10,11"></aside>',
            '<aside data-articles="1,2,3,4,5,6,7,8,9,10"></aside>',
        ),
        (
            '<blockquote><figure data-image="5"></figure></blockquote>',
            '<blockquote><figure data-image="5"></figure></blockquote>',
        ),
    ],
)
def test_a_reference_is_kept_without_content(html: str, expected: str) -> None:
    assert markup.clean(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=x><figcaption>a</figcaption></figure>",
        "<figure data-image>a</figure>",
        "<figure data-image=''>a</figure>",
        "<figure data-image=0>a</figure>",
        "<figure data-image=-1>a</figure>",
        "<figure data-image=1,2>a</figure>",
        "<figure data-image=1.5>a</figure>",
        "<figure data-image='٣'>a</figure>",
        "<figure data-image='1 onload=x'>a</figure>",
        "<figure data-image=1111111111111111111>a</figure>",
        "<figure data-embed=youtube>a</figure>",
        "<figure data-embed=youtube:>a</figure>",
        "<figure data-embed=vimeo:1>a</figure>",
        "<figure data-embed=YOUTUBE:a>a</figure>",
        "<figure data-embed='youtube:a/b'>a</figure>",
        "<figure data-embed='youtube:a\"b'>a</figure>",
        "<figure data-embed='youtube:../x'>a</figure>",
        "<figure data-embed='https://youtube.com/watch?v=x'>a</figure>",
        f"<figure data-embed='youtube:{'a' * 65}'>a</figure>",
        "<aside>a</aside>",
        "<aside data-articles=''>a</aside>",
        "<aside data-articles='a'>a</aside>",
        "<aside data-articles='1,b'>a</aside>",
        "<aside data-articles='0'>a</aside>",
    ],
)
def test_a_reference_to_nothing_is_dropped(html: str) -> None:
    assert markup.clean(f"<p>b</p>{html}") == "<p>b</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<figure data-gallery='5, 9,,5'></figure>", '<figure data-gallery="5,9"></figure>'),
        (
            (
                "<figure data-gallery=5,9><figcaption data-image=9> Ya\n <b>&amp;</b></figcaption>"
                "<figcaption data-image=7>bukan</figcaption><figcaption data-image=5></figcaption>"
                "<figcaption data-image=9>lagi</figcaption><p>lain</p></figure>"
            ),
            '<figure data-gallery="5,9"><figcaption data-image="9">Ya &amp;</figcaption></figure>',
        ),
        (
            (
                "<figure data-gallery=9,5><figcaption data-image=5>b</figcaption>"
                "<figcaption data-image=9>a</figcaption></figure>"
            ),
            (
                '<figure data-gallery="9,5"><figcaption data-image="9">a</figcaption>'
                '<figcaption data-image="5">b</figcaption></figure>'
            ),
        ),
        (
            f"<figure data-gallery={','.join(map(str, range(1, 200)))}></figure>",
            f'<figure data-gallery="{",".join(map(str, range(1, 101)))}"></figure>',
        ),
        ("<figure data-gallery=5,x>a</figure>b", "<p>b</p>"),
        ("<figcaption data-image=5>a</figcaption>", "<p>a</p>"),
    ],
)
def test_a_gallery_keeps_its_order_and_its_own_captions(html: str, expected: str) -> None:
    assert markup.clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<aside data-box=quote>a</aside>", '<aside data-box="quote"><p>a</p></aside>'),
        (
            "<aside data-box=info><h3>J</h3><ul><li>a</ul><figure data-image=5></figure></aside>",
            (
                '<aside data-box="info"><h3>J</h3><ul><li>a</li></ul>'
                '<figure data-image="5"></figure></aside>'
            ),
        ),
        (
            "<aside data-box=info>a<aside data-box=quote>b</aside>c</aside>",
            '<aside data-box="info"><p>a</p><p>b</p><p>c</p></aside>',
        ),
        (
            "<aside data-box=info><blockquote><aside data-box=info>b</aside></blockquote></aside>",
            '<aside data-box="info"><blockquote><p>b</p></blockquote></aside>',
        ),
        ("<aside data-box=quote> <p></p></aside>", ""),
        ("<aside data-box=INFO>a</aside>", ""),
        ("<aside data-box=info data-articles=5>a</aside>", '<aside data-articles="5"></aside>'),
    ],
)
def test_a_box_keeps_its_blocks_and_holds_no_other(html: str, expected: str) -> None:
    assert markup.clean(html) == expected


def test_references_are_listed_once_in_order() -> None:
    body = markup.clean(
        "<figure data-image=7></figure><aside data-articles=12,15></aside>"
        "<ul><li><figure data-image=3></figure></ul><figure data-image=7></figure>"
        "<aside data-articles=15,9></aside><figure data-embed=x:1></figure>"
        "<figure data-gallery=8,3></figure><figure data-gallery=8,2></figure>"
    )
    found = markup.references(body)
    assert found == markup.References(images=(7, 3), articles=(12, 15, 9), galleries=(8, 3, 2))
    assert found.pictures == (7, 3, 8, 2)
    assert markup.references("<p>a</p>") == markup.References((), ())


# Words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>a &lt;b&gt; &amp;amp;</p><p>c<br>d</p>", "a <b> &amp;\nc\nd"),
        ("<h2>J</h2><p>a <strong>b</strong>c</p>", "J\na bc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "a\nb\nc"),
        (
            "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>",
            "1 2\n3",
        ),
        ("<p>Rp&nbsp;5</p><figure data-image='1'></figure><hr><p>b</p>", "Rp 5\nb"),
    ],
)
def test_the_plain_text_of_a_body(html: str, text: str) -> None:
    assert markup.plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("", 0),
        ("<p>Presiden – yang baru – tiba.</p>", 4),
        ("<p>satu</p><p>dua</p>", 2),
        ("<p>Rp1,2 triliun (26/4)</p><figure data-image='1'></figure>", 3),
    ],
)
def test_words_are_counted_as_a_reader_would(html: str, count: int) -> None:
    assert markup.word_count(html) == count


def test_plain_paragraphs_are_shown_not_obeyed() -> None:
    html = markup.from_paragraphs(["a <b>&amp;", " ", "c\n d", "&nbsp;"])
    assert html == "<p>a &lt;b&gt;&amp;amp;</p><p>c d</p><p>&amp;nbsp;</p>"


# The page

BODY = (
    '<blockquote><p>q</p></blockquote><p>a</p><figure data-image="5"></figure><p>b</p>'
    '<aside data-articles="12,15"></aside>'
)


def test_references_become_what_the_page_shows() -> None:
    page = markup.render(
        BODY,
        lead="<b>Kota</b> – ",
        figures={5: '<figure class="x"><img src="/a.webp" alt="a &amp; b"></figure>'},
        related={15: '<a href="/15">15</a>', 12: '<a href="/12">12</a>'},
    )
    assert page == (
        "<blockquote><p>q</p></blockquote><p><b>Kota</b> – a</p>"
        '<figure class="x"><img src="/a.webp" alt="a &amp; b"></figure><p>b</p>'
        '<aside class="related-box"><a href="/12">12</a><a href="/15">15</a></aside>'
    )


def test_references_to_what_is_gone_leave_no_trace() -> None:
    assert markup.render(BODY) == "<blockquote><p>q</p></blockquote><p>a</p><p>b</p>"
    assert '<aside class="related-box">x</aside>' in markup.render(BODY, related={15: "x"})


def test_a_reference_inside_inserted_html_is_left_alone() -> None:
    page = markup.render(BODY, figures={5: '<p data-x="1">a</p>', 6: "b"})
    assert '<p data-x="1">a</p>' in page


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("youtube:dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("x:123", "https://x.com/i/status/123"),
        ("instagram:Cabc_1-", "https://www.instagram.com/p/Cabc_1-/"),
        ("tiktok:123", "https://www.tiktok.com/embed/v2/123"),
        ("facebook:123", "https://www.facebook.com/123"),
    ],
)
def test_an_embed_is_a_plain_link(reference: str, address: str) -> None:
    page = markup.render(markup.clean(f'<figure data-embed="{reference}"></figure>'))
    assert page.startswith(f'<p class="embed"><a href="{address}" rel="noopener nofollow">')
    assert page.endswith("</a></p>")


@pytest.mark.parametrize("reference", ["image=x", "image=1,x", "embed=vimeo:1"])
def test_a_reference_of_another_edition_leaves_no_trace(reference: str) -> None:
    body = f"<p>a</p><figure data-{reference}></figure>"
    assert markup.references(body) == markup.References((), ())
    assert markup.render(body, figures={1: "b"}) == "<p>a</p>"


@pytest.mark.parametrize("body", ["", "<h2>a</h2>", "<ul><li>a</li></ul>"])
def test_a_body_without_a_paragraph_has_no_place_for_a_lead(body: str) -> None:
    assert markup.render(body, lead="x") == body


def test_the_lead_does_not_go_into_an_embed() -> None:
    body = '<figure data-embed="x:1"></figure><p>a</p>'
    assert markup.render(body, lead="L ").endswith("<p>L a</p>")


def test_no_more_than_two_articles_are_recommended_inside_a_text() -> None:
    body = '<aside data-articles="1,2"></aside><p>a</p><aside data-articles="3,4,5"></aside>'
    page = markup.render(body, related={number: str(number) for number in (2, 3, 4)})
    assert page == (
        '<aside class="related-box">2</aside><p>a</p><aside class="related-box">3</aside>'
    )


def test_a_gallery_is_shown_photo_by_photo() -> None:
    body = markup.clean(
        "<figure data-gallery=5,9><figcaption data-image=9>a &lt; b</figcaption></figure>"
    )
    page = markup.render(body, gallery=lambda photos: f"<i>{photos!r}</i>".replace("<i>[", "<i>"))
    assert "Photo(image=5, caption=''), Photo(image=9, caption='a &lt; b')" in page
    assert markup.render(body) == ""


def test_a_box_looks_like_what_it_is() -> None:
    body = '<aside data-box="quote"><p>a</p></aside><aside data-box="info"><p>b</p></aside>'
    assert markup.render(body) == (
        '<aside class="pull-quote"><p>a</p></aside><aside class="info-box"><p>b</p></aside>'
    )


def test_the_lead_does_not_go_into_a_box() -> None:
    page = markup.render('<aside data-box="info"><p>b</p></aside><p>a</p>', lead="L ")
    assert page.endswith("<p>b</p></aside><p>L a</p>")


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "<p>https://youtu.be/dQw4w9WgXcQ?si=x&amp;t=3</p>",
            '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>',
        ),
        (
            (
                '<p><a href="https://x.com/kru/status/12345" rel="noopener">https://x.com/kru/status/12345'
                "</a></p>"
            ),
            '<figure data-embed="x:12345"></figure>',
        ),
        ("<p>Lihat https://youtu.be/dQw4w9WgXcQ</p>", None),
        ("<p>https://contoh.example/</p>", None),
        ("<li>https://youtu.be/dQw4w9WgXcQ</li>", None),
    ],
)
def test_an_address_alone_in_a_paragraph_is_an_embed(paragraph: str, expected: str | None) -> None:
    assert markup.with_embeds(f"<p>a</p>{paragraph}") == f"<p>a</p>{expected or paragraph}"


# Properties

TAGS = sorted(
    ELEMENTS | elements.NEUTRAL | elements.REMOVED | {"b", "i", "h1", "h5", "span", "img", "body"}
)
VALUES = [
    "1",
    "quote",
    "info",
    "1,2",
    "x:1",
    "https://a.example/?a&b'",
    "/a b",
    "javascript:x",
    "display:none",
    "",
    "'",
    "&lt;",
]
NAMES = [
    "href",
    "rel",
    "colspan",
    "data-image",
    "data-embed",
    "data-articles",
    "data-gallery",
    "data-box",
    "style",
    "hidden",
    "onclick",
]
WORDS = [" ", "\n", "a", "b c", "&nbsp;", "\xa0", "&lt;", "&amp;lt;", "<", ">", "<!--", "-->", "\x00", "]]>", "é", "\u2028", "/>"]  # noqa: E501  # fmt: skip

attribute = st.builds('{}="{}"'.format, st.sampled_from(NAMES), st.sampled_from(VALUES))
opening = st.builds(
    lambda tag, attributes: f"<{tag} {' '.join(attributes)}>",
    st.sampled_from(TAGS),
    st.lists(attribute, max_size=2),
)
closing = st.sampled_from(TAGS).map("</{}>".format)
piece = st.one_of(opening, closing, st.sampled_from(WORDS), st.text(max_size=4))
soup = st.one_of(st.lists(piece, max_size=24).map("".join), st.text())


@given(soup)
@example("<table><b><tr><td>a</table>b")
@example("<a href=/a>x<p>y<a href=/b>z")
@example("<ul><p>a<ul>b</ul><li>c<table>d<li>e")
@example("<blockquote>" * 300 + "<b>a</b>b")
@example("<ul><li>" * 300 + "<b>a</b>b")
@example("<table><tr><td>" * 50 + "<i>a</i><p>b")
@example("<b>" * 300 + "a")
@example("<div>" * 3000 + "a")
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = markup.clean(html)
    assert markup.clean(once) == once


@given(soup)
def test_nothing_outside_the_list_survives(html: str) -> None:
    assert offences(markup.clean(html)) == []


@given(soup)
def test_browsers_read_a_clean_body_as_it_is_written(html: str) -> None:
    """Two independent HTML5 parsers write back the bytes that they read, so nothing can mutate."""
    once = markup.clean(html)
    assert parsed(once).inner_html == once
    attributes = {tag: {name for owner, name in ATTRIBUTES if owner == tag} for tag in ELEMENTS}
    assert nh3.clean(once, tags=ELEMENTS, attributes=attributes, link_rel=None) == once


@given(soup)
def test_a_clean_body_can_be_read_and_rendered(html: str) -> None:
    body = markup.clean(html)
    found = markup.references(body)
    figures = {number: f"<i>{number}</i>" for number in found.images}
    page = markup.render(
        body,
        lead="",
        figures=figures,
        related=dict.fromkeys(found.articles, "y"),
        gallery=lambda photos: "".join(f"<i>{photo.image}</i>" for photo in photos),
    )
    assert "data-" not in re.sub(r">[^<]*<", "><", page)
    assert markup.word_count(body) <= len(markup.plain_text(body))


@given(st.lists(st.text()))
def test_plain_paragraphs_are_canonical_at_once(paragraphs: list[str]) -> None:
    html = markup.from_paragraphs(paragraphs)
    assert markup.clean(html) == html


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1), min_size=1))
def test_no_word_of_a_plain_text_is_lost(words: list[str]) -> None:
    html = markup.clean(markup.from_paragraphs([" ".join(words)]))
    assert markup.plain_text(html) == " ".join(words)


@given(bodies)
def test_a_generated_body_is_canonical(body: str) -> None:
    assert markup.clean(body) == body
    assert offences(body) == []
    assert parsed(body).inner_html == body
