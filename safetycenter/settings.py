"""Settings, read from the environment. An empty environment gives a working site on SQLite under ``var/``.

Every name that can be set is listed with its meaning in ``deploy/env.example``.
"""

import secrets
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from . import evidence_settings, private_files, service_urls
from .static_headers import static_headers
from .zones import WIB

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
private_files.make_folder(VAR)

NODE = env("NODE", default="all")  # all | public | desk
if NODE not in {"all", "public", "desk"}:
    raise environ.ImproperlyConfigured(f"NODE must be all, public or desk, not {NODE!r}.")
HAS_DESK = NODE in {"all", "desk"}
DEBUG = env.bool("DEBUG", default=False)


def _own_secret_key() -> str:
    """Return the secret key of this node. Create and store one on the first run: an empty environment is safe too."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch()
        path.chmod(private_files.FILE)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


# A file with one secret a line: the first is the key, the others are accepted for a while after it was changed.
SECRET_KEY_FILE = env("SECRET_KEY_FILE", default="")
_IN_FILE = Path(SECRET_KEY_FILE).read_text().split() if SECRET_KEY_FILE else []
SECRET_KEY = env("SECRET_KEY", default=None) or next(iter(_IN_FILE), None) or _own_secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[]) or _IN_FILE[1:]
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Demo passwords are public, so a DEBUG site only answers requests from this machine (safety rule H1).
ALLOWED_HOSTS = LOOPBACK_HOSTS if DEBUG else env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
DESK_URL = env("DESK_URL", default=PUBLIC_URL).rstrip("/")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, so that its admin classes find the translated fields
    "safetycenter.apps.SafetyCenterConfig",
    "education.apps.EducationConfig",
    "reports.apps.ReportsConfig",
    "safetycenter.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles: the development server then sends production headers
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_prose_editor",
    "csp",
    "allauth",
    "safetycenter.accounts.apps.AllauthAccountConfig",
    "allauth.mfa",
    "safetycenter.accounts.apps.StaffAccountsConfig",  # after allauth, because it unregisters allauth's admin pages
]

MIDDLEWARE = [
    "safetycenter.middleware.request_log",
    "safetycenter.middleware.loopback_only",  # active with DEBUG only; before the static files
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safetycenter.middleware.security_headers",
    "safetycenter.accounts.middleware.DeskCSPMiddleware",
    "safetycenter.middleware.probes",  # before any middleware that needs the host name
    "safetycenter.sqlite_lock.short_wait",
    "safetycenter.middleware.one_cache_version",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "safetycenter.middleware.OwnUploadHandlers",  # before the first middleware that reads a form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *(["safetycenter.accounts.middleware.DeskAccountMiddleware"] if HAS_DESK else []),
    "reports.intake.not_stored.NotStored",
    "safetycenter.middleware.DebugNotFound",  # active with DEBUG only; innermost
]

if NODE == "desk":
    MIDDLEWARE.insert(6, "safetycenter.middleware.redirect_public_urls")  # after the static files

ROOT_URLCONF = f"safetycenter.urls.{NODE}"
WSGI_APPLICATION = "safetycenter.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safetycenter.views.site",
            ],
        },
    },
]

# Whether DATABASE_URL leads to a pool that lends a connection for one transaction only (docs/scale.md).
DATABASE_POOL = env.bool("DATABASE_POOL", default=False)
# What the doctor cannot ask the pool: its connections to PostgreSQL for one role, and how many processes it has.
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", default=0)
DATABASE_POOL_PROCESSES = env.int("DATABASE_POOL_PROCESSES", default=1)
DATABASES = {"default": service_urls.database(env, default=f"sqlite:///{VAR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at the start of a transaction, so that no writer fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a committed transaction survives a power cut. secure_delete: SQLite overwrites erased keys.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
    # A file, because threads of a live server cannot share an in-memory database.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    # Seconds that a reader's or reporter's request waits for that lock, all its statements together: an answer that
    # gives the words back has to come within five. Commands and the desk wait ``timeout`` for each statement.
    SQLITE_WAIT = 3
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0 if DATABASE_POOL else 60)
    # A server-side cursor outlives its transaction, so the next piece may be asked of another connection of a pool.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOL
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Twelve characters: a stolen copy of the hashes is guessed offline, where the limits of the sign-in do not help.
_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_DJANGO}.CommonPasswordValidator"},
    {"NAME": f"{_DJANGO}.NumericPasswordValidator"},
]

# Languages. Indonesian is the language that texts are written in first, so it comes first.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = ()  # models that need one say so (reports/translation.py)
FORMAT_MODULE_PATH = "safetycenter.formats"  # British dates and 24 hours; Django writes "Dec. 26, 2026, 3 p.m."
USE_I18N = True
USE_TZ = True
TIME_ZONE = WIB.tz_name

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # a web server that serves the static files runs as another user
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
# Pictures of guides. Only the application reads them: it gives readers those of published pages (education.library).
PICTURES_DIR = Path(env("PICTURES_DIR", default=str(VAR / "pictures")))
PICTURE_MB = 8  # the file that an editor uploads, of 1024 × 1024 bytes
PICTURE_MEGAPIXELS = 40  # width × height of it, in millions: a small file can unpack to gigabytes
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    "pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PICTURES_DIR,
            "file_permissions_mode": private_files.FILE,
            "directory_permissions_mode": private_files.FOLDER,
        },
    },
    "evidence": evidence_settings.storage(env),  # the sealed files of reports
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60

# The keys of reports, and their sealed files.
KEYS_DIR = Path(env("KEYS_DIR", default=str(VAR / "keys")))
# Whose private keys this desk must have: with a separate desk for child safety, each has those of one audience.
DESK_AUDIENCES = env.list("DESK_AUDIENCES", default=["desk", "child_safety"])
# Where a process reads the passphrase of locked key files: the number of an open file descriptor, or a file.
KEYS_PASSPHRASE_FD = env("KEYS_PASSPHRASE_FD", default="")
KEYS_PASSPHRASE_FILE = env("KEYS_PASSPHRASE_FILE", default="")
EVIDENCE_DIR = Path(env("EVIDENCE_DIR", default=str(VAR / "evidence")))
# What was withdrawn and erased, outside the database (reports.cases.ledger): a restored backup must not bring it back.
LEDGER_DIR = Path(env("LEDGER_DIR", default=str(VAR / "ledger")))
LEDGER_DAYS = env.int("LEDGER_DAYS", default=400)  # longer than any backup is kept
DRILLS_ONLY = env.bool("DRILLS_ONLY", default=False)  # a test machine that restores backups and serves nobody
BACKUP_PUBLIC_KEY = env("BACKUP_PUBLIC_KEY", default="")  # of the operator; only the private half opens a backup
# Limits and periods that pages name (safetycenter.published_limits): no text, template or script repeats the numbers.
DRAFT_MINUTES = 20  # a draft or a visit is deleted after this time without a button
DRAFT_HOURS = 2  # and after this time in any case, or a program could store files in drafts indefinitely
DRAFT_WARNING_MINUTES = 5  # the script warns this long before the end
MAX_FILES_PER_CASE = 5
FILE_MB = 10  # each file, of 1024 × 1024 bytes
CASE_FILES_MB = 25  # all files of a case together
WITHDRAWAL_HOURS = 72  # within the 3×24 hours of UU 27/2022 (PDP) art. 43; reversible until then
CLOSE_DAYS = 14  # a resolved case closes after this time without a word of its reporter
# Cost of the slow hash of a reporter's code: passes and bytes (reports.crypto.receipts). Raise it with the hardware.
RECEIPT_OPERATIONS = 2
RECEIPT_MEMORY = 19 * 1024 * 1024
# Retention of closed cases, in days (reports.cases.retention).
KEEP_CONTACT_DAYS = env.int("KEEP_CONTACT_DAYS", default=30)
KEEP_FILES_DAYS = env.int("KEEP_FILES_DAYS", default=90)
KEEP_STORY_DAYS = env.int("KEEP_STORY_DAYS", default=365)
KEEP_URGENT_STORY_DAYS = env.int("KEEP_URGENT_STORY_DAYS", default=730)
KEEP_CERTIFICATE_DAYS = env.int("KEEP_CERTIFICATE_DAYS", default=365)
UNSENT_FILES_MB = env.int("UNSENT_FILES_MB", default=2048)  # limit for all files of reports not sent yet
LOW_DISK_MB = env.int("LOW_DISK_MB", default=512)  # /readyz reports less free space than this
# Only the handler that seals files may read an upload: Django's own handlers would leave a readable copy on disk. The
# pages of the picture library name their own (safetycenter.middleware.OwnUploadHandlers), which writes nothing either.
FILE_UPLOAD_HANDLERS = ["reports.evidence.upload.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 25  # more than MAX_FILES_PER_CASE: the form names each of the others and discards it

# Evidence that the record of events is complete (reports.cases.verification): where the daily anchor is sent.
RECORD_ANCHOR_MAIL = env("RECORD_ANCHOR_MAIL", default="")
RECORD_ANCHOR_DIR = env("RECORD_ANCHOR_DIR", default="")  # outside VAR_DIR, on another disk or machine
RECORD_HEAD = VAR / "record_head.json"  # the last entry that this desk made in the register
# How long the record of an erased case is kept before `remove_old_events` may remove it. UU 27/2022 arts. 42-44 require
# a period, but do not set this one.
RECORD_DAYS = env.int("RECORD_DAYS", default=5 * 365)

# From which number on an auditor is alarmed about one person (reports.audit.insider): cases that they did not work on
# and searches within a day, cases and files opened within an hour.
INSIDER_LIMITS = {
    "not_theirs": env.int("INSIDER_CASES_A_DAY", default=20),
    "searches": env.int("INSIDER_SEARCHES_A_DAY", default=20),
    "bulk": env.int("INSIDER_OPENED_AN_HOUR", default=40),
}

# Cookies. Browsers refuse the __Host- and __Secure- prefixes over plain http, except on loopback names.
PLAIN_HTTP = DEBUG or env.bool("PLAIN_HTTP", default=False)
SESSION_COOKIE_NAME = "staff" if PLAIN_HTTP else "__Secure-staff"
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
# Of staff, from sign-in on (safetycenter.accounts.sessions). With one longer than 12 hours, raise SILENT_AFTER of
# reports/staffing/intake_status.py too: it counts from a sign-in.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "form" if PLAIN_HTTP else "__Host-form"
CSRF_COOKIE_AGE = None  # a session cookie: the browser deletes it when it is closed
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_FAILURE_VIEW = "safetycenter.views.form_expired"
SEALED_SESSION_COOKIE_NAME = "session" if PLAIN_HTTP else "__Host-session"
SEALED_SESSION_COOKIE_SECURE = not PLAIN_HTTP

SECURE_SSL_REDIRECT = not PLAIN_HTTP and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# "no-referrer" would break Django's own check of the origin of a form.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A neutral page without personal content, opened by "Quick exit".
QUICK_EXIT_URL = env("QUICK_EXIT_URL", default="https://www.bmkg.go.id/cuaca/prakiraan-cuaca")

# Our additions to the rich text editor (education.admin.editor_tools). They add no HTML element.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy(f"js/{script}.js")], "extensions": {name: html_tags([])}}
    for name, script in {
        "Menu": "editor_menu",
        "TrailingNode": "editor_trailing",
        "LinkPicker": "editor_links",
        "PasteCleaner": "editor_paste",
    }.items()
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # The redirect after a form counts as its target too: without script, "Quick exit" is a form.
        "form-action": [SELF, "{0.scheme}://{0.netloc}".format(urlsplit(QUICK_EXIT_URL))],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Only pages of the desk get a nonce for scripts, see safetycenter.accounts.middleware.

# Staff accounts: allauth, used only for sign-in, second factors and passwords (safetycenter.accounts).
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEBUG)
# After how many minutes without anybody a session locks until it gets a proof (safetycenter.accounts.idle); 0: never.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=20)
INVITATION_HOURS = 72  # how long a link is valid with which somebody joins the staff (accounts.invitations)
AUTHENTICATION_BACKENDS = ["safetycenter.accounts.backends.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # the default sets a cookie for every path
ACCOUNT_ADAPTER = "safetycenter.accounts.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # the fields of an account; there is no sign-up page
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # how long a proof counts before a sensitive action (accounts.confirm)
ACCOUNT_RATE_LIMITS = False  # allauth counts per worker; our limits are in safetycenter.accounts.throttling
ACCOUNT_FORMS = {
    "login": "safetycenter.accounts.forms.LoginForm",
    "reauthenticate": "safetycenter.accounts.forms.ReauthenticateForm",
    "change_password": "safetycenter.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "safetycenter.accounts.adapters.StaffMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator creates accounts; no e-mail address has to be verified
MFA_TOTP_TOLERANCE = 1  # by how many half minutes the clock of a phone may be wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "safetycenter.accounts.forms.AuthenticateForm",
    "reauthenticate": "safetycenter.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "safetycenter.accounts.forms.ActivateAppForm",
    "add_webauthn": "safetycenter.accounts.forms.AddPasskeyForm",
}

# Who runs this site. Shown to readers; outside DEBUG the report form stays closed while a required one is empty (H1).
SITE_NAME = env("SITE_NAME", default=None)
OPERATOR = {
    "name": env("OPERATOR_NAME", default=""),
    "contact": env("OPERATOR_CONTACT", default=""),
    "data_protection_contact": env("DATA_PROTECTION_CONTACT", default=""),
    "complaints_contact": env("COMPLAINTS_CONTACT", default=""),
}
# The days (ISO) on which the operator finished its impact assessment (UU 27/2022 article 34) and a lawyer wrote down
# how reports of minors may be kept and passed on. Outside DEBUG the report form stays closed without them (J4).
OPENING_PAPERS = {
    "impact_assessment": env("IMPACT_ASSESSMENT_ON", default=""),
    "legal_note": env("LEGAL_NOTE_ON", default=""),
}
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])  # e-mail addresses or URIs, for /.well-known/security.txt
EMAIL_CONFIG = service_urls.email(env, default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds; without it a silent mail server hangs housekeeping
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="noreply@localhost")
# The gateway that sends SMS to people on call: it takes an HTTPS POST (reports.staffing.channels.sms). Empty: no SMS.
SMS_GATEWAY = {
    "url": env("SMS_GATEWAY_URL", default=""),
    "to": env("SMS_GATEWAY_TO", default="to"),
    "text": env("SMS_GATEWAY_TEXT", default="text"),
    "fields": env.dict("SMS_GATEWAY_FIELDS", default={}),
    "header": env("SMS_GATEWAY_HEADER", default=""),
    "json": env.bool("SMS_GATEWAY_JSON", default=False),
}
# Networks of the operator in which ntfy, webhooks and the gateway may be, besides public ones on port 443.
ON_CALL_PRIVATE_NETWORKS = env.list("ON_CALL_PRIVATE_NETWORKS", default=[])
# The sender of reminders to reporters, of a domain that does not name this site; empty: none are offered (H20).
REMINDER_FROM = env("REMINDER_FROM", default="")
# Whether the mail server hands undelivered reminders to `manage.py reminder_bounced` (deploy/reminders.md).
REMINDER_BOUNCES = env.bool("REMINDER_BOUNCES", default=False)

# The folder for readers' pages as files for a web server (safetycenter.page_cache.export); empty: none are written.
SNAPSHOT_DIR = env("SNAPSHOT_DIR", default="")
SNAPSHOT_PATHS = "education.public_pages.paths"
SNAPSHOT_FILES = "education.public_pages.files"
# Functions that one app calls in another without importing it: "has the emergency list been checked?"
EMERGENCY_NUMBERS_VERIFIED = "education.helplines.selection.emergency_set_verified"
UNTESTED_CHANNELS = "reports.staffing.channels.state.kinds_without_test"  # ways to people on call, for the doctor
THERE_ARE_REPORTS = "reports.staffing.form_finding.there_are_reports"  # for the doctor: something could be lost
REPORT_FORM_FINDINGS = "reports.staffing.form_finding.findings"  # whether somebody can report now, for the doctor
OWED_FINDINGS = "reports.cases.duty_alarm.findings"  # whether somebody on duty may do what is owed, for the doctor
EVIDENCE_PROBE = "reports.evidence.probe.findings"  # what the doctor asks of the place of files
DESK_REFERENCES = "education.helplines.references"  # a module: helplines and guides for the checklists of the desk
DESK_TEXTS = "reports.checklists.guide_links.leading_to"  # the texts for replies that link a guide
PUBLIC_FIGURES = "reports.statistics.published.quarters"
FIGURES_DEFINED_ON = date(2026, 12, 3)  # the day of the definitions on the page of figures; change it with them
SELF_HARM_DETECTOR = "reports.self_harm.detector.is_mentioned"
# What /readyz checks besides the database, by the names that its answer uses.
READINESS_CHECKS = {
    "migrations are applied": "safetycenter.schema.is_migrated",
    "database is of this version": "safetycenter.schema.fits",
    "housekeeping runs": "safetycenter.heartbeat.housekeeping_runs",
    "events are append-only": "reports.triggers.present",
    "events are countersigned": "reports.cases.verification.register.is_countersigned",
    "anchors of the record leave": "reports.cases.verification.anchors.is_sent_in_time",
    "store of evidence answers": "reports.evidence.store.answers",
    "evidence belongs to this database": "reports.evidence.installation.matches",
    "no file of a report is lost": "reports.evidence.missing.is_none_lost",
    "gate key is the one of this installation": "reports.evidence.file_gate.is_bound_key",
    "mark of the evidence folder is whole": "reports.evidence.installation.is_marker_readable",
    "counters agree with a recount": "reports.statistics.recount.agrees",
    "snapshots are fresh": "safetycenter.page_cache.heartbeat.is_fresh",
    "disk has room": "reports.evidence.store.has_free_space",
    "sender of reminders is tested": "reports.staffing.reminder_sender.is_unset_or_tested",
}
# For /metrics and the doctor, at a desk: these are for people, not for a load balancer.
METRIC_CHECKS = {
    "nobody waits too long": "reports.staffing.waiting.nobody_waits_too_long",
    "reminders leave": "reports.staffing.reminder_sender.mails_leave",
}
METRICS_TOKEN = env("METRICS_TOKEN", default="")  # of Prometheus; empty: /metrics does not exist
SENTRY_DSN = env("SENTRY_DSN", default="")  # empty: no error is sent anywhere (safetycenter.error_reports)
READINESS_TIMES = {"last anchor of the record left": "reports.cases.verification.anchors.last_sent"}
# Whether this node runs housekeeping. Public nodes leave it to the desk, which has the permissions and the keys.
HOUSEKEEPING = env.bool("HOUSEKEEPING", default=HAS_DESK)
CLEANUP_TASKS = [  # housekeeping tasks outside of reports
    "education.search.zero_result_log.delete_old",
    "education.publishing.unsaved.delete_old",
    "safetycenter.accounts.invitations.delete_old",
    "education.publishing.due.publish_due",  # needed where another node serves the pages
    "education.publishing.live_errors.check_due",
    "education.links.checking.check_due",  # last: it may wait for other sites
]
# Whether housekeeping asks other sites if the addresses in published texts still work. It connects to them.
CHECK_LINKS = env.bool("CHECK_LINKS", default=False)

SILENCED_SYSTEM_CHECKS = ["security.W021"] if PLAIN_HTTP else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "safetycenter.logs.SafeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would print paths and tracebacks in demo mode, and otherwise mail them to ADMINS.
        "django": {"level": "INFO", "handlers": []},
        # Django's own request and SQL loggers print paths, values and tracebacks with local data.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
        "django.db.backends": {"level": "WARNING"},
    },
}
