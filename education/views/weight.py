"""A page that says how many kilobytes it costs."""

import zlib
from math import ceil

from django.http import HttpResponse

PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in the template where the figure goes


def stated(response: HttpResponse) -> HttpResponse:
    """Put the size of ``response``, as it goes over the wire, in the place that its template left for it."""
    size = ceil(len(zlib.compress(response.content)) / 1024)
    response.content = response.content.replace(PLACE.encode(), str(size).encode())
    return response
