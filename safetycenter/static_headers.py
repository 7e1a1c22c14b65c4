"""Headers of static files where the site itself gives them out; ``deploy/nginx.conf`` adds the same."""

from wsgiref.headers import Headers


def static_headers(headers: Headers, path: str, url: str) -> None:
    """Add to ``headers`` of one file. WhiteNoise calls it; it answers before the middleware of our other headers."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "frame-ancestors 'none'"
