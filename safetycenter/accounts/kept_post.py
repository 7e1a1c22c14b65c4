"""What somebody sent before they had to show that it is them: it comes back to be sent again, and is stored nowhere.

The fields travel in the page that asks, sealed: nobody who finds a locked screen can read them in its source. Only the
account that sent them gets them back, after the proof, in a form that it sends itself. Passwords and files do not
travel. Nothing is repeated by itself, because a minute later it may be wrong.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from safetycenter import kept_form
from safetycenter.hints import View

FIELD = "_sealed"  # the input in which the fields travel
OWN_ACCOUNT = "/admin/account/"
_NEVER_KEPT = {"csrfmiddlewaretoken", "credential", FIELD}


@dataclass(frozen=True)
class Kept:
    """A form that was sent: its address, its fields in their order, and whether files came with it."""

    address: str
    fields: list[tuple[str, str]]
    has_files: bool


def is_keepable(request: HttpRequest) -> bool:
    """Return whether ``request`` sent something that is kept: nothing of the own account, such as a new password."""
    return request.method == "POST" and not request.path_info.startswith(OWN_ACCOUNT)


def seal(request: HttpRequest, person: int | None) -> str:
    """Return what ``request`` sent, sealed for the account with the number ``person``."""
    sent = [[name, text] for name in request.POST if _may_travel(name) for text in request.POST.getlist(name)]
    content = json.dumps([request.get_full_path(), sent, bool(request.FILES)]).encode()
    sealed = Aead(next(_keys())).encrypt(zlib.compress(content), _context(person))
    return urlsafe_b64encode(bytes(sealed)).decode()


def open_for(person: int | None, sealed: str) -> Kept | None:
    """Return what ``seal`` sealed for this account; None if it was sealed for another one, or changed."""
    for key in _keys():
        try:
            content = Aead(key).decrypt(urlsafe_b64decode(sealed), _context(person))
        except (CryptoError, ValueError, TypeError):
            continue
        address, sent, has_files = json.loads(zlib.decompress(content))
        return Kept(address, [(name, text) for name, text in sent], has_files)
    return None


@never_cache
def offer_again(request: HttpRequest, sealed: str) -> HttpResponse:
    """Return the page on which the person sends the form again, or opens it with its words where its view keeps it."""
    kept = open_for(request.user.pk, sealed)
    if kept is None:
        messages.error(request, _("What was sent before cannot be read any more. Please do it again."))
        return redirect("admin:index")
    opens_form = getattr(resolve(kept.address.partition("?")[0]).func, "keeps_form", False)
    names = {kept_form.KEPT_FIELD: opens_form, kept_form.FILES_FIELD: opens_form and kept.has_files}
    markers = [(name, "1") for name, is_sent in names.items() if is_sent]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Not done yet"),
        "kept": kept,
        "sent": markers + [field for field in kept.fields if field[0] not in names],
        "opens_form": opens_form,
    }
    return render(request, "account/again.html", context)


@require_POST
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Give back what was sent when the session had ended, after a new sign-in."""
    return offer_again(request, request.POST.get(FIELD, ""))


def preserve_sealed(view_func: View) -> View:
    """Decorate ``view_func`` as ``kept_form.preserve_form`` does, for a form whose words nobody else may read.

    The page that gives them back carries them sealed for the account that opened the form.
    """
    return kept_form.preserve_form(view_func, _give_back_sealed)


def _give_back_sealed(request: HttpRequest) -> HttpResponse | None:
    if (person := kept_form.writer(request)) is None:
        return None
    return kept_form.sign_in_first(request, person, (FIELD, seal(request, person)), reverse("account_kept"))


def _may_travel(name: str) -> bool:
    return name not in _NEVER_KEPT and "password" not in name


def _keys() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield blake2b(secret.encode(), digest_size=Aead.KEY_SIZE, person=b"kept_post").digest()


def _context(person: int | None) -> bytes:
    return f"kept_post:{person}".encode()
