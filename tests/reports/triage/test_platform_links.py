"""Links of platforms: an account or number in them counts, a word that many of them share does not."""

import pytest

from reports.crypto import blind_index
from tests.reports.triage.linked import are_linked

IG, FB, TT = "https://www.instagram.com/", "https://www.facebook.com/", "https://www.tiktok.com/"
THE_SAME = [
    ("0812-3456-7890", "https://api.whatsapp.com/send?phone=6281234567890"),
    ("0812-3456-7890", "https://web.whatsapp.com/send/?text=hai&phone=%2B6281234567890&app_absent=0"),
    ("0812-3456-7890", "whatsapp://send?phone=6281234567890"),
    ("@akunjahat", "https://l.instagram.com/?u=https%3A%2F%2Finstagram.com%2Fakunjahat%3Figsh%3D1&e=AT0"),
    ("akunjahat", "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fakunjahat&h=AT1"),
    ("instagram.com/akunjahat", f"{IG}accounts/login/?next=%2Fakunjahat%2F"),
    (f"{IG}direct/t/1111", "instagram.com/direct/t/1111/"),
    (f"{FB}messages/t/1111", "https://web.facebook.com/messages/t/1111"),
]
STRANGERS = [
    (f"{IG}direct/t/1111", f"{IG}direct/t/2222"),
    (f"{FB}messages/t/1111", f"{FB}messages/t/2222"),
    (f"{IG}accounts/login/", "instagram.com/accounts/login"),
    ("https://discord.com/channels/@me/1", "discord.com/channels/@me/2"),
]


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_one_account_or_number_closes_the_files(report, person, one, other):
    assert are_linked(report, person, one, other)


@pytest.mark.sampled(7)
@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_shared_path_word_closes_no_files(report, person, one, other):
    assert not are_linked(report, person, one, other)


@pytest.mark.parametrize(
    ("link", "name"),
    [
        (f"{TT}@jahat_1/video/7301", "@jahat_1"),
        (f"{TT}@friends/video/7301", "@friends"),
        (f"{IG}stories/jahat/33/", "@jahat"),
        (f"{IG}jahat/reel/Cx1/", "@jahat"),
        ("https://m.me/jahat", "@jahat"),
        ("https://x.com/jahat/status/17", "@jahat"),
        ("https://youtube.com/@jahat-9/shorts", "@jahat-9"),
        ("https://www.youtube.com/channel/UCabc12/videos", "@ucabc12"),
        ("https://t.me/s/jahat", "@jahat"),
        ("https://www.threads.net/@jahat/post/C1", "@jahat"),
    ],
)
def test_name_in_a_link_is_the_account(link, name):
    assert ("account", name) in blind_index.gate_identifiers_in(link)


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("https://wa.me/+6281234567890", "6281234567890"),
        (f"{FB}people/Si-Jahat/100001/", "100001"),
        ("https://t.me/c/1234567/89", "1234567"),
        ("https://www.roblox.com/users/5550001/profile", "5550001"),
    ],
)
def test_number_in_a_link_is_the_account(link, number):
    assert ("phone", number) in blind_index.gate_identifiers_in(link)


@pytest.mark.parametrize(
    "start",
    [
        *(f"{IG}{way}" for way in ("direct/t/", "p/", "reel/", "tv/", "stories/highlights/", "channel/")),
        *(f"{FB}{way}" for way in ("messages/e2ee/t/", "share/", "share/r/", "groups/", "reel/", "events/")),
        *(f"{FB}{way}" for way in ("media/set/?set=", "marketplace/item/", "watch/?v=")),
        *(f"{TT}{way}" for way in ("t/", "music/", "tag/", "discover/", "live/")),
        *("https://x.com/i/status/", "https://x.com/i/communities/", "https://x.com/messages/"),
        *("https://youtube.com/shorts/", "https://youtube.com/live/", "https://youtube.com/post/"),
        *("https://t.me/joinchat/", "https://t.me/+", "https://t.me/addlist/", "https://wa.me/message/"),
        *("https://discord.gg/", "https://discord.com/invite/", "https://discord.com/channels/1/"),
        *("https://www.roblox.com/share?code=", "https://chat.whatsapp.com/", "https://vm.tiktok.com/"),
    ],
)
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.sampled(3)
def test_two_links_of_one_kind_have_nothing_in_common(start, bare):
    start = start.removeprefix("https://") if bare else start
    one, other = (
        blind_index.gate_identifiers_in(f"{start}Zx1111abc"),
        blind_index.gate_identifiers_in(f"{start}Qy2222def"),
    )
    assert one
    assert not one & other


@pytest.mark.parametrize(
    "page",
    [
        f"{IG}direct/inbox/",
        f"{TT}foryou",
        f"{FB}login.php",
        "https://vm.tiktok.com/",
        "https://x.com/home",
        f"{IG}accounts/onetap/?x=1",
    ],
)
def test_generic_platform_page_is_not_indexed(page):
    assert not blind_index.gate_identifiers_in(page)
