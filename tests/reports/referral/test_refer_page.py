"""The page on which a case is passed on, and the downloads of its packages."""

import io
import re
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Agency, Case, Referral
from tests.reports.intake.walk import TO_THE_YOUNG
from tests.reports.referral.conftest import LINK, approved, details_of, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moderator):
    """The browser of the moderator who holds the cases."""
    client.force_login(moderator)
    return client


def page_of(case) -> str:
    return reverse("admin:reports_case_refer", args=[case.reference])


def act_on(case, action: str) -> str:
    return reverse("admin:reports_case_refer_act", args=[case.reference, action])


def download_of(referral: Referral, part: str = "package") -> str:
    return reverse("admin:reports_case_refer_download", args=[referral.case.reference, referral.pk, part])


def test_package_is_prepared_approved_and_acknowledged(desk, held, moderator, supervisor, agency):
    form = desk.get(page_of(held), {"agency": "contoh"}).context["prepare"]["form"]
    given = {"version": form["version"].value(), "agency": agency.pk, "basis": "vital", "keys": ["platform"]}
    assert desk.post(act_on(held, "prepare_referral"), given | {"reason": "Alasan."}).status_code == 302
    sent = {"referral": Referral.objects.get().pk, "receipt": "C-1", "text": "Sudah."}
    for user, action in ((supervisor, "approve_referral"), (moderator, "refer")):
        desk.force_login(user)
        version = Case.objects.get().version
        assert desk.post(act_on(held, action), sent | {"version": version}).status_code == 302
    held.refresh_from_db()
    assert held.state == "referred"


@pytest.fixture
def sheet_sent(desk, urgent):
    """The self-report sheet was sent on the page a moment ago."""
    given = {"version": urgent.version, "text": "Begini caranya."}
    desk.post(act_on(urgent, "gave_self_report_sheet"), given, follow=True)
    return Case.objects.get(pk=urgent.pk)


@pytest.mark.safety("J2")
def test_sheet_that_may_offer_to_settle_is_sent_once_confirmed(desk, urgent):
    given = {"version": urgent.version, "text": "Ajak dia mediasi."}
    page = desk.post(act_on(urgent, "gave_self_report_sheet"), given)
    assert ('name="no_settlement"' in page.text, urgent.messages.exists()) == (True, False)
    desk.post(act_on(urgent, "gave_self_report_sheet"), given | {"no_settlement": "on"})
    assert urgent.messages.exists()


def undo_on(desk, case):
    return desk.post(reverse("admin:reports_case_act", args=[case.reference, "undo"]), {"version": case.version})


def test_sheet_is_readable_only_after_the_time_to_undo(desk, sheet_sent, clock):
    page = desk.get(page_of(sheet_sent)).text
    assert reverse("admin:reports_case_act", args=[sheet_sent.reference, "undo"]) in page
    message = sheet_sent.messages.get()
    assert message.is_waiting
    assert sheet_sent.answered_at == message.visible_from


def test_undone_sheet_is_erased_and_nothing_is_decided(desk, sheet_sent, urgent):
    assert sheet_sent.refer_decision == "sheet"
    undo_on(desk, sheet_sent)
    case = Case.objects.get()
    assert not case.messages.exists()
    assert not case.data_keys.filter(name__startswith="message").exists()
    assert (case.refer_decision, case.answered_at, case.next_action_at) == ("", None, urgent.next_action_at)


def test_undone_receipt_leaves_the_package_as_it_was(desk, held, moderator, agency):
    referral = approved(held, moderator, agency)
    held = perform(held, "send_referral", by=moderator, referral=referral)
    before = Referral.objects.values().get()
    given = {"version": held.version, "referral": referral.pk, "receipt": "C-1", "text": "Sudah."}
    desk.post(act_on(held, "refer"), given)
    undo_on(desk, Case.objects.get())
    case = Case.objects.get()
    assert (case.state, case.refer_decision, case.messages.count()) == ("in_progress", "", 0)
    assert Referral.objects.values().get() == before


def test_choice_of_two_minutes_holds_on_this_page(desk, urgent, clock):
    session = desk.session
    session["long_undo"] = True
    session.save()
    desk.post(act_on(urgent, "gave_self_report_sheet"), {"version": urgent.version, "text": "Begini caranya."})
    clock(seconds=60)
    assert Case.objects.get().messages.get().is_waiting
    assert desk.session["long_undo"]


