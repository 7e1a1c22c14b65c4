"""Lists of the form as HTML: choices and steps. A template for each of their rows would take most of a page's time."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..intake.choice_widgets import folded_groups, labels
from ..intake.steps import Progress

register = template.Library()
register.filter("labels", labels)
register.filter("folded_groups", folded_groups)


@register.filter
def petals(progress: Progress) -> SafeString:
    """Return a mark for each step, the present one in another colour."""
    return mark_safe("".join(f'<i class="{step.state}"></i>' for step in progress.steps))  # noqa: S308 - our words


@register.filter
def step_rows(progress: Progress) -> SafeString:
    """Return a row with the title of each step."""
    current = {"now": ' aria-current="step"'}
    rows = (
        f'<li class="{step.state}"{current.get(step.state, "")}>{escape(str(step.title))}</li>'
        for step in progress.steps
    )
    return mark_safe("".join(rows))  # noqa: S308 - each title is escaped
