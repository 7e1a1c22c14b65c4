"""Preview of an unpublished text: the public page, behind a signed link that expires."""

from collections.abc import Collection

from csp.constants import SELF
from django.apps import apps
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from education import urls_for
from education.help import help_for
from education.models import HelpBlock, Helpline, Organisation, Publishable, Revision, State
from education.models.bilingual import LANGUAGES, columns
from education.publishing import checks, workflow
from education.rendering import pictures

from ..publishing.dry_run import rolled_back

MAX_AGE = 24 * 60 * 60  # seconds
_signer = signing.TimestampSigner(salt="education.preview")
_SHARED_PAGES = {Organisation: "education:organisations", Helpline: "education:helplines"}


def preview_url(item: Publishable, language: str, languages: Collection[str] = LANGUAGES) -> str:
    """Return a link that shows ``item`` in ``language`` as if it were published in ``languages``.

    It works for a day, for anyone who has it.
    """
    only = () if len(languages) == len(LANGUAGES) else languages
    token = _signer.sign(".".join([str(item._meta.model_name), str(item.pk), *only]))
    return reverse("admin:education_revision_preview", args=[language, token])


@require_safe
@xframe_options_sameorigin
def show(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """Return the page as readers would see it, marked not to be stored or indexed."""
    try:
        model_name, key, *only = _signer.unsign(token, max_age=MAX_AGE).split(".")
    except signing.SignatureExpired:
        return HttpResponse(_("This link has expired. Ask for a new one."), status=410, content_type="text/plain")
    except signing.BadSignature as error:
        raise Http404 from error
    if language not in LANGUAGES:
        raise Http404
    response = _reader_response(request, (model_name, key), language, only or LANGUAGES)
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response


def _reader_response(
    request: HttpRequest, signed: tuple[str, str], language: str, languages: Collection[str]
) -> HttpResponse:
    """Return the response of the public view, as if the text of the ``signed`` item were published now.

    Raises Http404 if the item was deleted. Its row is locked, so that nobody deletes it while the page is made.
    """
    model, key = apps.get_model("education", signed[0]), signed[1]
    request.is_preview = True
    with rolled_back(), override(language), pictures.signed_addresses():
        item = get_object_or_404(model.objects.select_for_update(), pk=key)
        item.outdated_fields = workflow.candidate_for(item, languages).outdated_fields
        Revision(data=_text(item, languages)).apply_and_save(item)
        item.state, item.publish_at, item.archive_at = State.PUBLISHED, None, None
        item.save()
        if isinstance(item, HelpBlock):  # the page of the form needs a draft, so only its text is shown
            text = help_for(item.block, item.person, language)
            return render(request, "education/admin/help_preview.html", {"text": text})
        match = resolve(_path(item, language))
        return match.func(request, *match.args, **match.kwargs)


def _text(item: Publishable, languages: Collection[str]) -> dict:
    """Return the data of the open text in ``languages``, and what readers see now in the others.

    An address or number that another item has is replaced, so that the page can be shown.
    """
    taken = [finding.field for finding in checks.whole.check_unique(workflow.candidate_for(item, languages))]
    own = {name: f"preview-{item.pk}" if name in columns("slug") else getattr(item, name) for name in taken}
    return workflow.pending_or_live(item, languages) | own


def _path(item: Publishable, language: str) -> str:
    if urls_for.has_page(item):
        return urls_for.url_of(item, language)
    return reverse(_SHARED_PAGES.get(type(item), "education:glossary"))
