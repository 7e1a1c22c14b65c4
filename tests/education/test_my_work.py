"""What the first page of editors lists for one person, and finding any item."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from education.admin import dashboard, my_work
from education.admin.waiting import Waiting
from education.models import Guide, Helpline, HelplineRole, Picture, State, Synonym, Term
from education.models.directory import CHECK_VALID_FOR
from education.publishing import workflow
from tests.education.admin_pages import change_page, proposal_page

from . import factory

pytestmark = pytest.mark.django_db
FIND = "admin:education_find"


def listed(user) -> dict[str, list[str]]:
    """The addresses of each row, by the first word of its label."""
    return {str(row["label"]): [link[2] for link in row["links"]] for row in my_work.rows(Waiting(user))}


def test_returned_texts_are_listed_for_their_writer_only(person):
    writer, publisher = person("author", "penulis"), person("publisher")
    live, draft = factory.guide(), factory.guide(state=State.DRAFT)
    workflow.save_proposal(live, writer, workflow.pending_or_live(live) | {"title_en": "New"})
    workflow.save_proposal(draft, writer, workflow.pending_or_live(draft))
    workflow.perform(draft, "submit", writer)
    for item in (live, draft):
        workflow.perform(Guide.objects.get(pk=item.pk), "return", publisher, note="Tambah sumber.")
    returned, drafts, waiting = listed(writer).values()
    assert (returned, drafts, waiting) == ([proposal_page(live), change_page(draft)], [], [])
    assert not any(listed(publisher).values())


def test_author_sees_who_withdrew_a_text_and_why(person, signed_in):
    client, writer, draft = signed_in("author"), get_user_model().objects.get(), factory.guide(state=State.DRAFT)
    workflow.save_proposal(draft, writer, workflow.pending_or_live(draft))
    workflow.perform(draft, "submit", writer)
    workflow.perform(Guide.objects.get(pk=draft.pk), "withdraw", person("publisher", "Rina"), note="Sudah ada.")
    assert list(listed(writer).values()) == [[change_page(draft)], [], []]
    assert "Rina menarik teks ini: Sudah ada." in client.get(change_page(draft)).text


def test_own_withdrawal_is_no_answer(person, signed_in):
    client, writer, draft = signed_in("author"), get_user_model().objects.get(), factory.guide(state=State.DRAFT)
    workflow.save_proposal(draft, writer, workflow.pending_or_live(draft))
    for name in ("submit", "withdraw"):
        workflow.perform(Guide.objects.get(pk=draft.pk), name, writer)
    assert list(listed(writer).values()) == [[], [change_page(draft)], []]
    assert "menarik teks ini" not in client.get(change_page(draft)).text


def test_own_drafts_and_waiting_changes_are_listed(person):
    writer, other = person("author", "penulis"), person("editor")
    live, draft, theirs = factory.guide(), factory.guide(state=State.DRAFT), factory.guide(state=State.DRAFT)
    workflow.save_proposal(live, writer, workflow.pending_or_live(live) | {"title_en": "New"})
    for one, by in ((draft, writer), (theirs, writer), (theirs, other)):
        workflow.save_proposal(one, by, workflow.pending_or_live(one))
    returned, drafts, waiting = listed(writer).values()
    assert (returned, drafts, waiting) == ([], [change_page(draft)], [proposal_page(live)])


def test_published_draft_is_no_draft_any_more(person, publish):
    draft = factory.guide(state=State.DRAFT)
    writer = person("author", "penulis")
    workflow.save_proposal(draft, writer, workflow.pending_or_live(draft))
    publish(draft)
    workflow.perform(Guide.objects.get(pk=draft.pk), "archive", person("publisher"), note="x")
    assert not any(listed(writer).values())


def test_reviews_due_soon_are_listed_with_their_day(signed_in, person):
    today = timezone.localdate()
    soon = factory.guide(review_due=today + timedelta(days=30))
    factory.guide(review_due=today + timedelta(days=31))
    factory.guide(review_due=today - timedelta(days=1))
    row, apps = my_work.due_soon(Waiting(person("editor")))
    assert (row["count"], [link[2] for link in row["links"]], apps["count"]) == (1, [change_page(soon)], 0)
    assert change_page(soon) in signed_in("translator").get(reverse("admin:index")).text


def rows_of(client, label: str) -> set:
    """The items in the list that the row with ``label`` on the first page opens."""
    rows = next(panel["rows"] for panel in client.get(reverse("admin:index")).context["panels"] if panel.get("finds"))
    (address,) = [row["address"] for row in rows if str(row["label"]).startswith(label)]
    return set(client.get(address).context["cl"].result_list)


def test_rows_of_reviews_open_the_guides_they_count(signed_in):
    today = timezone.localdate()
    late = factory.guide(review_due=today - timedelta(days=1))
    soon = [factory.guide(review_due=today + timedelta(days=days)) for days in (0, 30)]
    factory.guide(review_due=today + timedelta(days=31))
    factory.guide(review_due=today, state=State.DRAFT)
    client = signed_in("editor")
    assert rows_of(client, "Panduan yang lewat jadwal") == {late}
    assert rows_of(client, "Panduan yang harus ditinjau") == set(soon)


def test_apps_due_soon_have_a_row_that_opens_them(signed_in):
    today = timezone.localdate()
    soon = [factory.platform(review_due=today + timedelta(days=days)) for days in (1, 30)]
    factory.platform(review_due=today + timedelta(days=31))
    client = signed_in("editor")
    assert rows_of(client, "Halaman aplikasi yang harus ditinjau") == set(soon)
    assert change_page(soon[0]) in client.get(reverse("admin:index")).text


def drafts_by(writer, count: int) -> set:
    """The items of so many guides that ``writer`` began."""
    made = {factory.guide(state=State.DRAFT) for _ in range(count)}
    for one in made:
        workflow.save_proposal(one, writer, workflow.pending_or_live(one))
    return made


def test_rows_of_own_texts_open_just_these(client, person):
    """Of each choice there are two of mine, besides a text that another person wrote last or that was published."""
    me, other = person("author", "saya"), person("editor", "lain")
    drafts, returned = drafts_by(me, 2), drafts_by(me, 1)
    (theirs,) = drafts_by(me, 1)
    workflow.save_proposal(theirs, other, workflow.pending_or_live(theirs))
    drafts_by(other, 2)
    sent, live, back = *drafts_by(me, 1), *(factory.guide() for _ in range(2))
    waiting = {live, factory.guide()}
    for item in (*returned, sent):
        workflow.perform(item, "submit", me)
    for item in (*waiting, back):
        workflow.save_proposal(item, me, workflow.pending_or_live(item) | {"title_en": "New"})
    for item in (*returned, back):
        workflow.perform(Guide.objects.get(pk=item.pk), "return", other, note="Tambah sumber.")
    client.force_login(me)
    assert {one.item for one in rows_of(client, "Draf Anda")} == drafts
    assert {one.item for one in rows_of(client, "Dikembalikan kepada Anda")} == {*returned, back}
    assert {one.item for one in rows_of(client, "Teks Anda")} == {*waiting, sent}


def test_rows_of_texts_to_review_open_those_of_others_only(client, person):
    me, other = person("editor", "saya"), person("author", "lain")
    live, draft = {me: factory.guide(), other: factory.guide()}, {}
    for by, item in live.items():
        workflow.save_proposal(item, by, workflow.pending_or_live(item) | {"title_en": "New"})
        (draft[by],) = drafts_by(by, 1)
        workflow.perform(draft[by], "submit", by)
    client.force_login(me)
    assert rows_of(client, "Sedang ditinjau, dari orang lain") == {draft[other]}
    assert {one.item for one in rows_of(client, "Draf perubahan dari orang lain untuk")} == {live[other]}


def test_own_words_are_not_among_those_to_review(person):
    writer = person("editor", "penulis")
    live, draft = factory.guide(), factory.guide(state=State.DRAFT)
    workflow.save_proposal(live, writer, workflow.pending_or_live(live) | {"title_en": "New"})
    workflow.save_proposal(draft, writer, workflow.pending_or_live(draft))
    workflow.perform(draft, "submit", writer)

    def to_review(user) -> list[int]:
        work = Waiting(user)
        return [row["count"] for row in (*dashboard._in_review(work), *dashboard._decisions(work)) if row["count"]]

    assert (to_review(writer), to_review(person("publisher"))) == ([], [1, 1])
    assert listed(writer)["Teks Anda yang menunggu penerbit"] == [proposal_page(live), proposal_page(draft)]


def test_row_of_helplines_opens_those_to_check(signed_in):
    today = timezone.localdate()
    never = factory.helpline("belum")
    old = factory.helpline("lama", verified_on=today - CHECK_VALID_FOR - timedelta(days=1))
    factory.helpline("baru", verified_on=today - CHECK_VALID_FOR)
    factory.helpline("tutup", status=Helpline.Status.RETIRED)
    assert rows_of(signed_in("editor"), "Nomor bantuan yang perlu dicek") == {old, never}


def test_item_is_found_by_number_or_words_in_any_state(signed_in):
    guide = factory.guide(number=9041, title_ind="Kucing biru", state=State.DRAFT)
    factory.guide()
    browser = signed_in("translator")
    for query in ("9041", "p/9041", "kucing", "biru kucing"):
        page = browser.get(reverse(FIND), {"q": query})
        assert [one.address for _kind, found in page.context["groups"] for one in found] == [change_page(guide)]
        assert "Draf" in page.text


def test_helpline_is_found_by_phone_number_and_word_by_key(signed_in):
    line, term = factory.helpline("sapa", "119 ext 8"), Term.objects.create(key="doxing", term_ind="Sebar data")
    client = signed_in("editor")
    for query, item in (("119 ext", line), ("doxing", term)):
        assert f'href="{change_page(item)}"' in client.get(reverse(FIND), {"q": query}).text
    assert "Tidak ada" in client.get(reverse(FIND), {"q": "xyz"}).text


def test_pictures_synonyms_and_roles_are_found(signed_in, django_assert_max_num_queries):
    picture = Picture.objects.create(title="kunci", alt_ind="Kunci kuning di laut", credit="A", licence="CC0")
    synonym = Synonym.objects.create(language="id", typed="sebar aib\nviralin", means="doxing")
    line = factory.helpline("iasc", name_ind="Pusat Antipenipuan")
    role = HelplineRole.objects.create(role="money", helpline=line)
    client = signed_in("translator")
    for query, item in (
        ("kuning laut", picture),
        ("viralin", synonym),
        ("lembar fakta", role),
        ("pusat antipenipuan", role),
    ):
        with django_assert_max_num_queries(12):
            assert f'href="{change_page(item)}"' in client.get(reverse(FIND), {"q": query}).text
        assert client.get(change_page(item)).status_code == 200


def test_find_leads_to_the_text_that_readers_had_before(signed_in, publish):
    guide = publish(factory.guide(), title_en="Before")
    guide = publish(guide, title_en="Now")
    client = signed_in("publisher")
    (address,) = re.findall(r'href="([^"]+/before/)"', client.get(reverse(FIND), {"q": f"p/{guide.number}"}).text)
    answer = client.get(address, follow=True)
    assert answer.context["revision"].data["title_en"] == "Before"
    assert answer.context["may_publish"]


def test_find_offers_no_text_of_before_where_none_is_published(signed_in, person, publish):
    draft, guide = factory.guide(state=State.DRAFT), factory.guide()
    client = signed_in("publisher")
    assert "/before/" not in client.get(reverse(FIND), {"q": f"p/{draft.number}"}).text
    answer = client.get(reverse("admin:education_guide_before", args=[guide.pk]), follow=True)
    assert "versi" in " ".join(map(str, answer.context["messages"]))
    client.force_login(person("translator"))
    assert "/before/" not in client.get(reverse(FIND), {"q": f"p/{guide.number}"}).text


def test_search_without_a_result_fills_in_the_synonym(signed_in):
    client = signed_in("editor")
    page = client.get(reverse("admin:education_synonym_add"), {"language": "id", "typed": "sebar aib"})
    assert page.context["adminform"].form["typed"].value() == "sebar aib"


def test_first_page_leads_to_the_page_that_decides_on_a_draft(signed_in, person):
    author, draft = person("author"), factory.guide(state=State.DRAFT)
    workflow.save_proposal(draft, author, workflow.pending_or_live(draft))
    workflow.perform(draft, "submit", author)
    assert f'href="{proposal_page(draft)}"' in signed_in("reviewer").get(reverse("admin:index")).text


def test_first_page_needs_few_queries(signed_in, person, behind, remembered, django_assert_max_num_queries):
    author = person("author")
    for item in (factory.guide(), factory.page(), factory.news()):
        workflow.save_proposal(item, author, workflow.pending_or_live(item) | {"title_en": "New"})
    browser = signed_in("publisher")
    browser.get(reverse("admin:index"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("admin:index"))
