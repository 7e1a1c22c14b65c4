"""What editors see of an outdated language, and the page of all items and their languages."""

import re

import pytest
from django.urls import reverse

from education.admin import matrix_changes
from education.models import Guide, HelpBlock, Picture, State
from education.publishing import checks, translation_status, workflow
from tests.education.admin_pages import act_page, change_page, proposal_page

from . import factory

pytestmark = pytest.mark.django_db
PAGE = "admin:education_languages"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", [change_page, proposal_page])
def test_outdated_panel_shows_changed_words_of_other_language(signed_in, behind, page):
    text = signed_in("translator").get(page(behind)).text
    assert re.search(r'<p class="compared" lang="id"><del>.*Lama\..*</del><ins>.*Baru\..*</ins>', text)
    assert '#id_body_en"' in text


def test_outdated_input_is_marked(signed_in, behind):
    fields = signed_in("editor").get(change_page(behind)).context["adminform"].form.fields
    assert fields["body_en"].help_text
    assert fields["body_en"].help_text != fields["body_ind"].help_text


@pytest.mark.slow
def test_open_proposal_is_not_taken_for_what_readers_see(signed_in, behind, person):
    workflow.save_proposal(behind, person("author"), workflow.pending_or_live(behind) | {"body_ind": "<p>Usulan.</p>"})
    (shown,) = signed_in("editor").get(change_page(behind)).context["outdated_fields"]
    assert shown.gap.source_now == "<p>Baru.</p>"


@pytest.mark.slow
def test_one_post_says_that_it_is_still_correct(signed_in, behind):
    client = signed_in("translator")
    name = re.search(r'name="agreed" value="(body_en-\w+)"', client.get(change_page(behind)).text)[1]
    answer = client.post(act_page(behind, "confirm"), {"agreed": name, "note": "Sama saja."}, follow=True)
    assert Guide.objects.get(pk=behind.pk).outdated_fields == {}
    assert answer.context["outdated_fields"] == []


def test_translator_confirms_no_original(signed_in, publish):
    guide = publish(factory.guide(body_en="<p>Old.</p>"), body_en="<p>New.</p>")
    (gap,) = translation_status.outdated_entries(guide)
    signed_in("translator").post(act_page(guide, "confirm"), {"agreed": gap.name, "note": "Sama saja."})
    assert Guide.objects.get(pk=guide.pk).outdated_fields.keys() == {"body_ind"}


@pytest.mark.slow
def test_read_only_user_is_not_offered_confirmation(signed_in, publish):
    page = publish(factory.page(), body_ind="<p>Baru.</p>")
    text = signed_in("author").get(proposal_page(page)).text
    assert act_page(page, "confirm") not in text
    assert "Baru." in text


@pytest.mark.slow
def test_proposal_that_is_a_minor_edit_is_marked_as_one(signed_in, person):
    guide = factory.guide()
    workflow.save_proposal(
        guide, person("author"), workflow.pending_or_live(guide) | {"body_ind": "<p>Ejaan.</p>"}, minor=True
    )
    assert signed_in("publisher").get(proposal_page(guide)).context["revision"].minor


@pytest.mark.slow
def test_checks_name_only_fields_that_become_outdated(behind, person):
    now = workflow.pending_or_live(behind)
    warned = {
        code: {
            f.field for f in checks.findings(checks.Candidate(behind, now | change, now)) if f.level == checks.WARNING
        }
        for code, change in {"id": {"title_ind": "Lain"}, "en": {"body_en": "<p>New.</p>"}}.items()
    }
    assert warned == {"id": {"title_en"}, "en": set()}


def test_matrix_of_the_shipped_content_has_nothing_to_do(starter, signed_in):
    assert signed_in("translator").get(reverse(PAGE) + "?work=1").context["kinds"] == []


