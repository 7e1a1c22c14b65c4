"""The moderators' pages: most urgent case first, typed text is kept, every opened case is recorded."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from reports.cases.lifecycle import perform
from reports.models import Case, Event, Message
from reports.triage.defang import defang
from reports.triage.flags import flags
from reports.triage.paging import Cursor
from tests.cast import PASSWORD
from tests.reports.triage.desk_pages import act, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_most_urgent_case_comes_first_with_its_reasons(file, desk):
    later, first = file(age="adult", category="account_abuse").case, file(safety="danger").case
    page = desk.get(reverse("admin:reports_case_changelist")).content.decode()
    assert page.index(first.display_reference) < page.index(later.display_reference)
    assert page.index("ada yang dalam bahaya") < page.index(later.display_reference)


def test_take_next_takes_the_most_urgent(file, desk, moderator):
    file(age="adult", category="account_abuse")
    urgent = file(safety="danger").case
    desk.post(reverse("admin:reports_case_next"))
    urgent.refresh_from_db()
    assert urgent.handler == moderator


def test_first_review_does_not_take_the_next_case(filed, client, person):
    client.force_login(person("triage"))
    assert client.post(reverse("admin:reports_case_next")).status_code == 403


@pytest.mark.slow
def test_take_next_says_when_nothing_waits(desk):
    response = desk.post(reverse("admin:reports_case_next"), follow=True)
    assert response.status_code == 200


@pytest.mark.safety("H24")
def test_queue_never_shows_the_story(filed, desk):
    page = desk.get(reverse("admin:reports_case_changelist")).content.decode()
    assert "Mereka mengejek" not in page


@pytest.mark.slow
def test_paging_shows_every_case_once(file, desk, monkeypatch):
    monkeypatch.setattr("reports.triage.paging.PAGE", 2)
    cases = {file(words=str(number)).case.display_reference for number in range(5)}
    address, seen = reverse("admin:reports_case_changelist") + "?show=all", []
    while address:
        page = desk.get(address).content.decode()
        seen += [reference for reference in cases if reference in page]
        after = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        address = reverse("admin:reports_case_changelist") + after if after else ""
    assert sorted(seen) == sorted(cases)


@pytest.mark.parametrize("text", ["", "x", "MHww", "%%%", "0|1|2|3"])
def test_odd_cursor_is_the_first_page(text):
    assert Cursor.read(text) is None


def test_opening_a_case_is_recorded(filed, desk, moderator):
    desk.get(page_of(filed.case))
    assert Event.objects.filter(action="viewed", by=moderator).count() == 1


def test_links_cannot_be_clicked_at_the_desk(file, desk):
    case = file(account_or_link="https://jahat.example/x @jahat").case
    page = desk.get(page_of(case)).content.decode()
    assert "https://jahat.example" not in page
    assert "hxxps://jahat[.]example/x" in page


@pytest.mark.parametrize("text", ["http://a.com/x", "HTTPS://a.com", "a.com/x", "www.jahat.id"])
def test_every_kind_of_link_is_defanged(text):
    assert "[.]" in defang(text)
    assert "http" not in defang(text).lower()


def test_stale_form_is_refused_and_keeps_what_was_typed(filed, desk):
    act(desk, filed.case, "claim")
    response = desk.post(
        reverse("admin:reports_case_act", args=[filed.case.reference, "reply"]),
        {"version": 0, "text": "Balasan panjang."},
    )
    assert response.status_code == 409
    assert "Balasan panjang." in response.content.decode()


def test_stale_form_says_who_did_what_with_the_note(filed, desk, child_safety):
    act(desk, filed.case, "claim")
    seen = Case.objects.get().version
    perform(Case.objects.get(), "note", by=child_safety, text="Sekolahnya sudah tahu.")
    perform(Case.objects.get(), "hold", by=child_safety, reason="Surat polisi.")
    refused = desk.post(
        reverse("admin:reports_case_act", args=[filed.case.reference, "close"]), {"version": seen, "outcome": "spam"}
    )
    said = refused.text.partition("notice warn changed")[2].partition("case-decide")[0]
    assert [said.count(text) for text in ("child-safety", "Sekolahnya sudah tahu.", "Surat polisi.")] == [2, 1, 1]
    assert act(desk, filed.case, "reply", text="Terima kasih.").status_code == 302


@pytest.mark.slow
def test_refused_action_keeps_the_typed_text(filed, desk):
    response = act(desk, filed.case, "reply", text="Balasan panjang.")
    assert response.status_code == 409
    assert "Balasan panjang." in response.content.decode()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("gap", ["[nama]", "[name]", "[hari dan jam]", "[[nama]]", "{nama}"])
def test_message_with_an_open_gap_is_not_sent_and_not_lost(filed, desk, gap):
    act(desk, filed.case, "claim")
    response = act(desk, filed.case, "reply", text=f"Halo {gap}, kami membaca lagi.")
    page = response.content.decode()
    assert response.status_code == 422
    assert f"Halo {gap}, kami membaca lagi." in page
    assert 'id="reply-text_error"' in page
    assert not filed.case.messages.exists()


@pytest.mark.slow
def test_link_that_nobody_can_click_is_no_gap(filed, desk):
    act(desk, filed.case, "claim")
    assert act(desk, filed.case, "reply", text="Alamatnya contoh[.]com, kata kamu.").status_code == 302


def test_story_is_shown_to_those_who_work_on_the_case_only(filed, desk):
    words = {"words": "1"}
    assert "Mereka mengejek" not in desk.get(page_of(filed.case), words).content.decode()
    act(desk, filed.case, "claim")
    assert "Mereka mengejek" in desk.get(page_of(filed.case), words).content.decode()


def test_rare_action_has_a_page_of_its_own(filed, desk):
    act(desk, filed.case, "claim")
    escalate = reverse("admin:reports_case_act", args=[filed.case.reference, "escalate"])
    assert f'href="{escalate}"' in desk.get(page_of(filed.case)).content.decode()
    assert 'name="reason"' in desk.get(escalate).content.decode()
    response = act(desk, filed.case, "escalate")
    assert (response.status_code, "reason_error" in response.content.decode()) == (422, True)


def test_no_outcome_is_chosen_beforehand(filed, desk):
    act(desk, filed.case, "claim")
    page = desk.get(page_of(filed.case)).content.decode()
    assert 'name="outcome" value="helped"' in page
    assert not re.search(r'name="outcome"[^>]* checked', page)
    assert act(desk, filed.case, "close").status_code == 422


def test_reply_is_closed_and_says_why_while_the_code_is_found(filed, desk):
    act(desk, filed.case, "claim")
    perform(Case.objects.get(), "freeze")
    page = desk.get(page_of(filed.case)).text
    assert 'id="reply-form"' not in page
    assert reverse("admin:reports_case_act", args=[filed.case.reference, "unfreeze"]) in page
    refused = act(desk, filed.case, "reply", text="Hasilnya begini.")
    assert (refused.status_code, Message.objects.count()) == (409, 0)
    assert "Hasilnya begini." in refused.text
    act(desk, filed.case, "unfreeze", reason="Ia tahu yang hanya pelapor tahu.")
    assert 'id="reply-form"' in desk.get(page_of(filed.case)).text


def test_row_of_the_queue_says_what_must_be_known(file, desk, supervisor):
    desk.force_login(supervisor)  # who decides on the withdrawal
    case = file(age="adult").case
    perform(perform(case, "mark_unreachable"), "withdraw", coerced="yes")
    perform(Case.objects.get(), "freeze")
    with translation.override("en"):
        wanted = [sentence for _kind, sentence in flags(Case.objects.get())]
        row = desk.get(reverse("admin:reports_case_changelist") + "?show=all", headers={"accept-language": "en"})
    assert len(wanted) == 5
    assert not [sentence for sentence in wanted if escape(sentence) not in row.content.decode()]


def test_whole_way_to_closed(filed, desk):
    for action, data in (
        ("claim", {}),
        ("reply", {"text": "Hasilnya."}),
        ("resolve", {}),
        ("close", {"outcome": "helped"}),
    ):
        assert act(desk, filed.case, action, **data).status_code == 302
    assert Case.objects.get().state == "closed"


def test_action_happens_by_sending_only(filed, desk):
    answer = desk.get(reverse("admin:reports_case_act", args=[filed.case.reference, "claim"]), follow=True)
    assert answer.redirect_chain == [(page_of(filed.case), 302)]
    assert "Belum ada yang terkirim" in answer.content.decode()
    filed.case.refresh_from_db()
    assert filed.case.handler is None


def test_signed_out_moderator_gets_typed_text_back(filed, desk):
    act(desk, filed.case, "claim")
    desk.logout()
    answer = act(desk, filed.case, "reply", text="Kami <b>di sini</b>.")
    assert answer.status_code == 403
    assert "Kami &lt;b&gt;di sini&lt;/b&gt;." in answer.content.decode()
    assert f"?next={page_of(filed.case)}" in answer.content.decode()
    assert not filed.case.messages.exists()


@pytest.mark.slow
def test_review_request_is_shown_to_the_supervisor_only(file, desk, moderator, client, supervisor):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "request_review")
    desk.post(reverse("admin:reports_case_next"))
    case.refresh_from_db()
    assert case.handler is None
    client.login(username=supervisor.username, password=PASSWORD)
    client.post(reverse("admin:reports_case_next"))
    case.refresh_from_db()
    assert case.handler == supervisor


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("administrator", 403), ("moderator", 200)])
def test_queue_is_forbidden_without_a_case_role(client, person, role, status):
    client.force_login(person(role, "someone"))
    assert client.get(reverse("admin:reports_case_changelist")).status_code == status


def test_stock_pages_of_the_admin_are_not_there(filed, desk):
    for suffix in (f"{filed.case.pk}/change/", f"{filed.case.pk}/history/", f"{filed.case.pk}/delete/", "add/"):
        assert desk.get(f"{reverse('admin:reports_case_changelist')}{suffix}").status_code in (404, 405)


def test_file_is_opened_with_a_reason_once_and_recorded(with_picture, desk):
    act(desk, with_picture, "claim")
    item = with_picture.evidence.get()
    names = {"ref": with_picture.reference, "file_id": item.pk}
    closed = desk.get(reverse("admin:reports_case_file", kwargs=names))
    assert closed.status_code == 302, "closed until opened with a reason"
    desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    assert desk.get(reverse("admin:reports_case_file", kwargs=names)).status_code == 200
    address = reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})
    first, second = desk.get(address), desk.get(address)
    assert first.content[8:12] == b"WEBP"
    assert first.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert second.status_code == 404
    assert Event.objects.get(action="file_opened").facts["reason"] == "assess"


@pytest.mark.slow
def test_every_closed_file_asks_for_its_own_reason(with_picture, desk):
    act(desk, with_picture, "claim")
    item = with_picture.evidence.get()
    with_picture.evidence.create(kind=item.kind, size=item.size, facts=item.facts)
    page = desk.get(page_of(with_picture)).content.decode()
    ids = re.findall(r'id="(file-[^"]+)"', page)
    assert len(ids) == len(set(ids)) == 2
    assert all(f'for="{name}"' in page for name in ids)


@pytest.mark.slow
def test_another_person_cannot_use_the_same_address(with_picture, desk, person, client):
    act(desk, with_picture, "claim")
    item = with_picture.evidence.get()
    names = {"ref": with_picture.reference, "file_id": item.pk}
    desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    person("moderator", "another")
    client.login(username="another", password=PASSWORD)
    assert client.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404


def test_case_held_by_another_cannot_be_answered(filed, desk, person):
    perform(filed.case, "claim", by=person("moderator", "another"))
    assert act(desk, filed.case, "reply", text="Halo.").status_code == 409


@pytest.mark.sampled(4)
@pytest.mark.parametrize("role", ["triage", "moderator", "child-safety", "supervisor"])
def test_guidelines_are_linked_from_the_index(client, person, role):
    client.force_login(person(role, "someone"))
    address = reverse("admin:reports_house_rules")
    assert address in client.get(reverse("admin:index")).content.decode()
    page = client.get(address).content.decode()
    assert "Jangan pernah membuka tautan dari laporan" in page
    assert "72 jam" in page


def test_guidelines_need_a_case_role(client, person):
    client.force_login(person("editor"))
    assert client.get(reverse("admin:reports_house_rules")).status_code == 403