def test_invalid_form_keeps_its_words_on_the_page(desk, held, agency):
    answer = desk.post(
        act_on(held, "prepare_referral"), {"version": held.version, "agency": agency.pk, "reason": "Ya."}
    )
    assert answer.status_code == 422
    assert ">Ya.</textarea>" in answer.content.decode().replace("\n", "")


def test_download_is_recorded_and_never_cached(desk, held, moderator, agency):
    referral = approved(held, moderator, agency)
    answer = desk.post(download_of(referral))
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0] == "report.json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert held.reference not in answer.headers["Content-Disposition"]
    assert held.events.get(action="referral_exported").facts == {"referral": str(referral.pk), "part": "package"}


def test_page_has_the_custody_log_of_each_package(desk, held, moderator, agency):
    referral = approved(held, moderator, agency)
    desk.post(download_of(referral, "pdf"))
    perform(held, "send_referral", by=moderator, referral=referral)
    prepare(held, moderator, Agency.objects.create(**details_of(agency, key="lain")))
    shown = desk.get(page_of(held))
    steps = [(step.what, str(step.by)) for step in shown.context["custody"][referral.pk]]
    words = [
        "Siapkan paket untuk lembaga",
        "Setujui paket",
        "Paket untuk lembaga diunduh (PDF)",
        "Paket sudah diserahkan",
    ]
    assert steps == list(zip(words, ["moderator", "approver", "moderator", "moderator"], strict=True))
    assert shown.text.count("Paket untuk lembaga diunduh (PDF) · moderator") == 1


def test_package_of_its_preparer_alone_is_not_downloaded(desk, held, moderator, agency):
    referral = prepare(held, moderator, agency)
    for part in ("package", "pdf", "json"):
        assert desk.post(download_of(referral, part)).status_code == 302
    assert "download" not in desk.get(page_of(held)).text
    assert not held.events.filter(action="referral_exported").exists()


@pytest.mark.slow
def test_package_of_another_case_is_not_found(desk, held, urgent, moderator, agency):
    referral = prepare(held, moderator, agency)
    address = reverse("admin:reports_case_refer_download", args=[urgent.reference, referral.pk, "pdf"])
    assert desk.post(address).status_code == 404


def test_colleague_without_the_case_downloads_nothing(client, held, moderator, person, agency):
    referral = approved(held, moderator, agency)
    client.force_login(person("moderator", "other"))
    client.post(download_of(referral))
    assert not held.events.filter(action="referral_exported").exists()


@pytest.mark.slow
def test_page_of_a_restricted_case_is_not_found(desk, restricted, child_safety, agency):
    referral = prepare(perform(restricted.case, "claim", by=child_safety), child_safety, agency)
    answers = [desk.get(page_of(restricted.case)), desk.post(download_of(referral))]
    answers.append(desk.post(act_on(restricted.case, "not_to_refer"), {"version": 1}))
    assert [answer.status_code for answer in answers] == [404] * 3


def test_list_names_the_package_to_the_second_person_only(client, urgent, moderator, supervisor, agency):
    prepare(urgent, moderator, agency)
    shown = {}
    for user in (moderator, supervisor):
        client.force_login(user)
        shown[user.username] = page_of(urgent) in client.get(reverse("admin:reports_case_refer_list")).content.decode()
    assert shown == {"moderator": False, "supervisor": True}


