"""Long lists, page by page: ``?page=2``. Each page has one address, its own title, and leads to its neighbours."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

MOST = 24  # a phone reads them all before it shows the first


def show(
    request: HttpRequest, template: str, context: Mapping, listed: Collection, filters: Mapping | None = None
) -> HttpResponse:
    """``template`` with the ``page`` of ``listed`` that is asked for; ``part`` says behind a title which one it is.

    An address of a page that is not there leads to one that is: too far to the last, any other word to the first. A
    redirect is not kept, so other words cannot fill the store. ``filters`` are the other values of the address.
    """
    filters = filters or {}
    asked = request.GET.get("page", "1")
    page: Page = Paginator(listed, MOST).get_page(asked)
    number = {"page": page.number} if page.number > 1 else {}
    if asked != str(page.number):
        return redirect(_with(request.path, {**filters, **number}))
    part = _("Page %(number)s of %(all)s") % {"number": page.number, "all": page.paginator.num_pages}
    shown = {"page": page, "part": f" ({part})" if number else ""}
    return render(request, template, {**context, **_addresses(context, filters, number), **shown})


def _addresses(context: Mapping, filters: Mapping, number: Mapping) -> dict:
    """Those of this page. Search engines know a list without its filters."""
    known = {} if filters else number
    return {
        "alternates": {code: _with(path, {**filters, **number}) for code, path in context["alternates"].items()},
        "hreflangs": {code: _with(address, known) for code, address in context["hreflangs"].items()},
        "canonical": _with(context["canonical"], known),
    }


def _with(address: str, query: Mapping) -> str:
    return f"{address}?{urlencode(query)}" if query else address
