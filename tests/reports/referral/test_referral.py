"""Referrals: only to agencies that agreed in writing, only what they accept, with a second person and a receipt."""

import pytest
from django.utils import timezone

from reports.cases import audit, retention
from reports.cases.lifecycle import NotAllowed, perform
from reports.followup.words import status
from reports.models import Agency, Case, Referral
from reports.models.case import State
from reports.referral import package
from reports.scheduled_tasks import index_identifiers
from reports.triage.refer_cards import opened
from tests.reports import tasks
from tests.reports.actions import resolve
from tests.reports.referral.conftest import LINK, approved, details, details_of, prepare
from tests.reports.triage.desk_pages import page_of

pytestmark = pytest.mark.django_db
MESSAGE = "Laporanmu sudah diteruskan."


def refused(case, name, by, **given) -> str:
    """The sentence that refuses the action."""
    with pytest.raises(NotAllowed) as refusal:
        perform(case, name, by=by, **given)
    return str(refusal.value)


@pytest.mark.safety("K5")
@pytest.mark.sampled(3)
@pytest.mark.parametrize("changed", [{"agreement": "contact"}, {"agreement": "none"}, {"active": False}])
def test_package_needs_a_written_agreement(held, moderator, agency, changed):
    Agency.objects.update(**changed)
    assert refused(held, "prepare_referral", moderator, **details(agency))
    assert not Referral.objects.exists()


@pytest.mark.safety("K5")
def test_agreement_of_another_agency_does_not_count(held, moderator, agency):
    other = Agency.objects.create(**details_of(agency, key="lain", agreement="contact"))
    assert refused(held, "prepare_referral", moderator, **details(other))


@pytest.mark.safety("K5")
def test_referred_needs_a_receipt(held, moderator, agency):
    referral = approved(held, moderator, agency)
    perform(held, "send_referral", by=moderator, referral=referral)
    assert Case.objects.get().state == State.IN_PROGRESS
    assert refused(held, "refer", moderator, referral=referral, receipt=" ", text=MESSAGE)
    case = perform(held, "refer", by=moderator, referral=referral, receipt="C-1", text=MESSAGE)
    assert (case.state, case.refer_decision) == (State.REFERRED, "referred")


@pytest.mark.safety("J4")
def test_consent_of_a_child_is_no_legal_basis(file, moderator, agency):
    case = perform(file(age="16_17").case, "claim", by=moderator)
    assert "keinginan" in refused(case, "prepare_referral", moderator, **details(agency, basis="consent"))


def test_package_holds_only_accepted_facts(held, moderator, agency):
    Agency.objects.update(accepted_fields=["reference", "platform"])
    assert refused(held, "prepare_referral", moderator, **details(agency))
    referral = prepare(held, moderator, agency, keys=["platform"])
    assert [fact["key"] for fact in package.report(referral.package())["facts"]] == ["platform"]


@pytest.mark.safety("H23")
def test_package_says_how_certain_each_fact_is(held, moderator, agency):
    perform(held, "mark_fact", by=moderator, fact="platform", degree="seen")
    report = package.report(prepare(held, moderator, agency).package())
    assert report["status"]["id"].startswith("Dugaan, belum diperiksa")
    certainty = {fact["key"]: fact["certainty"] for fact in report["facts"]}
    assert (certainty["account_or_link"], certainty["platform"]) == ("told", "seen")


def test_package_is_sealed_and_in_both_languages(held, moderator, agency):
    referral = prepare(held, moderator, agency)
    report = package.report(referral.package())
    values = {fact["key"]: fact["value"] for fact in report["facts"]}
    assert values["account_or_link"] == {"id": LINK, "en": LINK}
    assert values["category"]["id"] != values["category"]["en"]
    assert LINK.encode() not in bytes(Referral.objects.get().sealed)


def test_printable_report_is_a_pdf(held, moderator, agency):
    printable = package.part(prepare(held, moderator, agency).package(), package.PRINTABLE)
    assert printable.startswith(b"%PDF-")


def test_second_person_approves_every_package(held, urgent, moderator, supervisor, agency):
    for case in (held, urgent):
        referral = prepare(case, moderator, agency)
        assert "orang kedua" in refused(case, "send_referral", moderator, referral=referral)
        assert refused(case, "approve_referral", moderator, referral=referral)
        perform(case, "approve_referral", by=supervisor, referral=referral)
        perform(case, "send_referral", by=moderator, referral=referral)
    assert set(Referral.objects.values_list("state", flat=True)) == {Referral.State.SENT}