@pytest.fixture
def queries():
    """``queries(desk, url)``: how many statements one page runs that read or write."""

    def count(desk, url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url).status_code == 200
        return sum(not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"]) for query in asked)

    return count


@pytest.mark.sampled(3)
@pytest.mark.parametrize("query", ["?agency=contoh&facts=1", "?agency=contoh", ""])
def test_page_makes_few_queries(desk, urgent, moderator, agency, queries, query):
    for key in ("contoh2", "contoh3"):
        other = Agency.objects.create(**details_of(agency, key=key))
        prepare(urgent, moderator, other)
    desk.get(page_of(urgent))
    assert queries(desk, page_of(urgent) + query) <= 12


@pytest.mark.both_databases
@pytest.mark.parametrize("query", ["?agency=contoh&facts=1", ""])
def test_page_of_a_supervisors_case_makes_few_queries(desk, file, supervisor, agency, queries, query):
    """A case of an adult that is not urgent can be paused, which each action and each download asks."""
    case = perform(file(category="account_abuse", age="adult").case, "claim", by=supervisor)
    prepare(case, supervisor, agency)
    for key in ("contoh2", "contoh3"):
        approved(case, supervisor, Agency.objects.create(**details_of(agency, key=key)))
    assert not case.is_at_risk
    desk.force_login(supervisor)
    desk.get(page_of(case))
    assert queries(desk, page_of(case) + query) <= 12
    assert len(desk.get(page_of(case)).context["cards"]) == 3


@pytest.mark.safety("H6")
def test_sheet_leaves_gaps_unless_staff_ask_for_the_facts(desk, urgent):
    pages = {name: desk.get(f"{page_of(urgent)}?{name}") for name in ("", "facts=1")}
    text = {name: page.context["sheet"]["form"]["text"].value() for name, page in pages.items()}
    assert LINK not in text[""]
    assert LINK in text["facts=1"]
    assert "Dia minta foto" not in text["facts=1"]


def test_page_offers_the_sheet_in_both_languages(desk, urgent):
    sheet = desk.get(page_of(urgent)).context["sheet"]
    assert "Untuk disalin" in sheet["form"]["text"].value()
    assert "To copy" in sheet["others"]["en"]


def test_sheet_says_anda_to_a_parent_until_staff_switch(client, moderator, file):
    case = perform(file(about="my_child", safety="danger", age="adult").case, "claim", by=moderator)
    client.force_login(moderator)
    texts = [
        client.get(page_of(case), query).context["sheet"]["form"]["text"].value()
        for query in ({}, {"register": "ordinary"})
    ]
    assert ["Anda juga bisa melapor sendiri" in text for text in texts] == [True, False]
    assert ["Kamu juga bisa melapor sendiri" in text for text in texts] == [False, True]
    assert not TO_THE_YOUNG.search(texts[0])


@pytest.mark.safety("K5")
def test_agency_without_agreement_offers_no_package(desk, urgent, agency):
    Agency.objects.update(agreement="contact", how_to_report="Datang ke kantor.")
    shown = desk.get(page_of(urgent), {"agency": "contoh"}).context
    assert shown["prepare"] is None
    assert "Datang ke kantor." in shown["sheet"]["form"]["text"].value()


@pytest.mark.safety("K5")
def test_only_the_invented_agency_has_an_agreement(categories, in_demo):
    call_command("demo_agency", stdout=io.StringIO())
    assert list(Agency.objects.values_list("key", "agreement")) == [("contoh", "written")]


@pytest.mark.parametrize(("day", "kept"), [("", "contact"), ("2026-01-31", "written")])
def test_supervisor_enters_an_agreement_with_its_date(client, supervisor, agency, day, kept):
    Agency.objects.update(agreement="contact", agreed_on=None)
    client.force_login(supervisor)
    address = reverse("admin:reports_agency_change", args=[agency.pk])
    form = {"name_ind": "Contoh", "name_en": "Contoh", "agreement": "written", "agreed_on": day, "active": "on"}
    form |= {"accepted_fields": ["platform"], "legal_bases": ["vital"], "hours_to_acknowledge": 4}
    client.post(address, form | {"connector": "by_hand"})
    assert Agency.objects.get().agreement == kept
    assert (Agency.objects.get().accepted_fields == ["platform"]) == (kept == "written")


def test_undo_gives_a_sheet_back_to_its_box(desk, sheet_sent):
    page = undo_on(desk, sheet_sent).text.replace("\n", "")
    assert ">Begini caranya.</textarea>" in page


def test_undo_gives_receipt_and_message_back(desk, held, moderator, agency):
    referral = approved(held, moderator, agency)
    held = perform(held, "send_referral", by=moderator, referral=referral)
    given = {"version": held.version, "referral": referral.pk, "receipt": "C-1", "text": "Sudah diteruskan ya."}
    desk.post(act_on(held, "refer"), given)
    page = undo_on(desk, Case.objects.get()).text.replace("\n", "")
    assert (">Sudah diteruskan ya.</textarea>" in page, 'value="C-1"' in page) == (True, True)
