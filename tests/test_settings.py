"""Settings: safe with an empty environment, loopback only as a demo, and every setting explained."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.core.signing import TimestampSigner
from django.urls import reverse

from education.admin import preview
from safetycenter import checks
from tests.education import factory
from tests.knobs import knobs_in_code

ROOT = django_settings.BASE_DIR
READ = (
    "import json, sys; from safetycenter import settings as s;"
    " print(json.dumps([getattr(s, n) for n in sys.argv[1:]], default=str))"
)


def started(tmp_path, *names: str, **environment: str) -> subprocess.CompletedProcess:
    """A fresh process that prints these settings, with nothing but ``environment``."""
    given = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **environment}
    command = [sys.executable, "-c", READ, *names]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def read(tmp_path, *names: str, **environment: str) -> list:
    """These settings as a fresh process sees them with nothing but ``environment``."""
    result = started(tmp_path, *names, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_empty_environment_is_safe(tmp_path):
    debug, plain, secure, hosts, node = read(
        tmp_path, "DEBUG", "PLAIN_HTTP", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS", "NODE"
    )
    assert (debug, plain, secure, node) == (False, False, True, "all")
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_secret_key_is_made_once_and_is_for_its_owner_only(tmp_path):
    first, second = read(tmp_path, "SECRET_KEY"), read(tmp_path, "SECRET_KEY")
    assert first == second
    assert len(first[0]) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_empty_addresses_are_those_of_the_default(tmp_path):
    """As ``deploy/env.example`` says of DATABASE_URL."""
    databases, backend = read(tmp_path, "DATABASES", "EMAIL_BACKEND", DATABASE_URL="", EMAIL_URL="")
    assert databases["default"]["NAME"] == str(tmp_path / "var/db.sqlite3")
    assert backend == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
def test_address_that_cannot_be_read_shows_no_password(tmp_path, name):
    scheme = {"DATABASE_URL": "postgres", "EMAIL_URL": "smtp+tls"}[name]
    result = started(tmp_path, "DATABASES", **{name: f"{scheme}://user:kunyit/ombak@host:5432/name"})
    assert result.returncode == 1
    assert f"{name} cannot be read." in result.stderr
    assert not re.search("kunyit|ombak", result.stderr)


@pytest.mark.parametrize("start", ["postgress://", "", "://"])
def test_address_of_no_database_is_refused_without_its_password(tmp_path, start):
    result = started(tmp_path, "DATABASES", DATABASE_URL=f"{start}user:kunyit@host:5432/name")
    assert result.returncode == 1
    assert "DATABASE_URL names no database." in result.stderr
    assert "kunyit" not in result.stderr


def test_demo_answers_to_this_machine_only(tmp_path):
    [hosts] = read(tmp_path, "ALLOWED_HOSTS", DEBUG="1", ALLOWED_HOSTS="aman.example.org")
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_cookies_carry_the_prefixes_that_browsers_enforce(tmp_path):
    names = ("CSRF_COOKIE_NAME", "SEALED_SESSION_COOKIE_NAME", "SESSION_COOKIE_NAME", "SESSION_COOKIE_PATH")
    csrf, draft, session, path = read(tmp_path, *names)
    assert csrf.startswith("__Host-")
    assert draft.startswith("__Host-")
    assert session.startswith("__Secure-")
    assert path == "/admin/"


@pytest.mark.parametrize("node", ["all", "public", "desk"])
def test_urls_depend_on_the_kind_of_node(tmp_path, node):
    assert read(tmp_path, "ROOT_URLCONF", NODE=node) == [f"safetycenter.urls.{node}"]


def test_unknown_kind_of_node_is_refused(tmp_path):
    with pytest.raises(AssertionError, match="NODE must be all, public or desk"):
        read(tmp_path, "NODE", NODE="everything")


def test_proxy_headers_are_believed_only_from_a_proxy(tmp_path):
    assert read(tmp_path, "SECURE_PROXY_SSL_HEADER") == [None]
    assert read(tmp_path, "SECURE_PROXY_SSL_HEADER", TRUSTED_PROXIES="1") == [["HTTP_X_FORWARDED_PROTO", "https"]]


def test_csp_has_no_unsafe_source_and_one_form_target():
    policy = django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    outside = {name for name, sources in policy.items() if any(":/" in source for source in sources)}
    assert "unsafe" not in json.dumps(policy)
    assert outside <= {"form-action"}  # quick exit without script is a form that ends on another site


def test_every_setting_is_explained_in_the_example():
    explained = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / "deploy" / "env.example").read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(knobs_in_code())


def test_deployment_without_a_key_of_its_own_is_refused(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert [problem.id for problem in checks.secret_key_is_given(None)] == ["safetycenter.E001"]
    monkeypatch.setenv("SECRET_KEY", "given")
    assert checks.secret_key_is_given(None) == []


def test_secret_keys_are_read_from_a_file(tmp_path, monkeypatch, settings):
    (tmp_path / "secrets").write_text("new-secret\nold-secret\n")
    names = ("SECRET_KEY", "SECRET_KEY_FALLBACKS")
    assert read(tmp_path, *names, SECRET_KEY_FILE=str(tmp_path / "secrets")) == ["new-secret", ["old-secret"]]
    assert read(tmp_path, *names, SECRET_KEY="new", SECRET_KEY_FALLBACKS="a,b") == ["new", ["a", "b"]]
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings.SECRET_KEY_FILE = str(tmp_path / "secrets")
    assert checks.secret_key_is_given(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "answers"), [(True, [200, 200]), (False, [302, 404])])
def test_session_and_preview_live_as_long_as_the_old_key(settings, client, person, monkeypatch, kept, answers):
    former = settings.SECRET_KEY
    client.force_login(person("editor"))
    link = preview.preview_url(factory.guide(), "id")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [former] if kept else []
    monkeypatch.setattr(preview, "_signer", TimestampSigner(salt="education.preview"))  # as after a restart
    assert [client.get(path).status_code for path in (reverse("admin:index"), link)] == answers


@pytest.mark.parametrize(
    ("hosts", "problems"),
    [
        (["*"], ["safetycenter.E002"]),
        (["localhost"], ["safetycenter.E003"]),
        (["aman.example.org"], []),
    ],
)
def test_deployment_answers_to_its_own_name(settings, hosts, problems):
    settings.ALLOWED_HOSTS = hosts
    assert [problem.id for problem in checks.hosts_are_named(None)] == problems


def test_deployment_has_a_secure_address_and_an_operator(settings):
    settings.PUBLIC_URL, settings.OPERATOR = "http://aman.example.org", dict.fromkeys(settings.OPERATOR, "")
    assert len(checks.public_address_is_https(None)) == 1
    assert len(checks.operator_is_named(None)) == 3
    settings.PUBLIC_URL, settings.OPERATOR = "https://aman.example.org", dict.fromkeys(settings.OPERATOR, "Yayasan")
    assert checks.public_address_is_https(None) + checks.operator_is_named(None) == []


def test_each_system_check_has_its_own_id():
    """An operator silences a check by its id (``SILENCED_SYSTEM_CHECKS``), which must not silence another one."""
    files = (ROOT / app / "checks.py" for app in ("safetycenter", "reports"))
    ids = [found for file in files for found in re.findall(r'id="([a-z]+\.[EW]\d+)"', file.read_text())]
    assert ids
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("certificate", "problems"), [(365, []), (1825, ["reports.E004"]), (1826, ["reports.E004"])])
def test_certificates_outlasting_the_record_are_refused(settings, certificate, problems):
    settings.KEEP_CERTIFICATE_DAYS, settings.RECORD_DAYS = certificate, 1825
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert [problem.id for problem in found if problem.id == "reports.E004"] == problems


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("warning", "idle", "hours"), [(20, 20, 2), (5, 120, 2), (30, 20, 2)])
def test_draft_that_ends_before_its_warning_is_refused(settings, warning, idle, hours):
    assert "reports.E007" not in {problem.id for problem in run_checks()}
    settings.DRAFT_WARNING_MINUTES, settings.DRAFT_MINUTES, settings.DRAFT_HOURS = warning, idle, hours
    assert "reports.E007" in {problem.id for problem in run_checks()}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("setting", "value"), [("FILE_MB", 26), ("MAX_FILES_PER_CASE", 25)])
def test_limits_of_files_that_do_not_fit_are_refused(settings, setting, value):
    assert "reports.E009" not in {problem.id for problem in run_checks()}
    setattr(settings, setting, value)
    assert "reports.E009" in {problem.id for problem in run_checks()}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("setting", ["KEEP_STORY_DAYS", "KEEP_URGENT_STORY_DAYS"])
def test_files_kept_longer_than_reports_are_refused(settings, setting):
    assert "reports.E008" not in {problem.id for problem in run_checks()}
    setattr(settings, setting, settings.KEEP_FILES_DAYS - 1)
    assert "reports.E008" in {problem.id for problem in run_checks()}


def test_folders_that_others_can_enter_are_named(settings, tmp_path):
    settings.KEYS_DIR, settings.EVIDENCE_DIR = tmp_path / "keys", tmp_path / "evidence"
    settings.KEYS_DIR.mkdir(mode=0o755)
    settings.EVIDENCE_DIR.mkdir(mode=0o700)
    [problem] = checks.private_folders_are_closed(None)
    assert str(settings.KEYS_DIR) in problem.msg
    Path(settings.KEYS_DIR).chmod(0o700)
    assert checks.private_folders_are_closed(None) == []


@pytest.mark.django_db
def test_demo_staff_exist_only_on_a_demo(capsys):
    with pytest.raises(CommandError, match="Demo passwords are public"):
        call_command("demo_staff")


@pytest.mark.django_db
def test_demo_staff_have_one_role_and_no_superuser(in_demo, django_user_model, capsys):
    call_command("demo_staff")
    call_command("demo_staff")
    people = django_user_model.objects.prefetch_related("groups")
    assert all(person.groups.count() == 1 and person.is_staff and not person.is_superuser for person in people)
    assert people.count() == 13
    assert people.get(username="moderator").check_password("demo-moderator")


@pytest.mark.django_db
def test_demo_password_gets_all_rounds_at_the_first_sign_in(in_demo, django_user_model, settings, client, capsys):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    call_command("demo_staff")
    stored = django_user_model.objects.filter(username="editor").values_list("password", flat=True)
    assert rounds(stored.get()) == 1
    client.post(reverse("account_login"), {"login": "editor", "password": "demo-editor"})
    assert rounds(stored.get()) == PBKDF2PasswordHasher.iterations


def rounds(hashed: str) -> int:
    return PBKDF2PasswordHasher().decode(hashed)["iterations"]


def test_static_files_behind_a_closed_folder_are_a_problem(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    tmp_path.chmod(0o700)
    [problem] = checks.static_files_are_readable(None)
    assert problem.id == "safetycenter.W002"
    settings.STATIC_ROOT = Path("/usr")
    assert checks.static_files_are_readable(None) == []


def test_no_form_of_the_desk_leads_outside(client, db, settings):
    outside = "https://www.bmkg.go.id"
    assert outside in client.get("/id/").headers["Content-Security-Policy"]
    assert outside not in client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "form-action 'self'" in client.get(reverse("account_login")).headers["Content-Security-Policy"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("host", ["10.1.2.3", "10.1.2.3:8000", "lb.internal"])
def test_probe_by_address_is_answered(client, db, host, caplog):
    call_command("housekeeping")
    with caplog.at_level("WARNING"):
        assert client.get("/healthz", headers={"host": host}).status_code == 200
        assert client.get("/readyz", headers={"host": host}).status_code == 200
    assert caplog.records == []
    assert client.get("/healthz", headers={"host": host}).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.safety("H2")
@pytest.mark.parametrize(
    ("sender", "problems"),
    [
        ("pesan@kotak-biru.id", []),
        ("noreply@aman.example.org", ["safetycenter.E009"]),
        ("noreply@mail.example.org", ["safetycenter.E009"]),
        ("Pusat Teman <a@kotak-biru.id>", ["safetycenter.E009"]),
        ("lapor@kotak-biru.id", ["safetycenter.E009"]),
        ("tim_laporan@kotak-biru.id", ["safetycenter.E009"]),
        ("pusat-teman@kotak-biru.id", ["safetycenter.E009"]),
        ("paduan@kotak-biru.id", []),  # "aduan" is a part of this word only
        ("pusat.temanggung@kotak-biru.id", []),
    ],
)
def test_sender_of_pages_that_names_the_site_is_found(settings, sender, problems):
    settings.SITE_NAME, settings.PUBLIC_URL, settings.DESK_URL = "Pusat Teman", "https://aman.example.org", ""
    settings.HOUSEKEEPING, settings.DEFAULT_FROM_EMAIL = True, sender
    assert [problem.id for problem in checks.sender_of_mail_names_nothing(None)] == problems
    settings.HOUSEKEEPING = False
    assert checks.sender_of_mail_names_nothing(None) == []


def test_short_name_of_the_site_refuses_no_other_sender(settings):
    settings.SITE_NAME, settings.PUBLIC_URL, settings.HOUSEKEEPING = "Biru", "https://kau.id", True
    settings.DEFAULT_FROM_EMAIL, settings.DESK_URL = "pesan@kau.or.id", ""
    assert checks.sender_of_mail_names_nothing(None) == []
    settings.DEFAULT_FROM_EMAIL = "biru@kotak.id"
    assert [problem.id for problem in checks.sender_of_mail_names_nothing(None)] == ["safetycenter.E009"]


@pytest.mark.parametrize(
    ("sender", "problems"),
    [
        ("pesan@kotak-biru.id", []),
        ("pesan@contohexample.com", []),
        *((f"pesan@{domain}", ["safetycenter.W003"]) for domain in ("kotak.invalid", "mail.example.org", "a.example")),
        *((sender, ["safetycenter.W003"]) for sender in ("noreply@localhost", "pesan@kotak", "pesan")),
    ],
)
def test_sender_that_no_mail_server_accepts_is_found(settings, sender, problems):
    settings.HOUSEKEEPING, settings.DEFAULT_FROM_EMAIL = True, sender
    found = {problem.id for problem in run_checks(tags=[Tags.security], include_deployment_checks=True)}
    assert sorted(found & {"safetycenter.W003"}) == problems