class TestMatrix:
    """All items and their languages."""

    @pytest.fixture
    def cells(self, signed_in):
        """``cells(item)``: the names of the marks of each language, as the page shows them."""
        client = signed_in("translator")

        def look(item, query="") -> list[list[str]] | None:
            for _kind, rows in client.get(reverse(PAGE) + query).context["kinds"]:
                for row in rows:
                    if row.item == item:
                        return [[mark.name for mark in marks] for _code, _language, marks in row.cells]
            return None

        return look

    def test_matrix_shows_four_states(self, cells, behind):
        assert cells(behind) == [["published"], ["stale"]]
        assert cells(factory.guide(**factory.ONLY_INDONESIAN)) == [["published"], ["missing"]]
        assert cells(factory.guide(state=State.DRAFT)) == [["draft"], ["draft"]]

    def test_matrix_counts_one_missing_field(self, cells):
        assert cells(factory.guide(easy_ind="<p>Mudah.</p>")) == [["published"], ["missing"]]

    @pytest.mark.parametrize("gap", ["situation", "choice_2", "because_1"])
    def test_situation_without_a_text_is_missing(self, cells, gap):
        quiz = factory.quiz()
        assert cells(quiz) == [["published"], ["published"]]
        quiz.scenarios.create(position=1, **factory.SCENARIO | {f"{gap}_en": ""})
        assert cells(quiz) == [["published"], ["missing"]]

    def test_waiting_situation_is_no_longer_missing(self, cells, person):
        quiz = factory.quiz()
        quiz.scenarios.update(situation_en="")
        data = workflow.pending_or_live(quiz)
        new = {"scenarios": [row | {"situation_en": "New."} for row in data["scenarios"]]}
        workflow.save_proposal(quiz, person("editor"), data | new)
        assert cells(quiz) == [["published"], ["waiting"]]

    def test_waiting_translation_is_no_longer_missing(self, cells, person):
        guide = factory.guide(**factory.ONLY_INDONESIAN)
        new = {"title_en": "T", "slug_en": "t", "short_answer_en": "S", "checklist_en": "C", "body_en": "<p>B</p>"}
        workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | new)
        assert cells(guide) == [["published"], ["waiting"]]

    def test_waiting_text_is_no_longer_out_of_date(self, cells, behind, person):
        workflow.save_proposal(behind, person("editor"), workflow.pending_or_live(behind) | {"body_en": "<p>New.</p>"})
        assert cells(behind) == [["published"], ["waiting"]]

    def test_change_of_options_waits_in_both_languages(self, cells, person):
        guide = factory.guide()
        workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | {"sensitive": True})
        assert cells(guide) == [["waiting"], ["waiting"]]

    def test_returned_and_reviewed_texts_are_named(self, cells, person):
        guide, editor = factory.guide(), person("editor")
        workflow.save_proposal(guide, editor, workflow.pending_or_live(guide) | {"title_en": "T"})
        workflow.perform(guide, "return", person("publisher"), note="Lebih pendek.")
        assert cells(guide) == [["published"], ["returned"]]
        assert cells(workflow.perform(factory.guide(state=State.DRAFT), "submit", editor)) == [["in_review"]] * 2

    @pytest.mark.parametrize(
        ("query", "is_shown"),
        [
            ("kind=guide", True),
            ("kind=quiz", False),
            ("state=stale", True),
            ("state=stale&language=en", True),
            ("state=stale&language=id", False),
            ("state=draft", False),
            ("state=work&language=en", True),
            ("person=w", True),
            ("person=-", False),
            ("person=translator", False),
            ("state=nonsense&kind=nonsense&language=xx", True),
        ],
    )
    def test_matrix_shows_what_is_chosen(self, cells, behind, query, is_shown):
        assert (cells(behind, f"?{query}") is not None) is is_shown

    def test_starter_text_is_written_by_nobody_here(self, cells):
        assert cells(factory.guide(), "?person=-")

    def test_matrix_shows_which_alt_texts_are_missing(self, signed_in):
        words = {"both": ("Kunci", "Key"), "one": ("Laut", ""), "none": ("", "")}
        for title, (alt_ind, alt_en) in words.items():
            Picture.objects.create(title=title, alt_ind=alt_ind, alt_en=alt_en, credit="A", licence="CC0")
        Picture.objects.create(title="line", decorative=True, caption_ind="Garis", credit="A", licence="CC0")
        answer = signed_in("translator").get(reverse(PAGE), {"kind": "picture"})
        rows = {
            row.item.title: [marks[0] for _code, _name, marks in row.cells] for row in answer.context["kinds"][0][1]
        }
        names = {title: [mark.name for mark in marks] for title, marks in rows.items()}
        assert names["both"] == ["written", "written"]
        assert (names["one"], names["none"]) == (["written", "missing"], ["missing", "missing"])
        assert (names["line"], rows["line"][1].fields) == (["written", "missing"], ["caption"])
        assert 'alt_en"><span class="chip danger">' in answer.text

    def test_matrix_names_help_texts_by_their_person(self, signed_in):
        block = HelpBlock.objects.create(name="x", block="scam", person="child", number="police", title_ind="A")
        kinds = dict(signed_in("translator").get(reverse(PAGE), {"kind": "helpblock"}).context["kinds"])
        assert [str(row.item) for rows in kinds.values() for row in rows] == [str(block)]

    def test_matrix_needs_few_queries(self, signed_in, behind, django_assert_max_num_queries):
        client = signed_in("translator")
        client.get(reverse(PAGE))
        for _number in range(3):
            factory.guide()
        with django_assert_max_num_queries(12):
            client.get(reverse(PAGE))

    def test_matrix_shows_the_changed_sentence_with_its_link(self, signed_in, publish):
        old = '<p>Sama. <a href="https://lama.example/">Di sini</a>.</p>'
        guide = publish(factory.guide(body_ind=old), body_ind=old.replace("lama.example", "baru.example"))
        text = signed_in("translator").get(reverse(PAGE)).text.partition('<details class="source-changes">')[2]
        (shown,) = re.findall(r'<p class="compared" lang="id">(.*?)</p>', text.partition("</details>")[0])
        assert re.search(r"<del>.*https://lama\.example/.*</del><ins>.*https://baru\.example/.*</ins>", shown)
        assert "Sama." not in shown
        assert str(guide) in text.partition("</summary>")[0]

    def test_matrix_shows_a_part_of_a_long_change(self, signed_in, publish):
        publish(factory.guide(body_ind="<p>Lama.</p>"), body_ind=f"<p>{'kata baru ' * 1000}.</p><p>{'x' * 9000}</p>")
        text = signed_in("translator").get(reverse(PAGE)).text
        assert len(text.partition('<p class="compared"')[2].partition("</p>")[0]) < 2 * matrix_changes.MAX_LENGTH

    def test_matrix_compares_only_what_it_shows(self, signed_in, behind, monkeypatch):
        client = signed_in("translator")
        monkeypatch.setattr(matrix_changes, "MOST_COMPARED", 0)
        assert '<p class="compared"' not in client.get(reverse(PAGE)).text
        monkeypatch.undo()
        monkeypatch.setattr(matrix_changes.differences, "sentence_diff", lambda *texts: 1 / 0)
        assert client.get(reverse(PAGE), {"kind": "quiz"}).status_code == 200

    def test_matrix_needs_few_queries_with_many_changes(self, signed_in, publish, django_assert_max_num_queries):
        for number in range(3):
            publish(factory.guide(), body_ind=f"<p>Baru {number}.</p>")
            scenario = factory.SCENARIO | {"guide": None, "situation_ind": f"Lain {number}."}
            publish(factory.quiz(), scenarios=[scenario])
        client = signed_in("translator")
        client.get(reverse(PAGE))
        with django_assert_max_num_queries(12):
            text = client.get(reverse(PAGE)).text
        assert text.count('<p class="compared"') == 6
        assert "Lain 2." in text

    @pytest.mark.slow
    def test_matrix_can_show_only_open_work(self, cells, behind):
        assert cells(behind, "?work=1")
        assert cells(factory.guide(), "?work=1") is None

    def test_matrix_leaves_out_unpublished_items(self, cells):
        assert cells(factory.guide(state=State.ARCHIVED)) is None

    @pytest.mark.slow
    def test_matrix_cell_links_to_the_work(self, signed_in, behind):
        client = signed_in("translator")
        (link,) = re.findall(r'href="([^"#]+)#(field-body_en)"', client.get(reverse(PAGE)).text)
        assert f'id="{link[1]}"' in client.get(link[0]).text

    def test_dashboard_counts_outdated_and_links_the_matrix(self, signed_in, behind):
        (panel,) = (p for p in signed_in("editor").get(reverse("admin:index")).context["panels"] if "rows" in p)
        assert [row["count"] for row in panel["rows"] if row["address"] == f"{reverse(PAGE)}?work=1"] == [1]

    def test_dashboard_links_the_matrix_without_open_work(self, signed_in):
        assert f'href="{reverse(PAGE)}"' in signed_in("translator").get(reverse("admin:index")).text

    def test_matrix_is_for_editors_only(self, signed_in):
        assert signed_in("moderator").get(reverse(PAGE)).status_code == 403


def test_unpublished_guide_stays_sensitive_for_approval(person):
    publisher = person("publisher")
    guide = workflow.perform(factory.guide(sensitive=True), "archive", person("publisher", "other"), note="Salah.")
    Guide.objects.update(sensitive=False)
    workflow.save_proposal(guide, publisher, workflow.pending_or_live(Guide.objects.get(pk=guide.pk)))
    assert workflow.ACTIONS["publish"].refusal(Guide.objects.get(pk=guide.pk), publisher)


def test_form_fills_in_each_address_from_its_title(signed_in):
    page = signed_in("editor").get(reverse("admin:education_guide_add")).text
    script = page.partition('id="django-admin-prepopulated-fields-constants"')[2].partition(">")[0]
    assert all(name in script for name in ("id_slug_ind", "id_title_ind", "id_slug_en", "id_title_en"))
