"""Each setting of ``deploy/env.example`` reaches the processes of ``compose.yaml``, or a reason says why not."""

import json
import os
import re
import shutil
import subprocess

from tests.containers import OURS, ROOT
from tests.skips import skip_loudly

NODES = ("public1", "public2", "snapshots")
DESK = ("setup", "desk", "housekeeping", "backup", "restore")
# Settings of env.example that compose.yaml does not set, by what an operator does who needs one.
IN_A_FILE = {
    "public.env and desk.env": (
        "SITE_NAME QUICK_EXIT_URL KEEP_CONTACT_DAYS KEEP_FILES_DAYS KEEP_STORY_DAYS KEEP_URGENT_STORY_DAYS "
        "KEEP_CERTIFICATE_DAYS RECORD_DAYS SECRET_KEY_FALLBACKS UNSENT_FILES_MB LOW_DISK_MB SSL_REDIRECT CONN_MAX_AGE "
        "DATABASE_POOL DATABASE_POOL_SIZE DATABASE_POOL_PROCESSES LOG_LEVEL THREADS REMINDER_BOUNCES"
    ),
    "both, and an image with the package": "SENTRY_DSN",
    "desk.env": (
        "DESK_AUDIENCES STAFF_SECOND_FACTOR STAFF_IDLE_MINUTES EMAIL_TIMEOUT SMS_GATEWAY_URL SMS_GATEWAY_TO "
        "SMS_GATEWAY_TEXT SMS_GATEWAY_FIELDS SMS_GATEWAY_HEADER SMS_GATEWAY_JSON ON_CALL_PRIVATE_NETWORKS CHECK_LINKS "
        "INSIDER_CASES_A_DAY INSIDER_SEARCHES_A_DAY INSIDER_OPENED_AN_HOUR LEDGER_DAYS"
    ),
    "a file of these and a volume of compose.override.yaml": "SECRET_KEY_FILE KEYS_PASSPHRASE_FILE RECORD_ANCHOR_DIR",
    "nothing, because compose.yaml decides it": (
        "DEBUG PLAIN_HTTP BIND HOUSEKEEPING DRILLS_ONLY EVIDENCE_DIR KEYS_PASSPHRASE_FD"
    ),
}


def test_every_setting_of_the_example_reaches_the_containers():
    example = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / "deploy/env.example").read_text(), re.MULTILINE))
    given = {name for service in ("public1", "desk") for name in OURS[service]["environment"]}
    named = [name for names in IN_A_FILE.values() for name in names.split()]
    assert sorted(named) == sorted(example - given)
    files = {name: one["env_file"][0]["path"] for name, one in OURS.items() if "env_file" in one}
    assert files == dict.fromkeys(NODES, "public.env") | dict.fromkeys(DESK, "desk.env")


def test_settings_of_a_file_reach_their_containers_only(tmp_path):
    if not shutil.which("docker-compose"):
        skip_loudly("Whether Compose gives settings to the right containers: docker-compose is missing.")
    (tmp_path / "compose.yaml").write_text((ROOT / "compose.yaml").read_text())
    demanded = re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text())
    (tmp_path / "desk.env").write_text("SMS_GATEWAY_URL=https://sms.test/send\nNODE=public\n")
    done = subprocess.run(
        ["docker-compose", "--profile", "*", "config", "--format", "json"],
        cwd=tmp_path,
        env=os.environ | dict.fromkeys(demanded, "x"),
        capture_output=True,
        check=True,
    )
    services = json.loads(done.stdout)["services"]
    given = {name for name, one in services.items() if "SMS_GATEWAY_URL" in (one.get("environment") or {})}
    assert given == set(DESK)
    assert services["desk"]["environment"]["NODE"] == "desk"
    assert services["nginx"]["networks"]["front"]["aliases"] == ["x"]
