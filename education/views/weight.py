"""A page that says how many kilobytes it costs."""

import zlib
from math import ceil

from django.http import HttpRequest, HttpResponse

from safetycenter.version import lightened

PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in the template where the figure goes


def stated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put the size of ``response`` in the place that its template left for it, as it goes over the wire.

    A request for text only is told the size of that: the drawings are taken out after the view (`version`).
    """
    sent = lightened(response.text).encode() if request.version.is_text else response.content
    size = ceil(len(zlib.compress(sent)) / 1024)
    response.content = response.content.replace(PLACE.encode(), str(size).encode())
    return response
