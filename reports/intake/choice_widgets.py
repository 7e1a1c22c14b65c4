"""Choices without a template: Django renders four for each choice, and a page has up to 17."""

from collections.abc import Callable
from html import escape  # Django's own also takes texts that are not translated yet, and takes ten times as long
from typing import Any

from django import forms
from django.utils.safestring import SafeData, SafeString, mark_safe


class _OptionsWithoutTemplate:
    """A choice widget whose options are made here, with the same attributes as in Django's templates."""

    option_template_name: Any

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """Return the ``<input>`` of one option; with its label, or for all options together, leave it to Django."""
        widget = context["widget"]
        if template_name != self.option_template_name or widget["wrap_label"]:
            return super()._render(template_name, context, renderer)  # type: ignore[misc]
        facts = {"type": widget["type"], "name": widget["name"], "value": str(widget["value"])} | widget["attrs"]
        made = "".join(_attribute(name, value) for name, value in facts.items() if value is not False)
        return mark_safe(f"<input{made}>")  # noqa: S308 - each part is escaped


class Radios(_OptionsWithoutTemplate, forms.RadioSelect):
    """Radio buttons."""


class Checkboxes(_OptionsWithoutTemplate, forms.CheckboxSelectMultiple):
    """Checkboxes."""


def buttons(radios: Any) -> SafeString:
    """Return a button for each of ``radios``, those of a bound field: it sends the form with this answer."""
    return mark_safe("\n".join(_button({"widget": radio, "hint": ""}) for radio in radios))  # noqa: S308 - escaped


def folded_groups(groups: list[dict]) -> SafeString:
    """Return the choices of ``summary.groups``, each with text and hint; a group with a heading is a fold.

    A group that ``asks`` something has its question and a note above the choices; what it ``says`` comes before them.
    """
    return mark_safe("\n".join(_group(group, _label_with_hint) for group in groups))  # noqa: S308 - escaped


def folded_buttons(groups: list[dict]) -> SafeString:
    """Return the same as ``folded_groups`` with buttons: where the page asks nothing else, one press answers it."""
    return mark_safe("\n".join(_group(group, _button) for group in groups))  # noqa: S308 - each part is escaped


def _group(group: dict, choice: Callable[[dict], str]) -> str:
    made = "\n".join(map(choice, group["options"]))
    choices = f'<div class="choices{" inline" if group.get("is_short") else ""}">{made}</div>'
    if not group["heading"]:
        return choices
    hint = f"<small>{_escaped(group['hint'])}</small>" if group.get("hint") else ""
    said = f"<span>{_escaped(group['heading'])}{hint}</span>"
    if asks := group.get("asks"):
        legend, note = map(_escaped, asks)
        choices = f'<fieldset class="asks"><legend>{legend}</legend><p class="hint">{note}</p>{choices}</fieldset>'
    if says := group.get("says"):
        choices = f'<p class="hint">{_escaped(says)}</p>{choices}'
    is_open = " open" if group["is_chosen"] else ""
    return (
        f'<details class="disclosure choice-group" name="groups"{is_open}><summary>{said}</summary>{choices}</details>'
    )


def _label_with_hint(option: dict) -> str:
    widget = option["widget"]
    again = option.get("again")  # a choice that the page has twice; the second has no id and is never checked
    tag = f'<input type="radio" name="answer" value="{_escaped(widget.data["value"])}">' if again else widget.tag()
    hint = f"<small>{_escaped(option['hint'])}</small>" if option["hint"] else ""
    return f'<label class="choice">{tag} <span>{_escaped(widget.choice_label)}{hint}</span></label>'


def _button(option: dict) -> str:
    data = option["widget"].data
    is_chosen = "" if option.get("again") or not data["selected"] else ' aria-current="true"'
    known = "" if option.get("again") else f' id="{_escaped(data["attrs"]["id"])}"'
    hint = f"<small>{_escaped(option['hint'])}</small>" if option["hint"] else ""
    return (
        f'<button class="choice sends" name="{_escaped(data["name"])}" value="{_escaped(data["value"])}"'
        f"{known}{is_chosen}><span>{_escaped(data['label'])}{hint}</span></button>"
    )


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{_escaped(value)}"'


def _escaped(text: Any) -> str:
    said: str = str(text)
    return said if isinstance(said, SafeData) else escape(said)
