"""Pages of the admin of education, and what a browser sends from them."""

from django.urls import reverse

from education.models import Guide
from education.models.bilingual import LANGUAGES
from education.publishing import checks, workflow
from tests.education import factory

ROLES = ("author", "editor", "translator", "reviewer", "publisher")


def change_page(item) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_change", args=[item.pk])


def filled(client, item) -> dict:
    """What the browser would send from the change page of ``item``, with its rows, if nothing were typed."""
    context = client.get(change_page(item)).context
    forms = [context["adminform"].form]
    data = {context["writer_field"]["name"]: context["writer_field"]["value"]} if "writer_field" in context else {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        data |= {form[name].html_name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def send(client, item, **changes):
    """Send the change page of ``item`` as the browser would, with ``changes``; it must be accepted."""
    answer = client.post(change_page(item), filled(client, item) | changes)
    assert answer.status_code == 302
    return answer


def a_guide(**fields) -> Guide:
    """A guide with an audience, which the form asks for."""
    guide = factory.guide(**fields)
    guide.audiences.add(factory.audience(f"a{guide.number}", slug_ind=guide.slug_ind, slug_en=guide.slug_en))
    return guide


def proposal_page(item) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_proposal", args=[item.pk])


def act_page(item, name: str) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, name])


def act(client, item, name: str, **sent):
    """Press the button ``name`` on the page of the proposal, with every confirmation."""
    candidate = workflow.candidate_for(item, [sent["only"]] if "only" in sent else LANGUAGES)
    agreed = [finding.name for finding in checks.findings(candidate) if finding.level == checks.CONFIRM]
    sent = {"note": "Read.", "agreed": agreed} | sent
    return client.post(reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, name]), sent)
