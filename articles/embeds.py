"""Things of other sites inside a text: an address ↔ a reference such as "youtube:dQw4w9WgXcQ".

A reference is all that is stored. The patterns are written so that Python and JavaScript read them
alike: the desk's editor gets them from here, so that both know the same addresses.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Provider:
    """A site whose things a text may show.

    `patterns` are of what follows the host in an address, their one group being the thing's key;
    `address` leads to the thing, `player` to the page that a frame shows of it.
    """

    name: str
    host: str
    patterns: tuple[str, ...]
    address: str
    player: str


_NUMBER = "([0-9]{5,25})"
PROVIDERS = {
    "youtube": Provider(
        "YouTube",
        r"(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com|youtu\.be)",
        (
            r"/watch\?(?:[^#]*&)?v=([A-Za-z0-9_-]{11})",
            r"/(?:(?:shorts|live|embed|v)/)?([A-Za-z0-9_-]{11})",
        ),
        "https://www.youtube.com/watch?v={}",
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    "x": Provider(
        "X",
        r"(?:(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com)",
        (
            r"/(?:i/web|i|[A-Za-z0-9_]{1,15})/status(?:es)?/"
            + _NUMBER
            + "(?:/(?:photo|video)/[0-9])?",
        ),
        "https://x.com/i/status/{}",
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}",
    ),
    "instagram": Provider(
        "Instagram",
        r"(?:(?:www\.)?instagram\.com)",
        (r"/(?:[A-Za-z0-9_.]{1,30}/)?(?:p|reels?|tv)/([A-Za-z0-9_-]{5,40})",),
        "https://www.instagram.com/p/{}/",
        "https://www.instagram.com/p/{}/embed/",
    ),
    "tiktok": Provider(
        "TikTok",
        r"(?:(?:www\.|m\.)?tiktok\.com)",
        (r"/@[A-Za-z0-9_.]{1,30}/(?:video|photo)/" + _NUMBER, r"/embed/(?:v2/)?" + _NUMBER),
        "https://www.tiktok.com/embed/v2/{}",
        "https://www.tiktok.com/embed/v2/{}",
    ),
    "facebook": Provider(
        "Facebook",
        r"(?:(?:www\.|m\.|web\.|id-id\.)?facebook\.com)",
        (
            r"/(?:watch/?\?(?:[^#]*&)?v=|reel/|story\.php\?story_fbid=)" + _NUMBER,
            r"/([A-Za-z0-9.]{1,50}/(?:posts|videos)/[A-Za-z0-9]{5,100})",
        ),
        "https://www.facebook.com/{}",
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2F{}",
    ),
}
# The only hosts that a reader's page may show in a frame, and only after a tap.
FRAMES = sorted({re.sub(r"(https://[^/]+)/.*", r"\1", each.player) for each in PROVIDERS.values()})

_REFERENCE = re.compile(
    rf"({'|'.join(PROVIDERS)}):[A-Za-z0-9_-]{{1,64}}"
    r"|facebook:[A-Za-z0-9.]{1,50}/(posts|videos)/[A-Za-z0-9]{1,100}"
)
PATTERNS = [
    (name, rf"^https?://{each.host}{pattern}/?(?:[?#&].*)?$")
    for name, each in PROVIDERS.items()
    for pattern in each.patterns
]
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in PATTERNS]


def is_reference(text: str) -> bool:
    """Whether a text may hold it as it is."""
    return bool(_REFERENCE.fullmatch(text))


def reference(address: str) -> str:
    """What is stored for an address, such as "x:1780000000000000000"; nothing for any other."""
    for name, pattern in _PATTERNS:
        if found := pattern.match(address.strip()):
            return f"{name}:{found[1]}"
    return ""


def split(reference: str) -> tuple[str, Provider | None, str]:
    """The code, the provider and the key; no provider if it has left the list."""
    code, _, key = reference.partition(":")
    return code, PROVIDERS.get(code), key


def address(reference: str) -> str:
    """Where readers find the thing itself; nothing for an unknown provider."""
    _code, provider, key = split(reference)
    return provider.address.format(key) if provider else ""


def player(reference: str) -> str:
    """The page that a frame shows once a reader has asked for it."""
    _code, provider, key = split(reference)
    return provider.player.format(quote(key, safe="")) if provider else ""
