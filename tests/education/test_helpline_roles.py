"""Which helpline answers in which situation: chosen in the admin, shown on the pages, never an unpublished one."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from education.helplines import emergency, selection
from education.models import Helpline, HelplineRole
from education.publishing import checks, workflow
from education.starter import emergency as shipped
from education.starter import files
from tests.education.tags import render_tag

from . import factory

pytestmark = pytest.mark.django_db
CRISIS = '{% helplines_short "crisis" %}'


@pytest.fixture
def choose(signed_in):
    """``choose("publisher", "crisis", line)``: the answer to a choice in the admin."""

    def send(account, role, line):
        row = HelplineRole.objects.get(role=role)
        address = reverse("admin:education_helplinerole_change", args=[row.pk])
        return signed_in(account).post(address, {"helpline": line.pk})

    return send


def test_starter_file_gives_every_role_a_shipped_helpline():
    assert set(shipped.roles()) == set(HelplineRole.Role.values)
    assert set(shipped.roles().values()) <= {item["slug"] for item in files.items("helplines")}


def test_loading_sets_the_roles_and_keeps_what_an_editor_chose(starter):
    assert HelplineRole.objects.exclude(helpline=None).count() == len(HelplineRole.Role)
    line = factory.helpline("lain", "1500-999")
    factory.role("money", line)
    call_command("load_starter_content", verbosity=0)
    assert HelplineRole.objects.get(role="money").helpline == line


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["id", "en"])
def test_changed_role_changes_a_stored_page(reader, there, choose, starter, language):
    address = there("education:about", language=language)
    line = factory.helpline("polisi-baru", "1500-110", emergency=True, kind="emergency")
    assert b'href="tel:110"' in reader.get(address).body
    assert choose("publisher", "police", line).status_code == 302
    bar = reader.get(address).body.partition(b'<aside class="emergency-bar"')[2].partition(b"</aside>")[0]
    assert (b'href="tel:1500110"' in bar, b'href="tel:110"' in bar) == (True, False)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_changed_role_changes_a_page_of_the_search(client, there, choose, starter, language):
    assert choose("editor", "violence", factory.helpline("perempuan", "1500-777")).status_code == 302
    page = client.get(there("education:search", language=language), {"q": "dipukul suami"}).text
    assert "tel:1500777" in page


def test_page_of_a_role_offers_no_deletion_of_a_helpline(signed_in, starter):
    row = HelplineRole.objects.get(role="money")
    page = signed_in("publisher").get(reverse("admin:education_helplinerole_change", args=[row.pk])).text
    assert ("change_id_helpline" in page, "delete_id_helpline" in page) == (True, False)


def test_editor_cannot_choose_who_answers_in_danger(choose, starter):
    assert choose("editor", "police", factory.helpline("lain", "1500-999", emergency=True)).status_code == 403


def test_author_cannot_choose_a_helpline_for_a_role(choose, starter):
    assert choose("author", "money", factory.helpline("lain", "1500-999")).status_code == 403


@pytest.mark.sampled(2)
@pytest.mark.parametrize("fields", [{"state": "draft"}, {"status": "retired"}])
def test_role_refuses_a_helpline_that_readers_cannot_see(choose, starter, fields):
    assert choose("publisher", "money", factory.helpline("lain", "1500-999", **fields)).status_code == 200
    assert HelplineRole.objects.get(role="money").helpline.slug == "iasc"


def test_role_refuses_a_helpline_without_a_channel(choose, starter):
    answer = choose("publisher", "money", factory.helpline("lain"))
    assert "helpline" in answer.context["adminform"].form.errors
    assert HelplineRole.objects.get(role="money").helpline.slug == "iasc"


@pytest.mark.sampled(2)
@pytest.mark.safety("K3")
@pytest.mark.parametrize(("value", "is_fixed"), [("1500-999", False), ("wa:08111000111", True)])
def test_bar_refuses_a_helpline_that_cannot_answer_it(choose, starter, value, is_fixed):
    assert choose("publisher", "police", factory.helpline("lain", value, emergency=is_fixed)).status_code == 200
    assert HelplineRole.objects.get(role="police").helpline.slug == "polri-110"


@pytest.mark.safety("K14")
@pytest.mark.parametrize(("language", "words"), [("id", "Teman Anak"), ("en", "Kids Line")])
def test_bar_names_the_helpline_of_its_chat(client, there, choose, starter, language, words):
    names = {"name_ind": "Teman Anak 500 (layanan baru)", "name_en": "Kids Line 500 (a new service)"}
    line = factory.helpline("obrolan", "wa:08222-000-1111", emergency=True, **names)
    assert choose("publisher", "chat", line).status_code == 302
    page = client.get(there("education:about", language=language)).text
    bar = page.partition('<aside class="emergency-bar"')[2].partition("</aside>")[0]
    assert (f"WhatsApp {words}</span>" in bar, "SAPA" in bar) == (True, False)


LONG_NAME = {"name_ind": "Sahabat Perempuan (layanan)", "name_en": "Friends 129"}


def test_bar_refuses_a_chat_with_a_long_name(choose, starter):
    line = factory.helpline("obrolan", "wa:08222-000-1111", emergency=True, **LONG_NAME)
    errors = choose("publisher", "chat", line).context["adminform"].form.errors
    assert "Sahabat Perempuan" in str(errors["helpline"])
    assert HelplineRole.objects.get(role="chat").helpline.slug == "sapa-129"


def test_helpline_in_the_bar_is_not_renamed_to_a_long_name(person, starter):
    other, line = factory.helpline("lain", "1500-999"), Helpline.objects.get(slug="sapa-129")
    writer = person("publisher")
    for item in (other, line):
        workflow.save_proposal(item, writer, workflow.pending_or_live(item) | LONG_NAME)
    found = {(one.level, one.field) for one in checks.findings(workflow.candidate_for(line))}
    assert (checks.ERROR, "name_ind") in found
    assert (checks.ERROR, "name_en") not in found
    assert checks.ERROR not in {one.level for one in checks.findings(workflow.candidate_for(other))}


def test_role_of_unpublished_helpline_shows_emergency_set():
    factory.emergency_set()
    line = factory.helpline("krisis", "1500-999")
    factory.role("crisis", line)
    assert "tel:1500999" in render_tag(CRISIS)
    line.state = "archived"
    line.save()
    cards = render_tag(CRISIS)
    assert ("tel:1500999" in cards, "tel:112" in cards) == (False, True)


@pytest.mark.sampled(2)
@pytest.mark.safety("K3")
@pytest.mark.parametrize("change", [{"state": "archived"}, {"emergency": False}])
def test_bar_falls_back_to_the_shipped_number(starter, change):
    line = factory.helpline("polisi-baru", "1500-110", emergency=True)
    factory.role("police", line)
    assert emergency.emergency_bar()[0].channel.value == "1500-110"
    Helpline.objects.filter(pk=line.pk).update(**change)
    line.channels.first().save()  # raises the version
    assert emergency.emergency_bar()[0].channel.value == "110"


def test_two_roles_of_one_helpline_show_it_once(starter):
    slugs = [entry.helpline.slug for entry in selection.for_roles(["chat", "violence", "police"])]
    assert slugs == ["sapa-129", "polri-110"]


def test_wish_orders_its_roles_and_omits_unfit_ones(starter):
    wish = {"first": ["picture_minor"], "last": ["police"], "without": ["tiktok"]}
    slugs = ["tiktok-report", "polri-110", "sapa-129"]
    assert selection.wished(wish | {"slugs": slugs}) == ["takeitdown", "sapa-129", "polri-110"]


def test_first_page_of_editors_counts_roles_without_a_helpline(signed_in, starter):
    label = "Peran nomor bantuan tanpa nomor yang terbit"
    client = signed_in("editor")
    assert label not in client.get(reverse("admin:index"), headers={"accept-language": "id"}).text
    Helpline.objects.filter(slug="iasc").update(state="archived")
    assert label in client.get(reverse("admin:index"), headers={"accept-language": "id"}).text


def test_page_before_unpublishing_names_the_roles(signed_in, starter):
    line = Helpline.objects.get(slug="iasc")
    page = signed_in("publisher").get(reverse("admin:education_helpline_unpublish", args=[line.pk])).text
    assert reverse("admin:education_helplinerole_change", args=[line.roles.get().pk]) in page


@pytest.mark.safety("K3")
def test_number_that_is_not_everywhere_says_so_whatever_its_role(starter):
    factory.role("emergency", factory.helpline("lain", "1500-999", emergency=True))
    factory.role("ambulance", Helpline.objects.get(slug="darurat-112"))
    assert "di semua daerah" in render_tag('{% call_buttons "ambulance" %}')
