"""Pagination of long lists: ``?page=2``. Each page has one address, a distinct title, and links to its neighbours."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

PAGE_SIZE = 24  # a phone parses the whole list before it shows the first entry


def render_page(
    request: HttpRequest, template: str, context: Mapping, listed: Collection, filters: Mapping | None = None
) -> HttpResponse:
    """Render ``template`` with the requested ``page`` of ``listed``. ``part`` follows the title and names the page.

    A page number beyond the end redirects to the last page, any other invalid value to the first. Redirects are not
    stored, so invalid values cannot fill the page cache. ``filters`` are the other query parameters.
    """
    filters = filters or {}
    asked = request.GET.get("page", "1")
    page: Page = Paginator(listed, PAGE_SIZE).get_page(asked)
    number = {"page": page.number} if page.number > 1 else {}
    if asked != str(page.number):
        return redirect(_with_query(request.path, {**filters, **number}))
    part = _("Page %(number)s of %(all)s") % {"number": page.number, "all": page.paginator.num_pages}
    shown = {"page": page, "part": f" ({part})" if number else ""}
    return render(request, template, {**context, **_addresses(context, filters, number), **shown})


def _addresses(context: Mapping, filters: Mapping, number: Mapping) -> dict:
    """Return the addresses of this page. Search engines know the list without its filters."""
    known = {} if filters else number
    return {
        "alternates": {code: _with_query(path, {**filters, **number}) for code, path in context["alternates"].items()},
        "hreflangs": {code: _with_query(address, known) for code, address in context["hreflangs"].items()},
        "canonical": _with_query(context["canonical"], known),
    }


def _with_query(address: str, query: Mapping) -> str:
    return f"{address}?{urlencode(query)}" if query else address
