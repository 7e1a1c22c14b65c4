"""Reply templates: chosen without script, in the language of the case first, edited by leads."""

import tomllib
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.models import Guide
from education.publishing import checks, workflow
from reports.cases.lifecycle import perform
from reports.management.commands.load_replies import FILE
from reports.models import Case, Category, ReplyTemplate
from reports.models.reply import SETTLING
from reports.triage.forms import PLACEHOLDER
from reports.triage.reply_box import wording_for
from reports.triage.reply_templates import first_for, proposed_formal, templates_for
from tests.cast import PASSWORD
from tests.education import factory
from tests.reports.intake.walk import TO_THE_YOUNG
from tests.reports.triage.desk_pages import act, page_of
from tests.reports.triage.harm_words import NAMES_HARM

pytestmark = pytest.mark.django_db
STARTER = tomllib.loads(FILE.read_text())["replies"]


@pytest.fixture
def replies(categories):
    """The starter replies."""
    call_command("load_replies", stdout=StringIO())


def fill(desk, case, **data):
    return act(desk, case, "reply", fill="1", **data)


def test_reply_goes_below_what_was_typed_and_nothing_is_sent(replies, filed, desk):
    act(desk, filed.case, "claim")
    page = fill(desk, filed.case, text="Halo, selamat pagi.", template="thanks:id").content.decode()
    text = ReplyTemplate.objects.get(key="thanks").text_ind
    assert f"Halo, selamat pagi.\n\n{text}".splitlines()[2] in page
    assert page.index("Halo, selamat pagi.") < page.index("[langkah berikutnya]")
    assert not filed.case.messages.exists()


def test_language_of_the_case_comes_first(replies, file):
    assert [templates_for(file(language=code).case)[1][1][0][0][-2:] for code in ("id", "en")] == ["id", "en"]


def test_reply_for_one_category_is_offered_there_and_first(replies, file):
    def keys(**answers):
        return [value for value, _title in templates_for(file(**answers).case)[1][1]]

    assert "scam-steps:id" not in keys()
    assert keys(category="scam", age="adult")[0] == "scam-steps:id"


def test_each_category_has_its_own_template_and_no_other_gets_it(replies):
    for category in Category.objects.all():
        first = first_for(Case(category=category, language="id")).removesuffix(":id")
        assert ReplyTemplate.objects.get(key=first).category == category
        offered = [value for value, _title in templates_for(Case(category=category, language="id"))[1][1]]
        theirs = ReplyTemplate.objects.filter(key__in=[value.removesuffix(":id") for value in offered])
        assert set(theirs.values_list("category", flat=True)) == {category.pk, None}


def test_reply_that_is_out_of_use_is_not_offered(replies, filed):
    ReplyTemplate.objects.exclude(key="helped").update(active=False)
    assert [keys for _name, keys in templates_for(filed.case)[1:]] == [
        [(value, "Langkah kami selesai")] for value in ("helped:id", "helped:id:formal", "helped:en")
    ]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("choice", ["", "nothing:id", "thanks:xx", "thanks"])
def test_odd_choice_keeps_what_was_typed(replies, filed, desk, choice):
    act(desk, filed.case, "claim")
    page = fill(desk, filed.case, text="Halo, selamat pagi.", template=choice)
    assert page.status_code == 200
    assert "Halo, selamat pagi." in page.content.decode()


def test_loading_twice_keeps_what_a_lead_reworded(replies):
    ReplyTemplate.objects.filter(key="thanks").update(text_ind="Terima kasih.")
    call_command("load_replies", stdout=StringIO())
    assert ReplyTemplate.objects.count() == len(STARTER)
    assert ReplyTemplate.objects.get(key="thanks").text_ind == "Terima kasih."


