"""The side-by-side page, and what a browser sends from it."""

from django.urls import reverse

from education.models import Revision


def side_page(item, to: str = "en", show: str = "all") -> str:
    return reverse(f"admin:education_{item._meta.model_name}_sides", args=[item.pk]) + f"?to={to}&show={show}"


def shown(answer) -> dict:
    """The fields of the page by the name of their input."""
    return {one.cell.name: one for group in answer.context["groups"] for one in group.fields}


def filled(answer) -> dict:
    """What the browser would send from the page if nothing were typed."""
    data = {}
    for name, one in shown(answer).items():
        if one.bound is not None:
            data |= {name: one.bound.value() or "", f"seen-{name}": one.fingerprint}
    return data


def write(client, item, to: str = "en", press: str = "all", **typed):
    """Open the page, type ``typed`` and press *Save* of one field, or of all."""
    answer = client.get(side_page(item, to))
    return client.post(side_page(item, to), filled(answer) | typed | {"save": press})


def proposed(item) -> dict:
    """The text that waits for a publisher."""
    return Revision.objects.waiting_proposal(item).data
