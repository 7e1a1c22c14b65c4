"""Settings, read from the environment. An empty environment gives a working site on SQLite under ``var/``.

Every name that can be set is listed with its meaning in ``deploy/env.example``.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import private_files
from .static_headers import static_headers

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
    """Make a secret key on the first run and keep it, so that an empty environment is safe too."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch()
        path.chmod(private_files.FILE)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default=None) or _own_secret_key()
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Demo passwords are public, so a DEBUG site answers to this machine only (safety rule H1).
ALLOWED_HOSTS = LOOPBACK_HOSTS if DEBUG else env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
DESK_URL = env("DESK_URL", default=PUBLIC_URL).rstrip("/")  # named in pages to those on call
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, so that its admin classes see translated fields
    "safetycenter.apps.SafetyCenterConfig",
    "education.apps.EducationConfig",
    "reports.apps.ReportsConfig",
    "safetycenter.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles: the development server sends the headers of a real one
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_prose_editor",
    "csp",
    "allauth",
    "safetycenter.accounts.apps.AllauthAccountConfig",
    "allauth.mfa",
    "safetycenter.accounts.apps.StaffAccountsConfig",  # after allauth, whose admin pages it takes away
]

MIDDLEWARE = [
    "safetycenter.middleware.request_log",
    "safetycenter.middleware.loopback_only",  # with DEBUG only; before the static files
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safetycenter.middleware.security_headers",
    "safetycenter.accounts.middleware.DeskPolicy",
    "safetycenter.middleware.probes",  # before anything asks for the name of the host
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *(["safetycenter.accounts.middleware.DeskAccounts"] if HAS_DESK else []),
    "safetycenter.middleware.DebugNotFound",  # with DEBUG only; innermost
]

if NODE == "desk":
    MIDDLEWARE.insert(6, "safetycenter.middleware.redirect_public_urls")  # behind the static files

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

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at the start, so that no writer fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged survives a power cut. secure_delete: erased keys are overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
    # A file, because threads of a live server cannot share an in-memory database.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages. Indonesian is the original.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_LANGUAGES = ("id", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "id"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("id", "en")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # a web server that gives out static files is another user
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
CARDS_DIR = VAR / "cards"  # pictures that chats show beside a link; drawn anew when they are missing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60

# Keys and sealed files of reports.
KEYS_DIR = Path(env("KEYS_DIR", default=str(VAR / "keys")))
EVIDENCE_DIR = Path(env("EVIDENCE_DIR", default=str(VAR / "evidence")))
# How long closed cases are kept, in days (reports.cases.retention). Contact details have no time: none are asked for.
KEEP_FILES_DAYS = env.int("KEEP_FILES_DAYS", default=90)
KEEP_STORY_DAYS = env.int("KEEP_STORY_DAYS", default=365)
KEEP_URGENT_STORY_DAYS = env.int("KEEP_URGENT_STORY_DAYS", default=730)
KEEP_CERTIFICATE_DAYS = env.int("KEEP_CERTIFICATE_DAYS", default=365)
UNSENT_FILES_MB = env.int("UNSENT_FILES_MB", default=2048)  # all files of reports that are still being written
LOW_DISK_MB = env.int("LOW_DISK_MB", default=512)  # /readyz says so below this
# Only the sealing handler may see a reporter's file: Django's own would leave a readable copy on disk.
FILE_UPLOAD_HANDLERS = ["reports.evidence.upload.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 25  # five are kept; more are named one by one, and drained

# Proof of the record of events (reports.cases.verification): where the anchor of the day goes, off this machine.
RECORD_ANCHOR_MAIL = env("RECORD_ANCHOR_MAIL", default="")
RECORD_ANCHOR_DIR = env("RECORD_ANCHOR_DIR", default="")  # outside VAR_DIR, on another disk or machine
RECORD_HEAD = VAR / "record_head.json"  # what this desk entered into the register last
# How long the record of an erased case is kept before `remove_old_events` may remove it. The law wants a period,
# UU 27/2022 arts. 42-44, not this one.
RECORD_DAYS = env.int("RECORD_DAYS", default=5 * 365)

# Cookies. Browsers refuse the __Host- and __Secure- prefixes over plain http, except on loopback names.
PLAIN_HTTP = DEBUG or env.bool("PLAIN_HTTP", default=False)
SESSION_COOKIE_NAME = "staff" if PLAIN_HTTP else "__Secure-staff"
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "form" if PLAIN_HTTP else "__Host-form"
CSRF_COOKIE_AGE = None  # gone with the browser window
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
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# "no-referrer" would break Django's own check of where a form was sent from.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A neutral page that is not personalised; opened by "Quick exit".
QUICK_EXIT_URL = env("QUICK_EXIT_URL", default="https://www.bmkg.go.id/cuaca/prakiraan-cuaca")

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
        # A form's redirect counts as its target too: without script, "Quick exit" is a form.
        "form-action": [SELF, "{0.scheme}://{0.netloc}".format(urlsplit(QUICK_EXIT_URL))],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A nonce for scripts is added at the desk only, see safetycenter.accounts.middleware.

# Staff accounts: allauth with sign-in, second factor and password, and nothing else (safetycenter.accounts).
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEBUG)
AUTHENTICATION_BACKENDS = ["safetycenter.accounts.backends.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # else a cookie of every path
ACCOUNT_ADAPTER = "safetycenter.accounts.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # what an account consists of; there is no sign-up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # they count per worker; ours are in safetycenter.accounts.throttling
ACCOUNT_FORMS = {
    "login": "safetycenter.accounts.forms.LoginForm",
    "reauthenticate": "safetycenter.accounts.forms.ReauthenticateForm",
    "change_password": "safetycenter.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "safetycenter.accounts.adapters.StaffMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator, not by whoever has an address
MFA_TOTP_TOLERANCE = 1  # half minutes that a phone's clock may be off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "safetycenter.accounts.forms.AuthenticateForm",
    "reauthenticate": "safetycenter.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "safetycenter.accounts.forms.ActivateAppForm",
    "add_webauthn": "safetycenter.accounts.forms.AddPasskeyForm",
}

# Who runs this site. Shown to readers; intake stays closed outside DEBUG while a needed one is empty (H1).
SITE_NAME = env("SITE_NAME", default=None)
OPERATOR = {
    "name": env("OPERATOR_NAME", default=""),
    "contact": env("OPERATOR_CONTACT", default=""),
    "data_protection_contact": env("DATA_PROTECTION_CONTACT", default=""),
    "complaints_contact": env("COMPLAINTS_CONTACT", default=""),
}
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])  # e-mail addresses or URIs, for /.well-known/security.txt
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds; without it a silent mail server hangs housekeeping
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="noreply@localhost")

