"""What the link button offers, and that one stored address serves every language."""

import pytest
from django.urls import reverse

from education.publishing import checks, workflow

from . import factory

pytestmark = pytest.mark.django_db


def found(client, query: str, language: str = "id") -> dict[str, str]:
    """The targets by address."""
    answer = client.get(reverse("admin:education_link_targets", args=[language]), {"q": query})
    return {target["href"]: target["name"] for group in answer.json()["groups"] for target in group["targets"]}


def test_targets_are_found_by_name_in_either_language(signed_in):
    guide = factory.guide(title_ind="Verifikasi dua langkah", title_en="Two-step verification")
    line, term = factory.helpline("SAPA dua", "129"), factory.term(term_ind="dua faktor")
    factory.guide(title_ind="Dua yang draf", state="draft")
    client = signed_in("translator")
    assert found(client, "dua") == {
        f"/id/p/{guide.number}/": "Verifikasi dua langkah",
        f"/id/bantuan/#n{line.pk}": "SAPA dua",
        f"/id/glosarium/#n{term.pk}": "dua faktor",
    }
    assert found(client, "two step", "en") == {f"/en/p/{guide.number}/": "Two-step verification"}


def test_guide_is_found_by_its_number(signed_in):
    guide = factory.guide(number=9417)
    client = signed_in("author")
    for query in ("9417", "p/9417"):
        assert f"/id/p/{guide.number}/" in found(client, query)


def test_fixed_pages_topics_quizzes_and_the_form_are_offered(signed_in):
    factory.page("privacy", title_ind="Privasi kita")
    topic, quiz = factory.topic(title_ind="Uang kita"), factory.quiz(title_ind="Coba kita")
    client = signed_in("editor")
    addresses = {"/id/privasi/", f"/id/t/{topic.pk}/", reverse("education:quiz_by_number", args=[quiz.number])}
    assert found(client, "kita").keys() == addresses
    assert "/id/lapor/" in found(client, "lapor")


def test_targets_are_for_editors(signed_in, client):
    address = reverse("admin:education_link_targets", args=["id"])
    assert client.get(address).status_code == 302
    assert signed_in("moderator").get(address).status_code == 403
    assert signed_in("editor").get(address.replace("/id/", "/xx/")).status_code == 404


def test_every_offered_address_passes_the_checks(signed_in):
    factory.guide(), factory.helpline("a", "129"), factory.term(), factory.page(), factory.quiz()
    for href in found(signed_in("editor"), ""):
        text = f'<h2>Satu</h2><p><a href="{href}">Baca</a></p>'
        guide = factory.guide(body_ind=text)
        assert not [one for one in checks.findings(workflow.candidate_for(guide)) if one.level == checks.ERROR], href


@pytest.mark.parametrize("kind", ["helplines", "glossary"])
def test_link_to_an_entry_that_readers_do_not_see_blocks(kind):
    item = factory.helpline("a", "129") if kind == "helplines" else factory.term()
    href = reverse(f"education:{kind}") + f"#n{item.pk}"
    guide = factory.guide(body_ind=f'<h2>Satu</h2><p><a href="{href}">Baca</a></p>')
    type(item).objects.update(state="archived")
    levels = [one.level for one in checks.findings(workflow.candidate_for(guide)) if "Baca" in one.text]
    assert levels == [checks.ERROR]


@pytest.mark.parametrize("field", ["short_answer_ind", "checklist_ind"])
def test_broken_link_blocks_in_every_field_that_shows_links(field):
    guide = factory.guide(**{field: 'Lihat <a href="/id/p/98765/">ini</a>.'})
    found = [one for one in checks.findings(workflow.candidate_for(guide)) if one.field == field]
    assert [one.level for one in found] == [checks.ERROR]


def test_broken_link_in_a_quiz_blocks():
    quiz = factory.quiz()
    quiz.scenarios.update(because_1_ind='Lihat <a href="/id/p/98765/">ini</a>.')
    levels = [one.level for one in checks.findings(workflow.candidate_for(quiz)) if "98765" in one.text]
    assert levels == [checks.ERROR]


def test_copied_link_leads_to_the_page_in_the_readers_language(visit):
    guide, line = factory.guide(), factory.helpline("a", "129")
    copied = (
        f'<a href="/id/p/{guide.number}/">a</a> <a href="/id/privasi/">b</a> <a href="/id/bantuan/#n{line.pk}">c</a>'
    )
    text = visit(factory.guide(body_en=f"<p>{copied}</p>"), "en").text
    shown = text.split('class="prose"')[1].split("</div>")[0]
    assert f'href="/en/guides/{guide.slug_en}/"' in shown
    assert 'href="/en/privacy/"' in shown
    assert f'href="/en/help/#n{line.pk}"' in shown
    assert 'href="/id/' not in shown


def test_heading_says_how_many_links_lead_to_it(signed_in):
    text = '<h2 id="s1">Satu</h2><p><a href="#s2">x</a></p><h2 id="s2">Dua</h2>'
    guide = factory.guide(body_ind=text)
    factory.guide(body_ind=f'<p><a href="/id/p/{guide.number}/#s2">y</a> <a href="/id/p/{guide.number}/">z</a></p>')
    page = signed_in("editor").get(reverse("admin:education_guide_change", args=[guide.pk])).text
    row = page.split("<code>#s2</code>")[1].split("</li>")[0]
    assert "2 tautan" in row
    assert "tautan" not in page.split("<code>#s1</code>")[1].split("</li>")[0]
