"""What is behind in an item, on the pages of its editors: how the other language changed, and what can be done."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from education import staleness, workflow
from education.models import Publishable
from education.translation import language_name
from safetycenter.transitions import available

from . import differences
from .anchors import anchor


@dataclass(frozen=True)
class Shown:
    """One gap as editors see it: what is behind, and which words came and went in the other language since."""

    gap: staleness.Gap
    label: str
    source: str
    pieces: list[tuple[str, str]]
    anchor: str


def panel(request: HttpRequest, item: Publishable) -> dict:
    """The context of ``education/admin/_behind.html``; ``item`` may carry a proposal, readers' text is read anew."""
    row = type(item).objects.get(pk=item.pk) if item.behind else item
    return {
        "gaps": [_shown(row, gap) for gap in staleness.gaps(row)],
        "may_confirm": "confirm" in available(workflow.ACTIONS, item, request.user),
        "confirm_address": reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, "confirm"]),
    }


def mark_fields(form, item: Publishable, text: str) -> None:
    """Say ``text`` beside every input of ``form`` whose language is behind."""
    for name in item.behind:
        if name in form.fields:
            form.fields[name].help_text = text


def _shown(item: Publishable, gap: staleness.Gap) -> Shown:
    pieces = differences.of_texts(gap.said, gap.now)
    label = staleness.label(item, gap.field, gap.language)
    place = gap.field if gap.field in staleness.ROWS else gap.column
    return Shown(gap, label, language_name(gap.source), pieces, anchor(place))
