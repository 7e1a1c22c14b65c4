"""What the buttons of the side-by-side page do. Whatever is not saved comes back in its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from education.models import Revision
from education.publishing import text_edits, workflow
from education.publishing.cells import Cell
from education.publishing.unsaved import NOTE, Offer, UnsavedTexts
from education.rendering import heading_anchors, marked_words
from education.translation import column
from safetycenter import kept_form
from safetycenter.transitions import NotAllowed

from . import differences, done, rich_pictures
from .side_fields import SideField, SideTexts, is_rich

if TYPE_CHECKING:
    from .side_by_side import SideBySideMixin, SidePage

STEPS = ("confirm", "not_needed", "needed")  # steps of the workflow that change no word
MAX_NOTE_LENGTH = 200


@dataclass(frozen=True)
class Typed:
    """A text in an input, and the fingerprint of what its writer saw there."""

    text: str
    seen: str


def typed_texts(page: "SidePage") -> dict[str, Typed]:
    """Return everything that was sent, by the name of the cell."""
    sent = page.request.POST
    return {
        cell.name: Typed(sent[cell.name].replace("\r\n", "\n"), sent.get(f"seen-{cell.name}", ""))
        for cell in page.texts.cells()
        if cell.name in sent
    }


def run(admin: "SideBySideMixin", page: "SidePage") -> str:
    """Do what the pressed button says. Return the name of the text that it was about, empty if nothing was done."""
    sent = page.request.POST
    page.typed = typed_texts(page)
    if kept_form.KEPT_FIELD in sent:
        messages.warning(page.request, _("This is the text you typed. It is not saved yet. Check it, then save it."))
        return ""
    for name in STEPS:
        if name in sent:
            return _step(admin, page, name, sent[name])
    wanted = sent.get("save", "all")
    names = [name for name in page.typed if _is_changed(admin, page, name)] if wanted == "all" else [wanted]
    return _save(admin, page, [name for name in names if name in page.typed])


def unsaved(admin: "SideBySideMixin", page: "SidePage") -> dict[str, Typed]:
    """Return what was typed and differs from the newest text."""
    return {name: typed for name, typed in page.typed.items() if _is_changed(admin, page, name)}


def restore_typed(texts: SideTexts, shown: SideField, typed: Typed | None) -> None:
    """Put back what was typed and not saved, or what was withdrawn before readers saw it in this language.

    If somebody else saved the text in the meantime, the difference is shown, and saving again is allowed.
    """
    if typed is None:
        shown.typed = None if shown.text else texts.withdrawn.get(shown.cell.name)
        return
    shown.typed = typed.text
    if shown.errors and typed.seen != shown.fingerprint:
        shown.theirs = differences.text_diff(shown.text, typed.text)
    elif typed.seen:
        shown.fingerprint = typed.seen


def put_back(page: "SidePage", offers: list[Offer]) -> None:
    """Put what was typed before into the fields of ``page``. What was saved again since is shown as a difference."""
    for offer in offers:
        if offer.name == NOTE:
            page.note = offer.text.text
        if offer.cell is None or offer.cell.language != page.target:
            continue
        page.typed[offer.name] = Typed(offer.text.text, offer.text.seen)
        page.errors.pop(offer.name, None)
        if offer.is_newer:
            page.errors[offer.name] = [
                _("This was saved again since you typed yours. Compare the two, then save again.")
            ]


def _step(admin: "SideBySideMixin", page: "SidePage", name: str, value: str) -> str:
    note = page.request.POST.get("note", "")[:MAX_NOTE_LENGTH]
    try:
        workflow.perform(page.item, name, page.request.user, note, {value})
    except NotAllowed as refusal:
        messages.error(page.request, str(refusal))
        return ""
    label = workflow.ACTIONS[name].label
    admin.log_change(page.request, page.item, [str(label)])
    messages.success(page.request, done.message(name))
    return value.rsplit("-", 1)[0] if name == "confirm" else value


def _save(admin: "SideBySideMixin", page: "SidePage", names: list[str]) -> str:
    cells = {cell.name: cell for cell in page.texts.cells()}
    edits = [edit for name in names for edit in _edits(admin, page, cells[name])]
    if page.errors:
        return ""
    sent = page.request.POST
    note, minor = sent.get("note", "")[:MAX_NOTE_LENGTH], "minor" in sent
    try:
        revision = text_edits.save(page.item, edits, page.request.user, note, minor) if edits else None
    except NotAllowed as refusal:
        messages.error(page.request, str(refusal))
        return ""
    except text_edits.TextMovedError as moved:
        _tell_who_moved(page, moved.cells)
        return ""
    _tell_saved(admin, page, revision, names)
    UnsavedTexts(page.item, page.request.user).forget(names=[*names, NOTE])
    page.typed = {name: typed for name, typed in page.typed.items() if name not in names}
    return names[-1] if names else ""


def _edits(admin: "SideBySideMixin", page: "SidePage", cell: Cell) -> Iterator[text_edits.Edit]:
    """Yield the change of ``cell``, and of an empty address that a title fills. What is wrong goes to the errors."""
    typed = page.typed[cell.name]
    text = _cleaned(admin, page, cell, typed.text)
    if text is None:
        return
    if marked_words.is_same(text, cell.read(page.texts.data)):
        return
    yield text_edits.Edit(cell, text or _empty(page, cell), page.source, typed.seen)
    if address := _address_for_title(page, cell, text):
        address_cell = Cell("slug", cell.language)
        seen = address_cell.fingerprint(page.texts.data, page.source)
        yield text_edits.Edit(address_cell, address, page.source, seen)


def _empty(page: "SidePage", cell: Cell) -> str | None:
    return None if cell.model_field(page.item).null and cell.field == "slug" else ""


def _cleaned(admin: "SideBySideMixin", page: "SidePage", cell: Cell, text: str) -> str | None:
    """Return the text as it would be stored, or ``None`` after adding its errors to the page."""
    stored = cell.read(page.texts.data)
    try:
        if is_rich(page.item, cell) and (refusal := rich_pictures.refusal(text)):
            raise ValidationError(refusal)
        value = admin.side_formfield(page.request, page.item, cell).clean(text) or ""
        if is_rich(page.item, cell):
            value = cell.model_field(page.item).clean(heading_anchors.keep_anchors(value, stored), page.item)
        _require_free_address(page, cell, value)
    except ValidationError as error:
        page.errors[cell.name] = list(error.messages)
        return None
    if message := admin.side_errors(cell.written(page.texts.data, value)).get(cell.column):
        page.errors[cell.name] = [message]
        return None
    return value


def _require_free_address(page: "SidePage", cell: Cell, value: str) -> None:
    if cell.field == "slug" and value and _is_taken(page, cell.language, value):
        raise ValidationError(_("Another item already has the address “%(slug)s”.") % {"slug": value})


def _is_taken(page: "SidePage", language: str, slug: str) -> bool:
    others = type(page.item).objects.exclude(pk=page.item.pk)
    return others.filter(**{column("slug", language): slug}).exists()


def _address_for_title(page: "SidePage", cell: Cell, title: str) -> str:
    """Return an address made from a new ``title``, if this language has none and none was typed."""
    slug = Cell("slug", cell.language)
    if cell.field != "title" or cell.rows or not hasattr(page.item, slug.column):
        return ""
    typed = page.typed.get(slug.name)
    if slug.read(page.texts.data) or (typed and typed.text.strip()):
        return ""
    address = slugify(title)[:70].strip("-")
    return "" if not address or _is_taken(page, cell.language, address) else address


def _is_changed(admin: "SideBySideMixin", page: "SidePage", name: str) -> bool:
    cell = {cell.name: cell for cell in page.texts.cells()}.get(name)
    if cell is None:
        return False
    text = page.typed[name].text
    if is_rich(page.item, cell):
        text = cell.model_field(page.item).clean(text, page.item)
    as_seen = page.typed[name].seen.split("-")[0] == marked_words.digest(text.strip())
    return not as_seen and not marked_words.is_same(text.strip(), cell.read(page.texts.data).strip())


def _tell_who_moved(page: "SidePage", cells: list[Cell]) -> None:
    """Explain at each field of ``cells`` that somebody else was faster."""
    newest = Revision.objects.for_item(page.item).select_related("author").first()
    who = str(newest.author) if newest and newest.author else _("Somebody else")
    text = _(
        "%(who)s saved this text, or the one beside it, while you were writing. Yours is not saved yet, and nothing was"
        " overwritten. Compare the two, then save again."
    )
    for cell in cells:
        name = cell.name if cell.name in page.typed else column("title", cell.language)
        page.errors[name] = [text % {"who": who}]


def _tell_saved(admin: "SideBySideMixin", page: "SidePage", revision: Revision | None, names: list[str]) -> None:
    if revision is None:
        messages.info(page.request, _("Nothing was changed."))
        return
    labels = [str(cell.model_field(page.item).verbose_name) for cell in page.texts.cells() if cell.name in names]
    admin.log_change(page.request, page.item, labels)
    text = _("Saved: %(fields)s.") % {"fields": ", ".join(labels)}
    if workflow.is_saved_as_proposal(page.item):
        text += " " + _("Readers see it when a publisher publishes it.")
    messages.success(page.request, text)
