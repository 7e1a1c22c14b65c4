"""The page that reporters get when the database cannot store anything, for example because its disk is full."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from safetycenter import wording
from safetycenter.droppable import STORE_ERRORS
from safetycenter.hints import GetResponse

from ..self_harm import detector
from ..views_common import no_store, page
from .session import typed_words

# fmt: off
SHOWN_AGAIN = (
    "start", "ask_safety", "first_aid_list", "first_aid", "step", "help_page", "code", "done", "more", "check", "visit",
)
# fmt: on
FOLDED = ("sent_receipt", "check_receipt", "notice")  # as all pages behind the code: no agency without a tap (H6)
log = logging.getLogger(__name__)


class NotStored:
    """Middleware that answers an error of the database on a reporter's page in their language, with their words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Return the page with status 503. None for other errors, and where the database cannot even be read."""
        match = request.resolver_match
        if not isinstance(exception, STORE_ERRORS) or match is None or match.namespace != "reports":
            return None
        try:
            with wording.use(wording.noted_on(request)):
                response = no_store(not_stored_page)(request)
        except DatabaseError:  # the error page of the site, which asks no database, answers
            return None
        log.error("a page of a reporter could not be stored", extra={"facts": {"error": type(exception).__name__}})
        return response


def not_stored_page(request: HttpRequest) -> HttpResponse:
    """Return the page, with what was typed and, if a life is at risk in it, with help first (H5)."""
    sent = request.method == "POST"
    typed = typed_words(request) if sent else []
    life = any(map(detector.is_mentioned, typed))
    return page(
        request,
        "intake/not_stored.html",
        status=503,
        sent=sent,
        typed=typed,
        life=life,
        again=_address_to_try(request),
        is_folded=_is_folded(request),
    )


def _address_to_try(request: HttpRequest) -> str:
    """Return this page, or the one that has its button."""
    match = request.resolver_match
    if match and match.url_name in SHOWN_AGAIN:
        return request.path
    return reverse("reports:visit" if _is_behind_code(request) else "reports:start")


def _is_behind_code(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("reports:check"))


def _is_folded(request: HttpRequest) -> bool:
    match = request.resolver_match
    return _is_behind_code(request) or bool(match and match.url_name in FOLDED)
