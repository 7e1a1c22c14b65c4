"""Own views of the queue: kept under a name, counted like the others, and nobody else's business."""

import pytest
from django.urls import reverse

from reports.models import OwnView, Team
from reports.triage.own_views import MAX_VIEWS
from safetycenter import memory
from tests.cast import GROOMED

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
QUEUE, SAVE = reverse("admin:reports_case_changelist"), reverse("admin:reports_own_view_save")
SCAM = {"category": "account_abuse", "age": "adult"}


def own(client) -> dict[str, str]:
    """The own views of the queue page, with their counts."""
    return {view.name: count for view, count in client.get(QUEUE).context["own_views"]}


def test_own_view_has_the_filters_and_the_count(file, desk):
    file(**SCAM), file(), file(base=GROOMED)
    answer = desk.post(SAVE, {"name": "Akun", "query": "show=all&category=account_abuse&tier=9&x=1"})
    assert answer.url == f"{QUEUE}?show=all&category=account_abuse"
    assert own(desk) == {"Akun": "1"}
    assert 'aria-current="page">Akun' in desk.get(answer.url).text


@pytest.mark.slow
def test_own_view_with_too_many_filters_is_refused(desk):
    keys = [f"{number:040}" for number in range(30)]
    Team.objects.bulk_create(Team(key=key, name=key) for key in keys)
    memory.clear()
    query = "&".join(f"team={key}" for key in keys)
    page = desk.post(SAVE, {"name": "Panjang", "query": query}, follow=True).text
    assert "Terlalu banyak saringan" in page
    assert not OwnView.objects.exists()


@pytest.mark.slow
def test_own_view_counts_only_what_its_owner_may_know_of(file, desk, moderator):
    file(base=GROOMED)
    desk.post(SAVE, {"name": "Semua", "query": "show=all&language=id"})
    assert own(desk) == {"Semua": "0"}


def test_own_view_is_renamed_and_deleted(desk):
    desk.post(SAVE, {"name": "Akun", "query": "tier=1"})
    change = reverse("admin:reports_own_view_change", args=[OwnView.objects.get().pk])
    desk.post(change, {"name": "Cepat"})
    assert own(desk) == {"Cepat": "0"}
    desk.post(change, {"delete": "1"})
    assert own(desk) == {}


def test_own_view_belongs_to_one_person(desk, client, person):
    desk.post(SAVE, {"name": "Akun", "query": "tier=1"})
    change = reverse("admin:reports_own_view_change", args=[OwnView.objects.get().pk])
    client.force_login(person("supervisor"))
    assert own(client) == {}
    assert client.post(change, {"delete": "1"}).status_code == 404
    assert client.get(reverse("admin:reports_own_views")).context["views"] == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("names", [["Satu", "Satu"], ["", ""], [f"V{number}" for number in range(MAX_VIEWS + 1)]])
def test_own_views_are_few_and_have_different_names(desk, names):
    for name in names:
        desk.post(SAVE, {"name": name, "query": "tier=1"})
    assert OwnView.objects.count() == len({*names} - {""} - {f"V{MAX_VIEWS}"})
