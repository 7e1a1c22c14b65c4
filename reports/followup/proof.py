"""The signed receipt behind the code, and the public page that checks a receipt by its signature alone."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from safetycenter.views import SeeOther

from .. import signed_receipt
from ..crypto.vault.published_pair import REFERRALS
from ..fields import TypedField
from ..views_common import no_store, page
from .access import Visit, with_visit
from .forms import PRIVATE_ATTRS


class ReceiptForm(forms.Form):
    """The text of a receipt, however it was copied or typed."""

    receipt = TypedField(
        label=gettext_lazy("The text of the receipt"),
        help_text=gettext_lazy("The number, the day and the long row of letters. Spaces and line breaks don't matter."),
        max_length=signed_receipt.MAX_LENGTH,
        widget=forms.Textarea(PRIVATE_ATTRS | {"rows": 8}),
        error_messages={
            "required": gettext_lazy("Type or paste the text of the receipt."),
            "max_length": gettext_lazy("This is longer than a receipt. Paste only the receipt."),
        },
    )


@no_store
@require_safe
@with_visit
def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the signed receipt; nothing while the code counts as found."""
    if visit.case.frozen_at:
        return SeeOther(reverse("reports:visit"))
    return signed_receipt.receipt_page(request, visit.case, "receipt", "visit")


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Check a signature for anybody. Nothing is looked up: the answer is the same for an erased report.

    The page also has the public keys with which agencies check the packages that they get from us.
    """
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "keys": signed_receipt.public_keys(), "is_error": bool(form.errors)}
    context["package_keys"] = list(REFERRALS.public_keys().values())
    if request.method == "POST" and form.is_valid():
        found = signed_receipt.find(form.cleaned_data["receipt"])
        context |= {"checked": True, "valid": found if found and found.is_valid else None}
    return page(request, "followup/check_receipt.html", "check_receipt", **context)
