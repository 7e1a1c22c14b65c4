"""The corrections of a release to texts that were edited here arrive as one batch, which is decided by kind."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.models import Guide, Helpline, Revision, Term
from education.models.bilingual import LANGUAGES
from education.publishing import workflow
from safetycenter.page_cache import cache_version
from safetycenter.release import VERSION
from tests.launch_content import run_load_command

from .admin_pages import act, proposal_page, send
from .later_release import changed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "admin:education_corrections"
OURS, THEIRS = "account-takeover", "age-check"
FREE = (
    "Someone gets into an account that is not theirs and takes control of it. "
    "The owner can no longer sign in, or sees strange words."
)
ADVICE = (
    "This is not your fault, and it is not a joke. Do not reply while you are upset. "
    "Save the messages first, then tell one person you trust."
)
REASON = "Kata kami dipakai di sekolah."


def term(key: str) -> Term:
    return Term.objects.get(key=key)


def address(kind: str = "term") -> str:
    return f"{reverse(PAGE, args=[VERSION])}?kind={kind}"


@pytest.fixture
def batch(starter, monkeypatch, signed_in):
    """Two terms were edited here, in slang and in the definition; then a release corrects the definitions of both."""
    client = signed_in("editor")
    send(client, term(OURS), slang_ind="akun diambil orang", note="", minor="")
    send(client, term(THEIRS), definition_ind="Cara aplikasi memeriksa umur. Ini kata kami.", note="", minor="")
    client = signed_in("publisher")
    for key in (OURS, THEIRS):
        act(client, term(key), "publish")
    changed(monkeypatch, "glossary", "key", OURS, "en", definition=FREE)
    changed(monkeypatch, "glossary", "key", THEIRS, definition="Cara aplikasi mengecek umur penggunanya.")
    assert " 2 proposed" in run_load_command()
    return client


@pytest.fixture
def publisher(batch):
    """The browser of a publisher, after the release was loaded."""
    return batch


def decide(client, do: str, kind: str = "term", **sent):
    """Press one of the buttons of ``kind``, for everything that the page shows to it."""
    context = client.get(address(kind)).context
    rows = context["ready" if do == "accept" else "declinable"]
    data = {"kind": kind, "do": do, "agree": "on", "shown": [row.shown for row in rows]} | sent
    return client.post(address(kind), data, follow=True)


def parts(client, kind: str = "term") -> tuple[set, set]:
    """The items that are accepted together, and those that are decided alone."""
    context = client.get(address(kind)).context
    return {row.item for row in context["ready"]}, {row.item for row in context["alone"]}


def test_page_separates_what_this_site_edited(publisher):
    assert parts(publisher) == ({term(OURS)}, {term(THEIRS)})
    text = publisher.get(address()).text
    assert "kata-kata situs ini" in text
    assert all(
        f"{field}, ditulis oleh editor" in text for field in ("Sinonim (Bahasa Indonesia)", "Arti (Bahasa Indonesia)")
    )


def test_accepting_a_kind_is_live_and_leaves_the_edited_one(publisher, there):
    answer = decide(publisher, "accept").text
    assert f"Sekarang tayang: {term(OURS)}." in answer
    assert (term(OURS).definition_en, term(OURS).slang_ind) == (FREE, "akun diambil orang")
    assert FREE in Client().get(there("education:glossary", language="en")).text
    assert "Ini kata kami." in Client().get(there("education:glossary")).text
    assert Revision.objects.waiting_proposal(term(THEIRS))


def test_correction_of_one_language_makes_the_other_not_outdated(publisher):
    decide(publisher, "accept")
    assert "definition_ind" not in term(OURS).outdated_fields


def test_accepting_raises_the_version_of_the_pages_once(publisher):
    before = cache_version.current()
    decide(publisher, "accept")
    assert cache_version.current() == before + 1


def test_nothing_is_accepted_without_the_tick(publisher):
    context = publisher.get(address()).context
    sent = {"kind": "term", "do": "accept", "shown": [row.shown for row in context["ready"]]}
    assert "Tidak ada yang diubah" in publisher.post(address(), sent, follow=True).text
    assert Revision.objects.waiting_proposal(term(OURS))


def test_edited_one_is_refused_by_name_also_if_it_is_sent(publisher):
    every = publisher.get(address()).context
    shown = [row.shown for row in (*every["ready"], *every["alone"])]
    answer = decide(publisher, "accept", shown=shown).text
    assert f"Dibiarkan seperti semula: {term(THEIRS)}." in answer
    assert f"Sekarang tayang: {term(OURS)}." in answer


def test_text_that_moved_since_the_page_was_opened_is_refused(publisher, person):
    shown = [row.shown for row in publisher.get(address()).context["ready"]]
    workflow.perform(term(OURS), "not_ready", person("editor", "lain"), languages=["en"])
    assert term(OURS).not_ready
    decide(publisher, "accept", shown=shown)
    assert Revision.objects.waiting_proposal(term(OURS))


@pytest.mark.parametrize("role", ["editor", "author", "translator"])
def test_who_may_not_publish_sees_the_page_and_decides_nothing(batch, client, person, role):
    client.force_login(person(role, "lain"))
    page = client.get(address())
    assert (page.status_code, 'value="accept"' in page.text) == (200, False)
    shown = [row.shown for row in page.context["ready"]]
    assert client.post(address(), {"kind": "term", "do": "accept", "agree": "on", "shown": shown}).status_code == 403
    assert Revision.objects.waiting_proposal(term(OURS))


def test_declining_a_kind_keeps_our_texts_and_the_reason(publisher):
    decide(publisher, "decline", reason=REASON)
    assert term(THEIRS).definition_ind.endswith("Ini kata kami.")
    steps = Revision.objects.filter(action="withdraw", note=REASON)
    assert {one.item for one in steps} == {term(OURS), term(THEIRS)}
    assert parts(publisher) == (set(), set())


def test_declining_needs_a_reason(publisher):
    assert "Tulis mengapa" in decide(publisher, "decline", reason=" ").text
    assert Revision.objects.waiting_proposal(term(OURS))


def test_declined_text_is_not_proposed_by_the_next_release(publisher, monkeypatch):
    decide(publisher, "decline", reason=REASON)
    changed(monkeypatch, "glossary", "key", OURS, term="pengambilalihan akun")
    assert " 1 proposed" in run_load_command()
    proposal = Revision.objects.waiting_proposal(term(OURS))
    assert proposal.data["term_ind"] == "pengambilalihan akun"
    assert proposal.data["definition_en"] == term(OURS).definition_en != FREE


def test_my_work_and_the_list_name_the_release(publisher):
    work = publisher.get(reverse("admin:index"))
    (row,) = [
        row
        for panel in work.context["panels"]
        for row in panel.get("rows", ())
        if row.get("address") == reverse(PAGE, args=[VERSION])
    ]
    assert row["count"] == 2
    listed = publisher.get(reverse("admin:education_revision_changelist") + f"?release={VERSION}&status=waiting")
    assert {one.item for one in listed.context["cl"].result_list} == {term(OURS), term(THEIRS)}
    assert reverse(PAGE, args=[VERSION]) in listed.text
    assert reverse(PAGE, args=[VERSION]) in publisher.get(proposal_page(term(OURS))).text


def test_page_asks_few_queries(publisher):
    publisher.get(address())
    with CaptureQueriesContext(connection) as asked:
        publisher.get(address())
    assert len(asked) <= 12, "\n".join(query["sql"][:120] for query in asked)


def test_numbers_and_sensitive_pages_wait_for_single_decisions(starter, monkeypatch, publish, signed_in):
    guide, line = Guide.objects.filter(sensitive=True).first(), Helpline.objects.get(slug="sapa-129")
    harmless = Guide.objects.get(number=3)
    for item in (guide, harmless):
        Guide.objects.filter(pk=item.pk).update(title_ind="Judul kami")
    Helpline.objects.filter(pk=line.pk).update(note_en="Ours.")
    for one in (guide, harmless):
        changed(monkeypatch, "guides", "number", one.number, short_answer="Telepon 0812-3456-7890 kalau kamu takut.")
    changed(monkeypatch, "helplines", "slug", line.slug, note="Catatan baru.")
    run_load_command()
    client = signed_in("publisher")
    assert parts(client, "guide") == (set(), {guide, harmless})
    assert parts(client, "helpline") == (set(), {line})
    assert "Nomor telepon ditambahkan: 081234567890" in client.get(address("guide")).text
    assert client.get(address("guide")).context["declinable"] == []


def test_release_that_brought_nothing_has_no_page(starter, signed_in):
    assert signed_in("publisher").get(reverse(PAGE, args=["9.9.9"])).status_code == 404


@pytest.fixture
def free_guide(starter, monkeypatch, signed_in):
    """The browser of a publisher, and a guide with a correction that may be accepted with its kind."""
    Guide.objects.filter(number=3).update(title_ind="Judul kami")
    changed(monkeypatch, "guides", "number", 3, "en", short_answer=ADVICE)
    run_load_command()
    return signed_in("publisher"), Guide.objects.get(number=3)


def test_only_what_was_edited_here_is_named_as_kept(free_guide):
    client, _guide = free_guide
    (row,) = client.get(address("guide")).context["ready"]
    assert (row.edited, row.kept, row.revision.minor) == (
        [],
        ["Judul (Bahasa Indonesia), ditulis oleh seseorang di situs ini"],
        True,
    )


def test_guide_that_became_sensitive_meanwhile_is_not_accepted_with_the_others(free_guide):
    client, guide = free_guide
    assert parts(client, "guide") == ({guide}, set())
    Guide.objects.filter(pk=guide.pk).update(sensitive=True)
    assert f"Dibiarkan seperti semula: {guide}." in decide(client, "accept", "guide").text
    assert Revision.objects.waiting_proposal(guide)


def test_own_words_on_a_sensitive_page_wait_for_a_second_person(free_guide, person):
    """Somebody continues to write in the correction: it leaves the batch, and the two-person rule asks who wrote."""
    client, guide = free_guide
    publisher = person("publisher", "lain")
    workflow.save_proposal(guide, publisher, workflow.pending_or_live(guide) | {"sensitive": True})
    assert parts(client, "guide") == (set(), set())
    assert workflow.must_not_be_author(guide, publisher, LANGUAGES)
