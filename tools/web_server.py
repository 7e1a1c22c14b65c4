"""``deploy/nginx.conf`` as it is shipped, with the paths and ports of one run, for measurements and tests."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = "text/html html; text/css css; application/javascript js; image/svg+xml svg; font/woff2 woff2;"
SPOOLS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
NO_PORT = 1  # no process listens there


def configuration(
    folder: Path,
    port: int,
    upstream: int | str,
    desk: int = NO_PORT,
    scheme: str = "$scheme",
    tls: Path | None = None,
) -> Path:
    """Write ``nginx.conf`` into ``folder``, which has ``snapshots/`` and ``static/``. Return its path.

    It listens on ``port``, passes requests on to ``upstream``, and those for desk.example.org to ``desk``. ``upstream``
    is a port of this machine, or the lines that name several servers. With ``tls``, a folder with ``fullchain.pem`` and
    ``privkey.pem``, the connections of both are encrypted; without it they are not, and the application reads
    ``scheme``: "https" as if they were.
    Everything else is as shipped. When root starts it, its workers run as ``nobody``: neither root nor the user that
    wrote the files.
    """
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *error_log.*\n", "", text, flags=re.MULTILINE)
    if tls:
        text = re.sub(r"/etc/ssl/[a-z.]+/", f"{tls}/", text)
        text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    else:
        text = re.sub(r"^ *(ssl_|http2).*\n", "", text, flags=re.MULTILINE)
        text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    servers = upstream if isinstance(upstream, str) else f"server 127.0.0.1:{upstream};"
    text = text.replace("server 127.0.0.1:8000;", servers)
    text = text.replace("server 127.0.0.1:8001;", f"server 127.0.0.1:{desk};")
    text = text.replace("X-Forwarded-Proto $scheme;", f"X-Forwarded-Proto {scheme};")
    text = text.replace("/var/cache/safetycenter", f"{folder}/snapshots")
    text = text.replace("/var/www/safetycenter", str(folder))
    spools = " ".join(f"{name}_temp_path {folder}/spool-{name};" for name in SPOOLS)
    http = f"types {{ {TYPES} }} keepalive_requests 10000000; {spools} {text}"
    written = folder / "nginx.conf"
    user = f"user {_nobody()};" if os.geteuid() == 0 else ""
    written.write_text(f"{user} pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {http} }}")
    return written


def _nobody() -> str:
    groups = Path("/etc/group").read_text()
    return "nobody nogroup" if "\nnogroup:" in groups else "nobody nobody"


def command(written: Path, *more: str) -> list[str]:
    """Return the command that runs nginx with a configuration of ours until it is stopped."""
    log = str(written.parent / "error.log")
    return ["nginx", "-e", log, "-p", str(written.parent), "-c", str(written), "-g", "daemon off;", *more]
