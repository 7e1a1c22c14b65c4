"""What is checked in each row beside its cells: the rules of the forms, addresses, numbers that nobody tried."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from education.models import Helpline, Revision
from education.models.bilingual import LANGUAGES, columns, has_slug
from education.models.revision import OPEN
from education.models.serialization import content_columns, relation_fields, row_names, stored_form
from education.rendering import heading_anchors, rich_text
from education.translation import column

from . import markup
from .kinds import Kind


def unknown_key(kind: Kind, key: str) -> str:
    """Return what is said about a key that no item has."""
    if not key:
        return _("This cell says which item the row is. It is empty.")
    text = _("No item here is called “%(key)s”. Check it for a typing error.") % {"key": key[:40]}
    new = _("If the row is a new item, tick “Rows with an unknown key are new items”.")
    return f"{text} {new}" if kind.creates and kind.key != "pk" else text


def empty_content(item: Model) -> dict:
    """Return the content of a new ``item``."""
    data = {field.name: getattr(item, field.attname) for field in content_columns(item)}
    return stored_form(data | {field.name: [] for field in relation_fields(item)} | {n: [] for n in row_names(item)})


def changed(item: Any) -> set[str]:
    """Return the names of what the row changes."""
    return {name for name, value in item.content.items() if value != item.before.get(name)}


def errors(kind: Kind, item: Any, shown: set[str], slugs: dict[str, str]) -> dict[str, list[str]]:
    """Return the sentences about each changed column of ``shown``, and complete the content of ``item``.

    ``slugs`` are the addresses of the earlier rows, with the key of their item.
    """
    _complete_channels(item)
    names = changed(item) & shown
    found = _markup_errors(item, names) | _switch_errors(kind, item)
    Revision(data=item.content).apply_to(item)
    for name, sentences in [*_model_errors(kind, item, names - found.keys()), *_slug_errors(kind, item, names, slugs)]:
        found.setdefault(name, []).extend(sentences)
    return found if item.pk else found | _nameless(item)


def _complete_channels(item: Any) -> None:
    """Give new channels their helpline. A helpline with a new number counts as unchecked, as in its form (K3)."""
    if item._meta.model is not Helpline or item.content["channels"] == item.before.get("channels"):
        return
    item.content["channels"] = [row | {"helpline": item.pk} for row in item.content["channels"]]
    numbers = [
        {(row["kind"], row["value"]) for row in data.get("channels", [])} for data in (item.before, item.content)
    ]
    if numbers[0] != numbers[1]:
        item.content |= {"verified_on": None, "source_date": None, "status": Helpline.Status.UNVERIFIED.value}
        item.content |= dict.fromkeys(columns("verified_by"), "")


def _markup_errors(item: Any, names: set[str]) -> dict[str, list[str]]:
    """Return the sentences about texts that cannot be stored. Rich text that can is cleaned, with its anchors."""
    found = {}
    for field in content_columns(item):
        text = item.content.get(field.name)
        if field.name not in names or not isinstance(text, str):
            continue
        if sentence := markup.refusal(field, text):
            found[field.name] = [sentence]
        elif markup.is_rich(field):
            before = item.before.get(field.name) or ""
            item.content[field.name] = heading_anchors.keep_anchors(rich_text.clean(text), before)
    return found


def _switch_errors(kind: Kind, item: Any) -> dict[str, list[str]]:
    text = _("This protects readers. Turn it off in the form of the item, not in a table.")
    return {name: [text] for name in kind.keeps_on if item.before.get(name) and not item.content[name]}


def _model_errors(kind: Kind, item: Any, names: set[str]) -> list[tuple[str, list[str]]]:
    checked = names if item.pk else names | _required(item) | ({kind.key} - {"pk"})
    try:
        item.full_clean(exclude={field.name for field in item._meta.get_fields()} - checked)
    except ValidationError as error:
        return list(error.message_dict.items())
    return []


def _required(item: Any) -> set[str]:
    """Return the shared columns that a new item cannot do without."""
    return {field.name for field in content_columns(item) if not (field.blank or field.null or field.has_default())}


def _slug_errors(kind: Kind, item: Any, names: set[str], slugs: dict[str, str]) -> list[tuple[str, list[str]]]:
    found, key = [], str(getattr(item, kind.key))
    for name in [name for name in columns("slug") if name in names and kind.key != "slug"]:
        slug = item.content[name]
        if slug and (slugs.setdefault(slug, key) != key or _is_taken(item, slug)):
            found.append((name, [_("Another item has this address, in one of the languages or in a draft change.")]))
    return found


def _is_taken(item: Any, slug: str) -> bool:
    if type(item)._default_manager.filter(has_slug(slug)).exclude(pk=item.pk).exists():
        return True
    drafts = Revision.objects.filter(content_type=ContentType.objects.get_for_model(item), status__in=OPEN)
    in_drafts = Q(*((f"data__{name}", slug) for name in columns("slug")), _connector=Q.OR)
    return drafts.filter(in_drafts).exclude(object_id=item.pk).exists()


def _nameless(item: Any) -> dict[str, list[str]]:
    """Return the sentence about a new item that has no name in any language."""
    named = getattr(item, "required_fields", ())[:1]
    if not named or any(item.content[column(named[0], code)] for code in LANGUAGES):
        return {}
    return {column(named[0], LANGUAGES[0]): [_("A new item needs this in at least one language.")]}
