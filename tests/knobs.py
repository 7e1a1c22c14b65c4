"""The settings that an environment can set."""

import ast
import re

from django.conf import settings

FILES = (
    "safetycenter/settings.py",
    "safetycenter/evidence_settings.py",
    "safetycenter/service_urls.py",
    "deploy/gunicorn.conf.py",
)


def knobs_in_code() -> set[str]:
    """The names that settings and gunicorn's configuration read from the environment."""
    found = set()
    for file in FILES:
        for node in ast.walk(ast.parse((settings.BASE_DIR / file).read_text())):
            if isinstance(node, ast.Call) and re.fullmatch(r"env(\.\w+)?|os\.environ\.get", ast.unparse(node.func)):
                found.add(node.args[0].value)
    return found
