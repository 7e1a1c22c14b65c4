"""The page of helplines: the emergency set, then a choice, then the others in short, the rest of each folded."""

import gzip

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
    parts = text.split('<article class="helpline line')[1:]
    return {part.split('name="line" value="', 1)[1].split('"', 1)[0]: part.split("</article>", 1)[0] for part in parts}


def cards_of(client, there, *slugs: str) -> list[str]:
    """The cards of these helplines on the page of helplines."""
    found = cards(client.get(there("education:helplines")).text)
    return [found[slug] for slug in slugs]


def test_the_emergency_set_stands_before_the_choice_and_the_others_after_it(client, there, lines):
    text = client.get(there("education:helplines")).text
    emergency, others = (list(cards(part)) for part in text.split('class="search choose', 1))
    assert (emergency, others) == (["polri-110", "sapa-129", "darurat-112"], ["tipu", "remaja"])


@pytest.mark.parametrize(("need", "left"), [("t70", "tipu"), ("a10", "remaja")])
def test_a_need_leaves_its_own_lines_and_always_the_emergency_set(client, there, lines, need, left):
    found = cards(client.get(there("education:helplines"), {"need": need}).text)
    assert list(found) == ["polri-110", "sapa-129", "darurat-112", left]


def test_a_need_that_nobody_serves_says_so_below_the_emergency_numbers(client, there, lines):
    factory.topic("stalking", order=50)
    text = client.get(there("education:helplines"), {"need": "t50"}).text
    assert list(cards(text)) == ["polri-110", "sapa-129", "darurat-112"]
    assert "belum ada bantuan lain" in text


@pytest.mark.parametrize(
    "query", [{"need": "t71"}, {"need": "scams"}, {"need": "t70 "}, {"need": "\x00"}, {"need": "t70", "province": "0"}]
)
def test_only_what_is_offered_has_a_page(client, there, lines, query):
    assert client.get(there("education:helplines"), query).status_code == 404


def test_a_choice_stays_chosen_is_kept_and_follows_into_the_other_language(reader, there, lines):
    factory.helpline("jkt", "021-3", provinces=["31"])
    path = there("education:helplines") + "?need=t70&province=31"
    first = reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(path)
    assert second.body == first.body
    assert [query["sql"] for query in queries if "cacheversion" not in query["sql"]] == []
    assert 'value="t70" selected' in first.body.decode()
    assert f"{there('education:helplines', language='en')}?need=t70&amp;province=31" in first.body.decode()


def test_few_lines_stand_open_and_many_are_folded(client, there, starter):
    assert '<details class="about" open' not in client.get(there("education:helplines")).text
    topic = Topic.objects.first()
    topic.helplines.set([selection.directory_groups()[1][1][0].helpline])
    few = client.get(there("education:helplines"), {"need": f"t{topic.order}"}).text
    assert few.count('<details class="about" open') == 1


def test_numbers_and_what_decides_whether_to_try_them_stand_outside_the_fold(client, there, starter):
    for slug, card in cards(client.get(there("education:helplines")).text).items():
        before, inside = card.split("<details", 1)
        assert 'class="channel"' in before, slug
        assert 'name="line"' in (inside if slug in EMERGENCY else before), slug
        assert "dicek" in before.split('class="meta">')[1], slug
        assert 'class="facts"' in inside, slug
        assert "tel:" not in before or "wa.me" in before or "https:" in before or "mailto:" in before, slug


def test_what_is_not_sure_is_said_beside_the_name(client, there):
    factory.helpline("ragu", "148", status="unverified")
    factory.helpline("lama", "149", verified_on="2020-01-01")
    found = cards(client.get(there("education:helplines")).text)
    assert all("chip warn" in found[slug].split("<details", 1)[0] for slug in ("ragu", "lama"))


def test_hours_or_the_measured_wait_stand_outside_the_fold_and_so_does_what_it_asks_for(client, there):
    factory.helpline("lama", "148", hours_ind="Setiap waktu", wait_ind="Rata-rata 3 jam.")
    factory.helpline("akun", "149", hours_ind="Senin–Jumat", identity="account", verified_on=timezone.localdate())
    slow, account = (card.split("<details")[0] for card in cards_of(client, there, "lama", "akun"))
    assert "Rata-rata 3 jam." in slow
    assert "Setiap waktu" not in slow
    assert all(said in account for said in ("Senin–Jumat", "Meminta akun", "Terakhir dicek"))


def test_under_every_group_with_a_call_or_chat_it_is_said_that_they_stay_on_the_phone(client, there, lines):
    site = factory.helpline("situs", kind="removal")
    site.channels.create(kind="web", value="situs.example", text_route=True)
    groups = client.get(there("education:helplines")).text.split("<h2")[2:]
    assert [("situs" in group, 'class="trace"' in group) for group in groups] == [(False, True), (True, False)]


def test_the_page_stays_light(client, there, starter):
    assert len(gzip.compress(client.get(there("education:helplines")).content)) <= 25_000


def test_without_topics_the_numbers_are_still_there(client, there, lines, monkeypatch):
    def fail(*_args):
        raise DatabaseError

    monkeypatch.setattr(Topic.objects, "all", fail)
    assert "tel:110" in client.get(there("education:helplines")).text
    assert Audience.objects.exists()
