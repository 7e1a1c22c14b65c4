"""Lists of the form as HTML: choices and steps. A template for each of their rows would take most of a page's time."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..intake.choice_widgets import buttons, folded_buttons, folded_groups
from ..intake.steps import Progress

register = template.Library()
register.filter("folded_groups", folded_groups)
register.filter("buttons", buttons)
register.filter("folded_buttons", folded_buttons)


@register.filter
def petals(progress: Progress) -> SafeString:
    """Return a mark for each step, the present one in another colour."""
    return format_html_join("", '<i class="{}"></i>', ((step.state,) for step in progress.steps))


@register.filter
def step_rows(progress: Progress) -> SafeString:
    """Return a row with the title of each step."""
    current = {"now": format_html(' aria-current="{}"', "step")}
    rows = ((step.state, current.get(step.state, ""), step.title) for step in progress.steps)
    return format_html_join("", '<li class="{}"{}>{}</li>', rows)