@pytest.mark.safety("H6", "J2")
@pytest.mark.parametrize("row", STARTER, ids=lambda row: row["key"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_starter_reply_names_the_harm_or_offers_to_settle(row, language):
    for text in (row[language]["text"].lower(), row[language].get("formal", "").lower()):
        assert not NAMES_HARM.search(text)
        assert not SETTLING.search(text)
        assert "://" not in text


@pytest.mark.parametrize("row", STARTER, ids=lambda row: row["key"])
def test_both_languages_have_the_same_gaps(row):
    texts = {(code, part): row[code][part] for code in ("id", "en") for part in ("text", "formal") if part in row[code]}
    gaps = {key: PLACEHOLDER.findall(text) for key, text in texts.items()}
    assert gaps["id", "text"] == gaps["id", "formal"]
    assert gaps["en", "text"] == gaps.get(("en", "formal"), gaps["en", "text"])
    assert len(gaps["id", "text"]) == len(gaps["en", "text"])


def test_formal_replies_address_adults():
    for row in STARTER:
        assert not TO_THE_YOUNG.search(row["id"]["formal"]), row["key"]


@pytest.mark.safety("J2")
@pytest.mark.parametrize("text", ["Kalian bisa berdamai.", "Kami tawarkan mediasi.", "You could settle this."])
def test_reply_that_offers_to_settle_is_refused(text):
    reply = ReplyTemplate(key="x", title_ind="x", title_en="x", text_ind=text, text_en="x")
    with pytest.raises(ValidationError):
        reply.full_clean()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 200), ("child-safety", 200), ("moderator", 403), ("auditor", 403)]
)
def test_leads_word_the_replies(replies, person, client, role, status):
    client.login(username=person(role).username, password=PASSWORD)
    reply = ReplyTemplate.objects.first()
    assert client.get(reverse("admin:reports_replytemplate_change", args=[reply.pk])).status_code == status


def test_case_nobody_holds_offers_no_reply(replies, filed, desk, person):
    perform(filed.case, "claim", by=person("moderator", "another"))
    assert "thanks:id" not in desk.get(page_of(filed.case)).content.decode()


def test_reply_box_is_open_with_a_first_template(replies, file, desk, in_demo):
    case = file(age="adult").case
    act(desk, case, "claim")
    page = desk.get(page_of(case)).content.decode()
    assert "tidak harus menghadapinya sendirian" in page  # the template of its category
    assert "[langkah berikutnya]" in page
    assert "[hari dan jam]" not in page
    assert page.count('class="beside"') == 1  # the same in the other language
    assert "[day and time]" not in page


def test_box_in_two_languages_reads_the_staffed_hours_once(replies, file, desk, in_demo):
    case = file(age="adult").case
    act(desk, case, "claim")
    with CaptureQueriesContext(connection) as asked:
        desk.get(page_of(case))
    assert sum("reports_staffedhours" in query["sql"] for query in asked) == 1


def text_in(page) -> str:
    return page.context["message_form"]["text"].value()


def test_parent_gets_the_formal_template_first(replies, file, desk):
    case = file(about="my_child", age="13_15").case
    act(desk, case, "claim")
    page = desk.get(page_of(case))
    assert "bukan salah anak itu" in text_in(page)
    assert "Pakai “Anda”." in page.text
    assert page.context["message_form"].fields["template"].choices[1][1][0][0] == "bullying-steps:id:formal"


def test_other_register_takes_the_place_of_a_template(replies, file, desk):
    case = file(about="my_child", age="13_15").case
    act(desk, case, "claim")
    typed = f"Halo.\n\n{text_in(desk.get(page_of(case)))}\n\nSalam."
    switched = text_in(fill(desk, case, text=typed.replace("\n", "\r\n"), template="bullying-steps:id"))
    assert switched.startswith("Halo.")
    assert "bukan salahmu" in switched
    assert "anak itu" not in switched
    assert switched.count("Memblokir") == 1


@pytest.mark.safety("H6")
def test_found_code_gets_the_ordinary_register(replies, file):
    case = file(about="my_child").case
    reading = SimpleNamespace(case=case, answers=lambda: {"about": "my_child"})
    assert wording_for(reading).formal
    case.frozen_at = timezone.now()
    assert not wording_for(reading).formal


