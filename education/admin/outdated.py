"""Show editors which fields are out of date, how the other language changed, and what they can do."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from education.models import Publishable
from education.publishing import translation_status, workflow
from education.translation import language_name
from safetycenter.transitions import available

from . import differences
from .anchors import anchor


@dataclass(frozen=True)
class OutdatedField:
    """One out-of-date field for editors, with the diff of the other language since then."""

    gap: translation_status.Outdated
    label: str
    source: str
    pieces: list[tuple[str, str]]
    anchor: str


def outdated_panel(request: HttpRequest, item: Publishable) -> dict:
    """Return the context of ``education/admin/_outdated.html``.

    ``item`` may hold a proposal, so the published text is loaded again.
    """
    row = type(item).objects.get(pk=item.pk) if item.outdated_fields else item
    return {
        "outdated_fields": [_outdated_field(row, gap) for gap in translation_status.outdated_entries(row)],
        "may_confirm": "confirm" in available(workflow.ACTIONS, item, request.user),
        "confirm_address": reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, "confirm"]),
    }


def mark_fields(form: Any, item: Publishable, text: str) -> None:
    """Set ``text`` as the help text of every input of ``form`` whose language is out of date."""
    for name in item.outdated_fields:
        if name in form.fields:
            form.fields[name].help_text = text
            form.fields[name].is_outdated = True


def _outdated_field(item: Publishable, gap: translation_status.Outdated) -> OutdatedField:
    pieces = differences.text_diff(gap.source_then, gap.source_now)
    label = translation_status.label(item, gap.field, gap.language)
    place = gap.field if gap.field in translation_status.ROWS else gap.column
    return OutdatedField(gap, label, language_name(gap.source), pieces, anchor(place))
