"""Which addresses become embeds, and where an embed leads."""

import pytest

from articles import embeds


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=4s", "youtube:dQw4w9WgXcQ"),
        (" https://youtu.be/dQw4w9WgXcQ?si=abc ", "youtube:dQw4w9WgXcQ"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "youtube:dQw4w9WgXcQ"),
        ("https://x.com/KPK_RI/status/1780000000000000000?s=20", "x:1780000000000000000"),
        ("https://mobile.twitter.com/a/status/17800000000", "x:17800000000"),
        ("https://x.com/a/status/17800000000/photo/1", "x:17800000000"),
        ("https://x.com/i/web/status/17800000000", "x:17800000000"),
        ("https://www.instagram.com/p/Cabc_1-xyz/?igsh=1", "instagram:Cabc_1-xyz"),
        ("https://www.instagram.com/reel/Cabc_1-xyz/", "instagram:Cabc_1-xyz"),
        ("https://instagram.com/bmkg/p/Cabc_1-xyz/", "instagram:Cabc_1-xyz"),
        (
            "https://www.tiktok.com/@info.bmkg/video/7300000000000000000",
            "tiktok:7300000000000000000",
        ),
        ("https://www.facebook.com/watch/?v=1234567890", "facebook:1234567890"),
        ("https://m.facebook.com/reel/1234567890", "facebook:1234567890"),
        (
            "https://www.facebook.com/infobmkg/posts/pfbid0abcDEF12",
            "facebook:infobmkg/posts/pfbid0abcDEF12",
        ),
        (
            "https://www.facebook.com/infobmkg/videos/1234567890/",
            "facebook:infobmkg/videos/1234567890",
        ),
        ("https://www.facebook.com/infobmkg", ""),
        ("https://www.youtube.com/@kanal", ""),
        ("https://www.youtube.com/playlist?list=PL123456789", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://evil.example/?u=https://youtu.be/dQw4w9WgXcQ", ""),
        ("javascript:https://youtu.be/dQw4w9WgXcQ", ""),
        ("https://vm.tiktok.com/ZM123/", ""),
        ("youtu.be/dQw4w9WgXcQ", ""),
        ("https://youtu.be/dQw4w9WgXcQ https://youtu.be/dQw4w9WgXcQ", ""),
        ("", ""),
    ],
)
def test_an_address_is_known_or_it_is_not(address: str, reference: str) -> None:
    assert embeds.reference(address) == reference
    assert not reference or embeds.is_reference(reference)


@pytest.mark.parametrize("code", embeds.PROVIDERS)
def test_what_a_link_leads_to_is_known_as_the_same_thing(code: str) -> None:
    reference = f"{code}:12345678901"
    address = embeds.address(reference)
    assert address.endswith(("12345678901", "12345678901/"))
    # A bare number on Facebook leads on to the thing; nobody copies such an address.
    assert embeds.reference(address) == ("" if code == "facebook" else reference)


def test_a_player_stands_on_a_host_that_the_policy_names() -> None:
    for code in embeds.PROVIDERS:
        player = embeds.player(f"{code}:a/posts/b" if code == "facebook" else f"{code}:12345678901")
        assert any(player.startswith(f"{host}/") for host in embeds.FRAMES)
    assert embeds.player("facebook:a/posts/b").endswith("facebook.com%2Fa%2Fposts%2Fb")
    assert embeds.player("vimeo:1") == embeds.address("vimeo:1") == ""


def test_the_hosts_are_exactly_these() -> None:
    assert embeds.FRAMES == [
        "https://platform.twitter.com",
        "https://www.facebook.com",
        "https://www.instagram.com",
        "https://www.tiktok.com",
        "https://www.youtube-nocookie.com",
    ]
