"""The handbook: a page for each role, reached from every page of the desk, in the words of the interface."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from education.models import State
from education.roles import ROLES as NEWSROOM_ROLES
from reports.cases.actions import STAFF_ACTIONS
from reports.cases.case_action import HANDLE
from reports.roles import ROLES
from reports.triage import handbook_texts
from reports.triage.handbook import sentence
from reports.triage.handbook_names import BUTTONS
from reports.triage.handbook_texts import TEXTS
from tests.education import factory
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
TEMPLATES = "\n".join(path.read_text() for path in Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.fixture
def guide_in_draft(db):
    return factory.guide(state=State.DRAFT)


def page(role: str) -> str:
    return reverse("admin:reports_handbook_role", args=[role])


def test_each_role_is_led_to_its_own_page(client, person):
    for role in ("triage", "auditor", "administrator", "translator", "publisher"):
        client.force_login(person(role))
        assert client.get(reverse("admin:reports_handbook"), follow=True).redirect_chain[-1][0] == page(role)


def test_handbook_is_reached_from_queue_case_and_first_page(filed, desk):
    act(desk, filed.case, "claim")
    for address in (reverse("admin:index"), reverse("admin:reports_case_changelist"), page_of(filed.case)):
        assert f'href="{reverse("admin:reports_handbook")}"' in desk.get(address).text


@pytest.mark.parametrize("role", NEWSROOM_ROLES)
def test_handbook_is_opened_from_each_form_of_the_newsroom(client, person, guide_in_draft, role):
    client.force_login(person(role))
    form = client.get(reverse("admin:education_guide_change", args=[guide_in_draft.pk])).text
    assert f'href="{reverse("admin:reports_handbook")}"' in form
    assert "Anda tidak melihat laporan" in client.get(reverse("admin:reports_handbook"), follow=True).text


def test_handbook_is_refused_to_staff_without_a_role(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.get(page("moderator")).status_code == 403


def test_there_is_a_page_for_every_role_of_the_desk():
    assert ROLES.keys() | NEWSROOM_ROLES.keys() == TEXTS.keys()


def test_page_lists_the_actions_of_its_role_only(client, person):
    client.force_login(person("auditor"))
    shown = client.get(page("triage")).context["rights"]
    assert {str(label) for label in shown.actions} == {
        str(row.label) for row in STAFF_ACTIONS.values() if row.permission in ROLES["triage"]
    }
    assert HANDLE not in ROLES["triage"]
    assert not shown.reads


def test_each_button_that_a_text_names_is_in_a_template():
    assert [label for label in map(msgid, BUTTONS.values()) if f'"{label}"' not in TEMPLATES] == []


def test_each_text_has_known_names_in_both_languages():
    for code in ("id", "en"):
        with translation.override(code):
            shown = [sentence(text) for parts in TEXTS.values() for _heading, texts in parts for text in texts]
        assert not [text for text in shown if "%(" in text]


@pytest.mark.parametrize(
    ("role", "named"),
    [
        (
            "author",
            ("Ctrl+K", "Word", "Masukkan ke formulir", "Ganti di semua tempat", "Impor tabel", "Pintasan papan ketik"),
        ),
        ("editor", ("Galeri", "Teks alternatif yang harus dibaca", "Masih sesuai")),
        ("translator", ("Ctrl+K", "Word", "Masukkan ke formulir", "Pintasan papan ketik")),
        ("publisher", ("Bahasa mana?", "Kapan?", "Ganti di semua tempat", "Impor tabel", "catatan")),
    ],
)
def test_page_of_a_newsroom_role_names_its_tools(client, person, role, named):
    client.force_login(person(role))
    text = client.get(page(role)).text
    assert [one for one in named if one not in text] == []


def test_roles_that_handle_cases_read_how_to_leave_one():
    handling = {role for role, names in ROLES.items() if HANDLE in names}
    telling = {role for role, parts in TEXTS.items() if any(handbook_texts.CONFLICT in texts for _, texts in parts)}
    assert handling == telling


def msgid(label) -> str:
    """The English text of a lazy label, which is its msgid."""
    with translation.override("en"):
        return re.sub(r"\s+", " ", str(label))