def test_shipped_formal_text_joins_unchanged_templates_only(replies):
    ReplyTemplate.objects.update(formal_ind=None, formal_en=None)
    ReplyTemplate.objects.filter(key="thanks").update(text_ind="Terima kasih.")
    ReplyTemplate.objects.filter(key="closing").update(formal_ind="")  # a lead emptied it
    call_command("load_replies", stdout=StringIO())
    got = dict(ReplyTemplate.objects.values_list("key", "formal_ind"))
    assert "bukan salah anak itu" in got["bullying-steps"]
    assert [got["thanks"], got["closing"]] == [None, ""]
    assert "tulisan Anda" in proposed_formal(ReplyTemplate.objects.get(key="thanks"))


def test_lead_saves_a_formal_text_and_an_empty_one(replies, person, client):
    client.login(username=person("supervisor").username, password=PASSWORD)
    reply = ReplyTemplate.objects.get(key="thanks")
    ReplyTemplate.objects.filter(pk=reply.pk).update(formal_ind=None)
    address = reverse("admin:reports_replytemplate_change", args=[reply.pk])
    assert "tulisan Anda" in client.get(address).text  # the proposal
    form = {name: getattr(reply, name) for name in ("title_ind", "title_en", "text_ind", "text_en", "order")}
    for text, stored in (("Terima kasih. Anda tenang saja.", "Terima kasih. Anda tenang saja."), ("", "")):
        assert client.post(address, form | {"formal_ind": text, "formal_en": "", "active": "on"}).status_code == 302
        assert ReplyTemplate.objects.get(pk=reply.pk).formal_ind == stored
    refused = client.post(address, form | {"formal_ind": "Bisa berdamai.", "active": "on"})
    assert refused.status_code == 200


@pytest.fixture
def save_reply(replies, person, client):
    """``save_reply(text_ind="…")``: a lead saves the template of thanks with these texts. Return the answer."""
    client.login(username=person("supervisor").username, password=PASSWORD)
    reply = ReplyTemplate.objects.get(key="thanks")
    fields = ("title_ind", "title_en", "text_ind", "text_en", "formal_ind", "formal_en", "order")
    form = {name: getattr(reply, name) or "" for name in fields} | {"active": "on"}
    address = reverse("admin:reports_replytemplate_change", args=[reply.pk])
    return lambda **texts: client.post(address, form | texts)


def guide_for(*audiences: str) -> Guide:
    guide = factory.guide()
    for key in audiences:
        guide.audiences.add(factory.audience(key, slug_ind=f"untuk-{key}", slug_en=f"for-{key}"))
    return guide


@pytest.mark.parametrize(
    "link", ["/id/p/{0.number}/", "https://situs.example/id/panduan/{0.slug_ind}/", "/en/guides/{0.slug_en}/easy/"]
)
def test_reply_that_leads_a_child_to_adults_is_refused(save_reply, link):
    guide = guide_for("everyone", "women")
    answer = save_reply(text_en=f"Read {link.format(guide)}")
    assert f"Panduan {guide.number} bukan untuk pembaca teks ini." in answer.text
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("field", "audience", "status"),
    [
        ("text_ind", "teens", 302),
        ("text_ind", "parents", 200),
        ("formal_ind", "parents", 302),
        ("formal_ind", "teens", 200),
    ],
)
def test_reply_links_a_guide_for_its_reader_only(save_reply, field, audience, status):
    assert save_reply(**{field: f"Baca /id/p/{guide_for(audience).number}/"}).status_code == status


def test_guide_that_a_reply_links_keeps_its_audience(save_reply):
    guide = guide_for("teens")
    parents = factory.audience("parents", slug_ind="ortu", slug_en="parents")
    now = workflow.pending_or_live(guide)
    candidate = checks.Candidate(guide, now | {"audiences": [parents.pk]}, now, before=now)
    assert not [one for one in checks.findings(candidate) if one.field == "audiences"]
    save_reply(text_ind=f"Baca /id/p/{guide.number}/")
    assert [one.text for one in checks.findings(candidate) if one.field == "audiences" and "Terima kasih" in one.text]
