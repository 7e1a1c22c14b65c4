"""``deploy/nginx.conf`` as it is shipped, with the places of one run: to be measured and to be tested."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = "text/html html; text/css css; application/javascript js; image/svg+xml svg; font/woff2 woff2;"
SPOOLS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def configuration(folder: Path, port: int, upstream: int) -> Path:
    """Write ``nginx.conf`` into ``folder``, which has ``snapshots/`` and ``var/static/``.

    It listens on ``port`` without TLS, and passes on to ``upstream``. Everything else is as shipped.
    """
    text = (ROOT / "deploy/nginx.conf").read_text()
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *(ssl_|http2|error_log).*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};")
    text = text.replace("/var/cache/safetycenter", f"{folder}/snapshots")
    text = text.replace("/var/lib/safetycenter", f"{folder}/var")
    spools = " ".join(f"{name}_temp_path {folder}/spool-{name};" for name in SPOOLS)
    http = f"types {{ {TYPES} }} keepalive_requests 10000000; {spools} {text}"
    written = folder / "nginx.conf"
    written.write_text(f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {http} }}")
    return written


def command(written: Path) -> list[str]:
    """How to run nginx with a configuration of ours: one process, until it is ended, as the user who asks."""
    log = str(written.parent / "error.log")
    return ["nginx", "-e", log, "-p", str(written.parent), "-c", str(written), "-g", "daemon off; master_process off;"]
