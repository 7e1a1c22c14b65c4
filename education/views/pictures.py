"""The files of pictures, for readers: only those that a published page shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from education.library import store, uses

# A name never changes its content. A cache between us and readers asks again after an hour, so that a picture that was
# taken down does not stay there.
CACHE_CONTROL = "public, max-age=31536000, s-maxage=3600, immutable"


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Return the file called ``name``, or 404 while no published page shows its picture."""
    known = uses.public_files().get(name)
    if known is None:
        raise Http404
    response = file_response(name, known[0])
    response["Cache-Control"] = CACHE_CONTROL
    return response


def file_response(name: str, content_type: str) -> HttpResponse:
    """Return the bytes of a file. Raises Http404 if the storage has lost it."""
    try:
        response = HttpResponse(store.read(name), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response