@pytest.mark.slow
def test_own_package_among_others_is_not_approved(urgent, moderator, supervisor, agency):
    own = prepare(urgent, moderator, agency)
    prepare(urgent, moderator, Agency.objects.create(**details_of(agency, key="lain")))
    Referral.objects.exclude(pk=own.pk).update(prepared_by=supervisor)
    assert refused(urgent, "approve_referral", moderator, referral=own)


def test_package_of_another_case_is_refused(held, urgent, moderator, agency):
    referral = approved(held, moderator, agency)
    prepare(urgent, moderator, agency)
    assert refused(urgent, "refer", moderator, referral=referral, receipt="C-1", text=MESSAGE)


def test_failed_package_is_handed_over_again(held, moderator, agency):
    referral = approved(held, moderator, agency)
    for _time in range(2):
        perform(held, "send_referral", by=moderator, referral=referral)
        perform(held, "referral_failed", by=moderator, referral=referral, reason="Tidak diterima.")
    referral.refresh_from_db()
    assert (referral.state, referral.attempts) == (Referral.State.FAILED, 2)


def test_ended_agreement_keeps_a_package_here(held, moderator, agency):
    referral = approved(held, moderator, agency)
    Agency.objects.update(agreement="none")
    assert refused(held, "send_referral", moderator, referral=referral)


def test_record_names_facts_and_manifest_without_content(held, moderator, agency):
    referral = prepare(held, moderator, agency)
    facts = held.events.get(action="prepare_referral").facts
    assert facts["manifest"] == referral.manifest_digest
    assert "jahat" not in str([event.facts for event in held.events.all()])


def test_restricted_case_takes_its_package_along(held, moderator, child_safety, agency):
    referral = prepare(held, moderator, agency)
    before = referral.package()
    perform(held, "restrict", by=moderator, reason="Anak.")
    referral = Referral.objects.get()
    assert (referral.key.audience, referral.package()) == ("child_safety", before)


def test_package_of_child_safety_stays_with_them(restricted, child_safety, person, moderator, agency):
    referral = prepare(perform(restricted.case, "claim", by=child_safety), child_safety, agency)
    index_identifiers()
    perform(restricted.case, "ask_lift", by=child_safety, reason="Bukan anak.")
    perform(restricted.case, "lift_restriction", by=person("child-safety", "second"), reason="Setuju.")
    referral = Referral.objects.get()
    assert opened(referral, moderator) is None
    assert opened(referral, child_safety)


def test_erasing_a_case_erases_its_packages(held, moderator, agency):
    prepare(held, moderator, agency)
    retention.erase(Case.objects.get(), retention.SCHEDULE)
    assert not Referral.objects.exists()
    assert audit.is_complete(Case.objects.get(), list(held.events.all()))


@pytest.fixture
def passed_on(held, moderator, agency) -> Case:
    """A resolved case for which the agency gave a receipt."""
    referral = approved(held, moderator, agency)
    perform(held, "send_referral", by=moderator, referral=referral)
    case = perform(held, "refer", by=moderator, referral=referral, receipt="C-1", text=MESSAGE)
    perform(case, "gave_self_report_sheet", by=moderator, text="Begini caranya.")
    return resolve(case, moderator)


@pytest.mark.safety("K5")
def test_case_is_not_closed_as_passed_on_without_a_receipt(held, moderator, supervisor):
    perform(held, "reply", by=moderator, text=MESSAGE)
    case = resolve(held, moderator)
    assert refused(case, "close", supervisor, outcome="referred")


@pytest.mark.slow
@pytest.mark.safety("K8")
def test_case_with_a_receipt_is_closed_as_passed_on(passed_on, supervisor, client):
    client.force_login(supervisor)
    assert 'value="referred"' in client.get(page_of(passed_on)).text
    case = perform(passed_on, "close", by=supervisor, outcome="referred")
    assert str(status(case)["title"]) == "Laporanmu sudah kami teruskan. Penjelasannya ada di pesan."


@pytest.mark.slow
def test_case_with_a_receipt_that_closes_by_time_says_passed_on(passed_on, clock):
    Case.objects.update(tier=2, refer_decided_at=timezone.now())
    clock(days=15)
    tasks.run()
    assert Case.objects.get().outcome == "referred"
