"""The checklist of a case: its texts go into the reply, its ticks stay with the case."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from education.models import Audience, Channel, Helpline
from reports.cases.lifecycle import perform
from reports.models import Case, ChecklistItem, Event
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
TYPED = "Halo, selamat pagi."
GAPS = "Ada yang bisa: [siapa]. Caranya: [cara]."


def tick(desk, case, **data):
    return desk.post(reverse("admin:reports_case_tick", args=[case.reference]), data)


def test_text_goes_below_what_was_typed(held, client):
    page = act(client, held, "reply", put="bully-sapa", text=TYPED).text
    assert f"{TYPED}\n\nAda yang bisa mendengarkan" in page
    assert not held.messages.exists()


def test_text_has_the_number_of_the_directory(held, client):
    Channel.objects.update(value="0800-123-456")
    Helpline.objects.get().save()  # as publishing does
    assert "0800-123-456" in act(client, held, "reply", put="bully-sapa", text=TYPED).text


def test_text_for_a_parent_speaks_to_the_parent(checklists, file, client, moderator):
    client.force_login(moderator)
    case = file(about="my_child", category="cyberbullying").case
    act(client, case, "claim")
    page = client.get(page_of(case)).text
    register = {"formal": "1"} if 'name="formal" value="1"' in page else {}
    text = act(client, case, "reply", put="bully-sapa", text="", **register).context["message_form"]["text"].value()
    assert ("laporan Anda" in text, "kamu" in text) == (True, False), text


@pytest.mark.slow
def test_text_names_a_guide_by_its_neutral_address(held, client):
    assert "/id/p/3/" in act(client, held, "reply", put="bully-guide", text=TYPED).text


@pytest.mark.slow
def test_text_without_its_helpline_is_not_added(held, client):
    Helpline.objects.get().delete()
    page = act(client, held, "reply", put="bully-sapa", text=TYPED).text
    assert "Ada yang bisa mendengarkan" not in page
    assert TYPED in page


@pytest.mark.slow
def test_script_gets_the_text_only(held, client):
    address = reverse("admin:reports_case_act", args=[held.reference, "reply"])
    answer = client.post(address, {"put": "thanks"}, headers={"X-Requested-With": "fetch"})
    assert (answer.text, answer.headers["Content-Type"][:10]) == (
        "Terima kasih sudah menulis kepada kami.",
        "text/plain",
    )


def test_item_put_into_the_reply_fills_the_open_gaps(held, client):
    text = act(client, held, "reply", put="bully-sapa", text=GAPS).context["message_form"]["text"].value()
    name = str(Helpline.objects.get())
    assert text.startswith(f"Ada yang bisa: {name}. Caranya: ")
    assert "08111-129-129" in text.removeprefix(f"Ada yang bisa: {name}")
    assert "Ada yang bisa mendengarkan" not in text


@pytest.mark.parametrize(("typed", "whole"), [(GAPS, "1"), (TYPED, None)])
def test_script_gets_the_whole_text_when_it_filled_a_gap(held, client, typed, whole):
    address = reverse("admin:reports_case_act", args=[held.reference, "reply"])
    given = {"put": "bully-sapa", "text": typed}
    answer = client.post(address, given, headers={"X-Requested-With": "fetch"})
    assert answer.headers.get("X-Whole-Text") == whole
    assert answer.text.startswith("Ada yang bisa: " if whole else "Ada yang bisa mendengarkan")


@pytest.mark.safety("H27")
@pytest.mark.parametrize("ticked", [True, False])
def test_template_names_only_a_helpline_that_was_ticked(held, client, ticked):
    call_command("load_replies", stdout=StringIO())
    tick(client, held, **{"tick" if ticked else "untick": "bully-sapa"})
    page = act(client, held, "reply", fill="1", template="out-of-scope:id")
    text = page.context["message_form"]["text"].value()
    assert ("08111-129-129" in text, "[siapa]" in text) == (ticked, not ticked)


def test_tick_keeps_what_was_typed_and_names_its_person(held, client, moderator):
    page = tick(client, held, tick="thanks", text=TYPED).text
    assert TYPED in page
    assert 'value="thanks" role="checkbox" aria-checked="true"' in page
    event = Event.objects.get(action="tick")
    assert (event.by, event.facts["item"]) == (moderator, "thanks")


@pytest.mark.slow
def test_tick_survives_a_hand_over(held, client, person):
    tick(client, held, tick="thanks")
    colleague = person("moderator", "colleague")
    perform(held, "offer", by=Case.objects.get().handler, to=colleague)
    perform(held, "accept", by=colleague)
    client.force_login(colleague)
    assert 'name="untick" value="thanks"' in client.get(page_of(held)).text


def test_tick_can_be_taken_back(held, client):
    tick(client, held, tick="thanks")
    tick(client, held, untick="thanks")
    assert 'name="tick" value="thanks"' in client.get(page_of(held)).text


def test_tick_is_refused_to_somebody_else(held, client, person):
    client.force_login(person("moderator", "another"))
    tick(client, held, tick="thanks")
    assert not Event.objects.filter(action="tick").exists()


@pytest.mark.parametrize(("age", "audience", "goes_in"), [("13_15", "everyone", False), ("adult", "everyone", True)])
def test_guide_for_adults_goes_into_replies_about_adults(checklists, file, client, moderator, age, audience, goes_in):
    Audience.objects.update(key=audience)
    client.force_login(moderator)
    case = file(age=age, category="cyberbullying").case
    act(client, case, "claim")
    page = act(client, case, "reply", put="bully-guide", text=TYPED)
    assert ("/id/p/3/" in page.context["message_form"]["text"].value()) == goes_in
    assert ("bukan untuk pembaca ini" in page.text) != goes_in


@pytest.mark.parametrize(("audience", "status"), [("everyone", 302), ("parents", 200)])
def test_item_for_a_child_names_no_guide_for_parents(checklists, person, client, audience, status):
    Audience.objects.update(key=audience)
    client.force_login(person("supervisor"))
    item = ChecklistItem.objects.get(key="bully-guide")
    names = ("kind", "category_id", "order", "title_ind", "title_en", "text_ind", "text_en", "certainty", "guide")
    form = {name.removesuffix("_id"): getattr(item, name) for name in names} | {"active": "on"}
    answer = client.post(reverse("admin:reports_checklistitem_change", args=[item.pk]), form)
    assert answer.status_code == status, answer.context["adminform"].form.errors
