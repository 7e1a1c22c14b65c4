"""Which corrections of a release are decided alone: with a number, on a sensitive topic, or sent back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from education.models import Guide, Helpline, Lesson, Revision
from education.publishing import correction_batch, workflow
from safetycenter.release import VERSION
from tests.launch_content import run_load_command

from .later_release import changed, correct

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BULLIED, AI = 3, "ai-made-pictures"
WORDS = "Ini bukan salahmu. {} Lalu cerita ke satu orang."
PAGE = "admin:education_corrections"


def columns_of(client, kind: str, column: str) -> set:
    """The items that the page of ``kind`` lists in a part."""
    address = f"{reverse(PAGE, args=[VERSION])}?kind={kind}"
    return {row.item for row in client.get(address).context[column]}


def rows_of(client) -> dict[str, int]:
    """The counts of the rows of *My work*, by their address."""
    panels = client.get(reverse("admin:index")).context["panels"]
    return {row["address"]: row["count"] for panel in panels if panel.get("finds") for row in panel["rows"]}


@pytest.mark.parametrize(
    "number",
    [
        *(
            '<a href="tel:157">Telepon.</a>',
            '<a href="https://wa.me/6281157157157">Chat.</a>',
            "Chat: wa.me/6281157157.",
        ),
        *("Hubungi 1500-771.", "Ada 500-454.", "Ada 148.", "Nomornya 1500-772.", "Telepon 14045.", "Tekan 14045."),
    ],
)
@pytest.mark.parametrize("comes", [True, False])
def test_correction_with_a_number_is_not_decided_with_its_kind(starter, signed_in, number, comes):
    guide, line = Guide.objects.get(number=BULLIED), Helpline.objects.get(slug="polri-110")
    line.channels.create(kind="phone", value="14045")
    with_it, without = WORDS.format(number), WORDS.format("")
    before, after = (without, with_it) if comes else (with_it, without)
    Guide.objects.filter(pk=guide.pk).update(short_answer_ind=before)
    guide.refresh_from_db()
    correct(guide, {"title_ind": "Judul kami"}, short_answer_ind=after)
    client = signed_in("publisher")
    assert columns_of(client, "guide", "alone") == {guide}
    assert columns_of(client, "guide", "declinable") == set()


@pytest.mark.parametrize("words", ["Sejak 2026.", "Dari 2026-2027.", "Umur 13-15.", "Rp 50000."])
def test_years_ages_and_amounts_are_no_phone_numbers(starter, signed_in, words):
    guide = Guide.objects.get(number=BULLIED)
    correct(guide, {"title_ind": "Judul kami"}, short_answer_ind=WORDS.format(words))
    assert columns_of(signed_in("publisher"), "guide", "declinable") == {guide}


def test_sensitive_topic_is_decided_alone_like_a_sensitive_page(starter, monkeypatch, signed_in):
    guide, lesson = Guide.objects.get(number=13), Lesson.objects.get(key=AI)
    for item in (guide, lesson):
        type(item).objects.filter(pk=item.pk).update(title_ind="Judul kami")
    changed(monkeypatch, "guides", "number", 13, "en", title="A title of the project")
    changed(monkeypatch, "lessons", "key", AI, "en", title="Another title")
    run_load_command()
    client = signed_in("publisher")
    for kind, item in (("guide", guide), ("lesson", lesson)):
        assert columns_of(client, kind, "alone") == {item}
        assert columns_of(client, kind, "declinable") == set()


@pytest.fixture
def sent_back(starter, person):
    """A correction of a release for which a publisher asked for changes."""
    guide = Guide.objects.get(number=BULLIED)
    correct(guide, {"title_ind": "Judul kami"}, short_answer_ind=WORDS.format(""))
    workflow.perform(guide, "return", person("publisher", "lain"), note="Tambah sumber.")
    return guide


def test_correction_that_was_sent_back_is_on_my_work(sent_back, signed_in):
    assert rows_of(signed_in("publisher"))[reverse(PAGE, args=[VERSION])] == 1


@pytest.mark.parametrize("status", ["waiting", "returned"])
def test_list_of_drafts_of_others_leaves_out_what_its_count_does(sent_back, signed_in, person, status):
    other = Guide.objects.get(number=4)
    workflow.save_proposal(other, person("editor"), workflow.pending_or_live(other) | {"title_en": "New"})
    Revision.objects.filter(status__in=("waiting", "returned")).update(status=status)
    client = signed_in("publisher")
    (address,) = [one for one in rows_of(client) if one.endswith(f"?status={status}&mine=others")]
    assert rows_of(client)[address] == len(client.get(address).context["cl"].result_list) == 1


@pytest.mark.logs_errors
def test_transactions_before_an_unexpected_error_remain(starter, monkeypatch, signed_in):
    guides = Guide.objects.filter(number__in=(BULLIED, 4, 9))
    for guide in guides:
        correct(guide, {"title_ind": f"Judul {guide.number}"}, short_answer_ind=WORDS.format(""))
    ask, real = signed_in("publisher"), workflow.perform
    monkeypatch.setattr(correction_batch, "AT_ONCE", 1)
    asked = []

    def perform(item, *args, **rest):
        asked.append(item)
        if len(asked) == 2:
            raise ZeroDivisionError
        return real(item, *args, **rest)

    monkeypatch.setattr(workflow, "perform", perform)
    rows = ask.get(f"{reverse(PAGE, args=[VERSION])}?kind=guide").context["declinable"]
    sent = {
        "kind": "guide",
        "do": "decline",
        "agree": "on",
        "reason": "Kata kami.",
        "shown": [row.shown for row in rows],
    }
    assert len(rows) > 1
    with pytest.raises(ZeroDivisionError):
        ask.post(reverse(PAGE, args=[VERSION]), sent)
    assert Revision.objects.filter(action="withdraw").count() == 1
    assert LogEntry.objects.count() == 1
