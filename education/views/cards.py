"""View of the preview pictures that chats show beside a link."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from education.seo import cards

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def card(request: HttpRequest, kind: str, key: str, digest: str) -> HttpResponseBase:
    """Return one picture. An outdated digest redirects to the current picture; nothing is drawn for it."""
    found = cards.find(kind, key)
    if found is None:
        raise Http404
    if digest != found.digest:
        return HttpResponseRedirect(found.path)
    response = FileResponse(found.file().open("rb"), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites embed the picture
    return response
