"""Headers of static files that the site serves itself; ``deploy/nginx.conf`` adds the same ones."""

from wsgiref.headers import Headers


def static_headers(headers: Headers, path: str, url: str) -> None:
    """Add to ``headers`` of one file. WhiteNoise calls it; it responds before the middleware that adds our headers."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "frame-ancestors 'none'"
