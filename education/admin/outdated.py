"""What is behind in an item, on the pages of its editors: how the other language changed, and what can be done."""

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
    """One gap as editors see it: what is behind, and which words came and went in the other language since."""

    gap: translation_status.Outdated
    label: str
    source: str
    pieces: list[tuple[str, str]]
    anchor: str


def panel(request: HttpRequest, item: Publishable) -> dict:
    """The context of ``education/admin/_behind.html``; ``item`` may carry a proposal, readers' text is read anew."""
    row = type(item).objects.get(pk=item.pk) if item.behind else item
    return {
        "gaps": [_shown(row, gap) for gap in translation_status.gaps(row)],
        "may_confirm": "confirm" in available(workflow.ACTIONS, item, request.user),
        "confirm_address": reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, "confirm"]),
    }


def mark_fields(form: Any, item: Publishable, text: str) -> None:
    """Say ``text`` beside every input of ``form`` whose language is behind."""
    for name in item.behind:
        if name in form.fields:
            form.fields[name].help_text = text


def _shown(item: Publishable, gap: translation_status.Outdated) -> OutdatedField:
    pieces = differences.of_texts(gap.said, gap.now)
    label = translation_status.label(item, gap.field, gap.language)
    place = gap.field if gap.field in translation_status.ROWS else gap.column
    return OutdatedField(gap, label, language_name(gap.source), pieces, anchor(place))
