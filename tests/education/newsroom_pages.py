"""Every page of the editors, taken from the URL configuration and filled with items that exist."""

from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from education.admin import preview
from education.models import ExternalLink, Guide, LiveCheck, Publishable, Revision, State, Synonym
from education.models.bilingual import LANGUAGES
from education.publishing import workflow
from safetycenter.release import VERSION
from tests.urls import STAFF_URLS

from . import library
from .admin_pages import ROLES
from .later_release import correct

# What answers no page, by the end of its name, and why.
NO_PAGE = {
    "education_unpublish": "leads to the page of one kind of item",
    **dict.fromkeys(("helpblock_add", "helplinerole_add"), "code names them"),
    **dict.fromkeys(("helpblock_delete", "helplinerole_delete", "page_delete"), "code names them"),
    **dict.fromkeys(("revision_add", "revision_delete"), "nobody writes or deletes a version by hand"),
    "_act": "a button",
    "_before": "leads to a version",
    "_discard": "a button",
    "_export": "a file",
    "_file": "a file",
    "_history": "leads to the versions",
    "_restore": "a button",
    "_signed": "a file",
    "_targets": "a list for the link button",
    "_unsaved": "what a script keeps",
}
HANDBOOK = "admin:reports_handbook_role"
ACCOUNT = ("mfa_index", "account_sessions", "account_change_password")
OLD = "https://old.example/"


def newsroom(person) -> dict[str, models.Model]:
    """Items of each kind in the starter content, by the name of their model; the first guide has a draft change.

    The second of each kind becomes a draft, which can be deleted.
    """
    library.picture()
    ExternalLink.objects.create(url=OLD)
    Synonym.objects.create(language="id", typed="sebar aib", means="doxing")
    kinds = [model for model in admin.site._registry if model._meta.app_label == "education"]
    found = {model._meta.model_name: model._default_manager.order_by("pk").first() for model in kinds}
    for model in kinds:
        if issubclass(model, Publishable) and (second := model.objects.order_by("pk")[1:2]):
            model.objects.filter(pk=second[0].pk).update(state=State.DRAFT)
    guide = Guide.objects.get(pk=found["guide"].pk)
    Revision.objects.record(guide, None)
    found["revision"] = Revision.objects.for_item(guide).first()
    guide.sources.create(url=OLD, publisher="Penerbit")
    words = {"title_ind": "Judul usulan", "body_ind": f"<p>Kalimat baru.</p>{guide.body_ind}"}
    workflow.save_proposal(guide, person("author", "penulis"), workflow.pending_or_live(guide) | words)
    corrected()
    wrong(guide)
    return found


def wrong(guide: Guide) -> None:
    """An error in what readers see of ``guide``, as a check of housekeeping stores it."""
    texts = dict.fromkeys(LANGUAGES, "Kalimat {evidence} harus tetap ada.")
    error = {"field": "body_ind", "language": "id", "prescribed": True, "text": texts}
    names, rank = dict.fromkeys(LANGUAGES, str(guide)), LiveCheck.Rank.PRESCRIBED
    LiveCheck.objects.create(item=guide, name=names, errors=[error], rank=rank, checked_at=timezone.now())


def corrected() -> None:
    """A release that corrects guides which were edited here: one to accept with its kind, two to decide alone."""
    free, replaced, with_number = Guide.objects.filter(state=State.PUBLISHED, sensitive=False).order_by("-pk")[:3]
    correct(free, {"title_ind": "Judul kami"}, short_answer_en=f"{free.short_answer_en} You are not alone.")
    correct(replaced, {"short_answer_ind": "Jawaban kami."}, short_answer_ind="Jawaban proyek.")
    correct(with_number, {"title_ind": "Judul kami"}, short_answer_ind="Telepon 0812-3456-7890.")


def addresses(items: dict[str, models.Model]) -> dict[str, str]:
    """The address of each editors' URL by its name, those of one kind of page after each other."""
    names = {url.name for url in STAFF_URLS if url.name.startswith("admin:education_")}
    found = {name: _address(name, items) for name in names}
    more = {f"{HANDBOOK} {role}": reverse(HANDBOOK, args=[role]) for role in ROLES}
    more |= {name: reverse(name) for name in ("admin:index", *ACCOUNT)}
    return dict(sorted((found | more).items(), key=_by_page))


def _by_page(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0].rpartition("_")[2], pair[0]


def _address(name: str, items: dict[str, models.Model]) -> str:
    guide = items["guide"]
    own = {
        "admin:education_corrections": lambda: reverse(name, args=[VERSION]) + "?kind=guide",
        "admin:education_find": lambda: reverse(name) + "?q=akun",
        "admin:education_picture_pick": lambda: reverse(name, args=["id"]),
        "admin:education_revision_preview": lambda: preview.preview_url(guide, "id"),
        "admin:education_externallink_replace": lambda: f"{reverse(name)}?old={OLD}",
    }
    if name in own:
        return own[name]()
    try:
        return reverse(name)
    except NoReverseMatch:
        return _of_an_item(name, items)


def _of_an_item(name: str, items: dict[str, models.Model]) -> str:
    kind = name.removeprefix("admin:education_").partition("_")[0]
    item = items.get(kind, items["guide"])
    if name.endswith("_delete") and isinstance(item, Publishable):
        item = type(item).objects.exclude(state=State.PUBLISHED).first() or item
    for args in ([item.pk], [item.pk, "submit"], ["x"]):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name}: say in newsroom_pages.py what its address is")
