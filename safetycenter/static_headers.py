"""Headers of static files that the site serves itself; ``deploy/nginx.conf`` adds the same ones."""

from wsgiref.headers import Headers

from django.conf import settings


def static_headers(headers: Headers, path: str, url: str) -> None:
    """Add to ``headers`` of one file. WhiteNoise calls it; it responds before the middleware that adds our headers."""
    # Other sites embed the pictures of link previews.
    embedded = url.startswith(f"{settings.STATIC_URL}img/cards/")
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if embedded else "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
