"""The page on which leads plan, and each person's page about their own load (safety rule H24)."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Category, DeskSettings

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H24")]
PAGE, CARE = "admin:reports_case_availability", "admin:reports_case_care"


def choose(client, person, *categories: str) -> None:
    client.force_login(person)
    client.post(reverse(CARE), {"categories": categories})


def shown(client, lead):
    client.force_login(lead)
    return client.get(reverse(PAGE))


def row_of(response, category: str):
    name = Category.objects.get(pk=category).name
    return next(row for row in response.context["rows"] if row.name == name)


def test_category_that_nobody_takes_is_alarming(client, filed, moderator, supervisor):
    assert not row_of(shown(client, supervisor), "scam").ordinary.is_alarming
    choose(client, moderator, "scam")
    choose(client, supervisor, "scam")
    assert row_of(shown(client, supervisor), "scam").ordinary.is_alarming
    assert not row_of(shown(client, supervisor), "doxxing").ordinary.is_alarming


@pytest.mark.slow
def test_page_counts_people_and_never_says_who_chose(client, filed, moderator, supervisor):
    choose(client, moderator, "scam")
    response = shown(client, supervisor)
    assert (row_of(response, "scam").ordinary.may, row_of(response, "doxxing").ordinary.may) == (1, 2)
    before_numbers = response.content.decode().split('id="people"')[0].split('id="categories"')[1]
    assert moderator.username not in before_numbers


def test_people_are_listed_by_name_whatever_they_read(client, filed, person, supervisor):
    zoe = person("moderator", "Zoe")
    person("moderator", "adi")
    perform(filed.case, "claim", by=zoe)
    client.force_login(zoe)
    client.get(reverse("admin:reports_case_page", args=[filed.case.reference]), {"words": "1"})
    people = shown(client, supervisor).context["people"]
    assert [(worker.name, worker.exposure.stories) for worker in people] == [("adi", 0), ("supervisor", 0), ("Zoe", 1)]


def test_case_that_everybody_has_left_is_counted_without_its_number(client, filed, moderator, supervisor):
    perform(filed.case, "recuse", by=moderator)
    assert not shown(client, supervisor).context["stuck"]
    perform(filed.case, "recuse", by=supervisor)
    response = shown(client, supervisor)
    assert [n for _label, n in response.context["stuck"]] == ["1"]
    assert filed.case.display_reference not in response.content.decode()


def test_restricted_case_that_nobody_may_take_is_hidden_from_supervisors(client, restricted, supervisor):
    assert not shown(client, supervisor).context["stuck"]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["triage", "moderator", "auditor"])
def test_only_leads_open_the_page(client, categories, person, role):
    assert shown(client, person(role)).status_code == 403


@pytest.mark.slow
def test_wellbeing_line_is_shown_only_if_set(client, categories, moderator):
    client.force_login(moderator)
    assert "Tempat bicara" not in client.get(reverse(CARE)).content.decode()
    DeskSettings.objects.update_or_create(pk=1, defaults={"wellbeing_ind": "Hubungi Sari, jam 9–17."})
    assert "Hubungi Sari" in client.get(reverse(CARE)).content.decode()


def test_every_desk_page_has_guidelines_and_wellbeing_one_tap_away(client, filed, moderator):
    client.force_login(moderator)
    names = ["admin:index", "admin:reports_case_changelist", "admin:reports_case_handover", "admin:reports_new_report"]
    addresses = [*map(reverse, names), reverse("admin:reports_case_page", args=[filed.case.reference])]
    for address in addresses:
        page = client.get(address).content.decode()
        assert reverse(CARE) in page
        assert reverse("admin:reports_house_rules") in page


@pytest.mark.safety("H25")
def test_page_does_not_show_who_reads_hidden_cases(client, file, restricted, child_safety, person, supervisor):
    withheld = file(staff_conflict="yes").case
    for who, case in ((person("outside-lead"), withheld), (child_safety, restricted.case)):
        perform(case, "claim", by=who)
        client.force_login(who)
        client.get(reverse("admin:reports_case_page", args=[case.reference]), {"words": "1"})
    listed = {worker.name: worker.exposure.stories for worker in shown(client, supervisor).context["people"]}
    assert listed == {child_safety.username: 0, supervisor.username: 0}


@pytest.mark.slow
@pytest.mark.safety("H25")
def test_case_from_which_a_lead_was_excluded_is_not_counted(client, filed, person, supervisor):
    second = person("supervisor", "second")
    perform(filed.case, "exclude", by=second, person=supervisor, reason="Saudara.")
    perform(filed.case, "recuse", by=second)
    assert not shown(client, supervisor).context["stuck"]
