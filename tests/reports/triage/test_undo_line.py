"""The line that says what was sent, and offers to undo it."""

import pytest
from django.urls import reverse

from reports.models import Message
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db


def test_sending_and_resolving_takes_the_next_case(filed, file, desk, moderator):
    following = file(age="adult").case
    act(desk, filed.case, "claim")
    response = act(desk, filed.case, "reply", text="Ini hasilnya.", resolve="1")
    assert response.url == page_of(following)
    page = desk.get(response.url).content.decode()
    assert filed.case.display_reference in page
    assert reverse("admin:reports_case_act", args=[filed.case.reference, "undo"]) in page


def test_line_is_on_every_page_of_the_desk_when_no_case_follows(filed, desk, moderator):
    act(desk, filed.case, "claim")
    response = act(desk, filed.case, "reply", text="Ini hasilnya.", resolve="1", long_undo="1")
    assert response.url == reverse("admin:reports_case_changelist")
    undo = reverse("admin:reports_case_act", args=[filed.case.reference, "undo"])
    pages = ("reports_case_changelist", "index", "reports_case_handover", "reports_case_care", "reports_house_rules")
    assert [desk.get(reverse(f"admin:{name}")).text.count(undo) for name in pages] == [1] * len(pages)
    act(desk, filed.case, "undo")
    filed.case.refresh_from_db()
    assert (filed.case.handler, filed.case.messages.count()) == (moderator, 0)


def test_undo_line_brings_the_case_back(filed, desk, moderator):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "reply", text="Ini hasilnya.")
    act(desk, filed.case, "undo")
    filed.case.refresh_from_db()
    assert (filed.case.handler, filed.case.messages.count()) == (moderator, 0)
    assert "data-undo" not in desk.get(page_of(filed.case)).content.decode()


def test_refused_action_leaves_the_line(filed, desk):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "reply", text="Ini hasilnya.")
    assert act(desk, filed.case, "link", reference="AAAA-0000").status_code == 409
    assert "data-undo" in desk.get(page_of(filed.case)).text


def test_long_undo_is_remembered_and_its_line_stays_until_the_next_action(filed, desk, moderator, clock):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "reply", text="Ini hasilnya.", long_undo="1")
    clock(seconds=90)
    page = desk.get(page_of(filed.case)).content.decode()
    assert "data-undo" in page
    assert 'name="long_undo" value="1" checked' in page
    clock(seconds=60)
    page = desk.get(page_of(filed.case)).content.decode()
    assert 'id="sent"' in page
    assert "data-undo" not in page
    act(desk, filed.case, "note", text="Catatan.")
    assert 'id="sent"' not in desk.get(page_of(filed.case)).content.decode()


def test_undo_gives_the_words_back_to_their_box(filed, desk):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "ask", text="Kapan itu terjadi?")
    page = act(desk, filed.case, "undo")
    assert page.status_code == 200
    assert ">Kapan itu terjadi?</textarea>" in page.text.replace("\n", "")
    assert not Message.objects.exists()


def test_undone_words_are_stored_nowhere(filed, desk):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "reply", text="Kata yang aku tarik.")
    act(desk, filed.case, "undo")
    assert "aku tarik" not in str(dict(desk.session))
    assert "aku tarik" not in desk.get(page_of(filed.case)).text


def test_undone_words_come_back_to_their_author_only(filed, desk, client, person):
    act(desk, filed.case, "claim")
    act(desk, filed.case, "reply", text="Kata yang aku tarik.")
    client.force_login(person("supervisor"))
    assert "aku tarik.</textarea>" not in act(client, filed.case, "undo").text.replace("\n", "")
    assert Message.objects.count() == 1
