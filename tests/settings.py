"""The site's settings for tests: a demo site in a temporary folder."""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
if "VAR_DIR" not in os.environ:
    _folder = tempfile.TemporaryDirectory(prefix="safetycenter-tests-")
    os.environ["VAR_DIR"] = _folder.name  # the processes of pytest-xdist inherit it

from safetycenter.settings import *  # noqa: F403
from safetycenter.settings import DATABASES, TEMPLATES
from tests.undefined import Undefined

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined")

# One slow hash for each report filed and each code entered; tests/reports/test_receipts.py uses the real cost once.
RECEIPT_OPERATIONS = 1
RECEIPT_MEMORY = 8192
# Passwords of made-up people; the real hasher takes a third of a second for each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Tables are made from the models, which takes a second instead of six. tests/conftest.py notes the migrations as
    # applied; tests/upgrade compares what they make with the models. On PostgreSQL, tests run on what they make.
    DATABASES["default"]["TEST"]["MIGRATE"] = False
    # The computer does not fail during a test, and has memory for a database with the starter content.
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        " PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
    )