# Which page version is current; the wrapper round the application asks this (safetycenter.page_cache.middleware).
PUBLISHED_GENERATION = "safetycenter.page_cache.cache_version.current"
# Readers' pages as files for a web server (safetycenter.page_cache.export); empty: none are written.
SNAPSHOT_DIR = env("SNAPSHOT_DIR", default="")
SNAPSHOT_PATHS = "education.public_pages.paths"
# Where one app asks another without importing it: "is the emergency set checked?", "has this person a second factor?"
EMERGENCY_NUMBERS_VERIFIED = "education.helplines.selection.emergency_set_verified"
SELF_HARM_DETECTOR = "reports.self_harm.detector.is_mentioned"
STAFF_ENROLLED = "safetycenter.accounts.policy.enrolled"
# What /readyz asks besides the database, in the words of its answer.
READINESS_CHECKS = {
    "database is of this version": "safetycenter.schema.fits",
    "housekeeping runs": "safetycenter.heartbeat.housekeeping_runs",
    "events are append-only": "reports.triggers.present",
    "events are countersigned": "reports.cases.verification.register.is_countersigned",
    "anchors of the record leave": "reports.cases.verification.anchors.leave_in_time",
    "evidence belongs to this database": "reports.evidence.installation.matches",
    "gate key is the one of this installation": "reports.evidence.file_gate.key_fits",
    "mark of the evidence folder is whole": "reports.evidence.installation.mark_is_readable",
    "snapshots are fresh": "safetycenter.page_cache.heartbeat.is_fresh",
    "disk has room": "reports.evidence.store.has_room",
}
READY_TIMES = {"last anchor of the record left": "reports.cases.verification.anchors.last_left"}
# Whether this node runs housekeeping. Public nodes leave it to the desk, which has the rights and the keys for it.
HOUSEKEEPING = env.bool("HOUSEKEEPING", default=HAS_DESK)
CLEANUP_TASKS = [  # what housekeeping does outside of reports
    "education.search.zero_result_log.delete_old",
    "education.publishing.publication.publish_due",  # where pages are read on another node than the desk
]

SILENCED_SYSTEM_CHECKS = ["security.W021"] if PLAIN_HTTP else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "safetycenter.logs.SafeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers would print paths and tracebacks in demo mode, and mail them to ADMINS otherwise.
        "django": {"level": "INFO", "handlers": []},
        # Django's own request and SQL loggers print paths, values and tracebacks with local data.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
        "django.db.backends": {"level": "WARNING"},
    },
}
