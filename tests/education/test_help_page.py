"""The page of helplines: the emergency set, then a choice, then the others in short, the rest of each folded."""

import gzip
import re

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from education.helplines import selection
from education.models import Audience, Topic

from . import factory

EMERGENCY = {"polri-110", "sapa-129", "darurat-112", "darurat-119"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """The emergency set, a line for scams and one for teens."""
    factory.emergency_set()
    factory.helpline("tipu", "021-1").topics.add(factory.topic("scams", order=70))
    factory.helpline("remaja", "021-2").audiences.add(factory.audience("teens", order=10))


def cards(text: str) -> dict[str, str]:
    """The HTML of each helpline by its key."""
    parts = text.split('<article class="helpline')[1:]
    return {part.split('name="line" value="', 1)[1].split('"', 1)[0]: part.split("</article>", 1)[0] for part in parts}


def cards_of(client, there, *slugs: str) -> list[str]:
    """The cards of these helplines on the page of helplines."""
    found = cards(client.get(there("education:helplines")).text)
    return [found[slug] for slug in slugs]


def test_help_page_shows_emergency_set_before_the_filter(client, there, lines):
    text = client.get(there("education:helplines")).text
    emergency, others = (list(cards(part)) for part in text.split('class="search choose', 1))
    assert (emergency, others) == (["polri-110", "sapa-129", "darurat-112"], ["tipu", "remaja"])


@pytest.mark.slow
@pytest.mark.parametrize(("need", "left"), [("t70", "tipu"), ("a10", "remaja")])
def test_need_filter_keeps_its_helplines_and_emergency_set(client, there, lines, need, left):
    found = cards(client.get(there("education:helplines"), {"need": need}).text)
    assert list(found) == ["polri-110", "sapa-129", "darurat-112", left]


@pytest.mark.slow
def test_need_without_helplines_says_so(client, there, lines):
    factory.topic("stalking", order=50)
    text = client.get(there("education:helplines"), {"need": "t50"}).text
    assert list(cards(text)) == ["polri-110", "sapa-129", "darurat-112"]
    assert "belum ada bantuan lain" in text


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "query", [{"need": "t71"}, {"need": "scams"}, {"need": "t70 "}, {"need": "\x00"}, {"need": "t70", "province": "0"}]
)
def test_unknown_filter_value_is_not_found(client, there, lines, query):
    assert client.get(there("education:helplines"), query).status_code == 404


@pytest.mark.slow
def test_filter_choice_is_kept_in_the_other_language(reader, there, lines):
    factory.helpline("jkt", "021-3", provinces=["31"])
    path = there("education:helplines") + "?need=t70&province=31"
    first = reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(path)
    assert second.body == first.body
    assert [query["sql"] for query in queries if "cacheversion" not in query["sql"]] == []
    assert 'value="t70" selected' in first.body.decode()
    assert f"{there('education:helplines', language='en')}?need=t70&amp;province=31" in first.body.decode()


@pytest.mark.slow
def test_short_helpline_list_is_open_and_long_one_folded(client, there, starter):
    assert '<details class="about" open' not in client.get(there("education:helplines")).text
    topic = Topic.objects.first()
    topic.helplines.set([selection.directory_groups()[1][1][0].helpline])
    few = client.get(there("education:helplines"), {"need": f"t{topic.order}"}).text
    assert few.count('<details class="about" open') == 1


def test_folded_card_shows_numbers_and_reliability(client, there, starter):
    for slug, card in cards(client.get(there("education:helplines")).text).items():
        before, rest = card.split("<details", 1)
        inside, after = rest.split("</details>")
        assert 'class="channel"' in before, slug
        assert 'name="line"' in (inside if slug in EMERGENCY else after), slug
        assert re.search("(terakhir dicek|belum kami coba)", before.split('class="meta">')[1], re.IGNORECASE), slug
        assert 'class="facts"' in inside, slug
        assert "tel:" not in before or "wa.me" in before or "https:" in before or "mailto:" in before, slug


def test_unreliable_helpline_is_marked_beside_its_name(client, there):
    factory.helpline("ragu", "148", status="unverified")
    factory.helpline("lama", "149", verified_on="2020-01-01")
    found = cards(client.get(there("education:helplines")).text)
    assert all("chip warn" in found[slug].split("<details", 1)[0] for slug in ("ragu", "lama"))


def test_folded_card_shows_hours_wait_and_identity(client, there):
    factory.helpline("lama", "148", hours_ind="Setiap waktu", wait_ind="Rata-rata 3 jam.")
    factory.helpline("akun", "149", hours_ind="Senin–Jumat", identity="account", verified_on=timezone.localdate())
    slow, account = (card.split("<details")[0] for card in cards_of(client, there, "lama", "akun"))
    assert "Rata-rata 3 jam." in slow
    assert "Setiap waktu" not in slow
    assert all(said in account for said in ("Senin–Jumat", "Meminta akun", "Terakhir dicek"))


@pytest.mark.slow
def test_each_group_warns_of_traces_on_the_phone(client, there, lines):
    site = factory.helpline("situs", kind="removal")
    site.channels.create(kind="web", value="situs.example", text_route=True)
    groups = client.get(there("education:helplines")).text.split("<h2")[2:]
    assert [("situs" in group, 'class="trace"' in group) for group in groups] == [(False, True), (True, False)]


def test_page_stays_light(client, there, starter):
    assert len(gzip.compress(client.get(there("education:helplines")).content)) <= 25_000


@pytest.mark.slow
def test_help_page_has_numbers_without_topics(client, there, lines, monkeypatch):
    def fail(*_args):
        raise DatabaseError

    monkeypatch.setattr(Topic.objects, "published", fail)
    assert "tel:110" in client.get(there("education:helplines")).text
    assert Audience.objects.exists()
