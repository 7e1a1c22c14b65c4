"""Reply templates: chosen without script, in the language of the case first, edited by leads."""

import tomllib
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.management.commands.load_replies import FILE
from reports.models import ReplyTemplate
from reports.models.reply import SETTLING
from reports.triage.forms import PLACEHOLDER
from reports.triage.reply_templates import templates_for
from tests.cast import PASSWORD
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


def test_reply_that_is_out_of_use_is_not_offered(replies, filed):
    ReplyTemplate.objects.exclude(key="helped").update(active=False)
    assert [len(group) for _language, group in templates_for(filed.case)[1:]] == [1, 1]


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
    text = row[language]["text"].lower()
    assert not NAMES_HARM.search(text)
    assert not SETTLING.search(text)
    assert "://" not in text


@pytest.mark.parametrize("row", STARTER, ids=lambda row: row["key"])
def test_both_languages_have_the_same_gaps(row):
    assert len(PLACEHOLDER.findall(row["id"]["text"])) == len(PLACEHOLDER.findall(row["en"]["text"]))


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
    assert "Terima kasih sudah menulis kepada kami." in page
    assert "[langkah berikutnya]" in page
    assert "[hari dan jam]" not in page
    assert page.count('class="beside"') == 1  # the same in the other language
