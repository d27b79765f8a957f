"""Settings shared by every deployment; the others only add what differs."""

import dj_database_url
from csp.constants import NONE, SELF

from bpc.portal.settings.accounts import *  # noqa: F403
from bpc.portal.settings.environment import ENVIRONMENT
from bpc.portal.settings.mail import mail_settings, reply_address
from bpc.portal.settings.public_url import public_origin

ROOT = ENVIRONMENT.root
VAR = ENVIRONMENT.var
DATA = ENVIRONMENT.data
VAR.mkdir(parents=True, exist_ok=True)
DEMO = ENVIRONMENT.demo
DEBUG = ENVIRONMENT.debug

INSTALLED_APPS = [
    "bpc.portal.web",  # first: its templates stand in front of those the libraries bring
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "csp",
    "bpc.portal.foundation",
    "bpc.portal.reference",
    "bpc.portal.people",
    "bpc.portal.ideas",
    "bpc.portal.resources",
    "bpc.portal.observations",
    "bpc.portal.register",
    "bpc.portal.funding",
    "bpc.portal.packages",
    "bpc.portal.projects",
    "bpc.portal.blueprints",
    "bpc.portal.training",
    "bpc.portal.badges",
    "bpc.portal.atlas",
    "bpc.portal.gatherings",
    "bpc.portal.contests",
    "bpc.portal.plans",
    "bpc.portal.financing",
    "bpc.portal.vault",
    "bpc.portal.applications",
    "bpc.portal.founding",
    "bpc.portal.followup",
    "bpc.portal.counsel",
    "bpc.portal.appointments",
    "bpc.portal.diagnosis",
    "bpc.portal.results",
    "bpc.portal.threads",
    "bpc.portal.visits",
    "bpc.portal.learning",
    "bpc.portal.partner_courses",
    "bpc.portal.workshops",
    "bpc.portal.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bpc.portal.api.answers.KeptAnswersMiddleware",  # before all that costs time and changes nothing to these
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bpc.portal.people.middleware.StaffSecondFactorMiddleware",
    "bpc.portal.web.mandates.acting.ActingMiddleware",  # after who one is: under whose mandate one acts
    "bpc.portal.foundation.middleware.NulRefusedMiddleware",
    "bpc.portal.foundation.middleware.DeclaredRightMiddleware",
]

ROOT_URLCONF = "bpc.portal.urls"
WSGI_APPLICATION = "bpc.portal.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Banque de Projets Coopératifs"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bpc.portal.web.navigation.page_frame",
            ],
            "libraries": {"i18n": "bpc.portal.web.templatetags.words"},  # what templates load under this name
        },
    }
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # `i18n` is meant to be ours: Django's tags and one quicker

_SQLITE_URL = f"sqlite:///{VAR / 'bpc.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url or _SQLITE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits its turn at the start instead of failing half-way
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {
    # counted sign-ins and used one-time codes: one truth for all workers, so in the database
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    # pages kept for strangers: each worker its own, their keys say when they are stale
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Languages. Tamazight follows: nothing may assume two.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("ar", "العربية")]
# ours, then the sentences of Django and allauth that we say otherwise
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "borrowed"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
FORMAT_MODULE_PATH = ["bpc.portal.foundation.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"  # never served by path: only through the view that checks the right
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# People
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:my_space"
LOGOUT_REDIRECT_URL = "web:home"
SMS_GATEWAY = ENVIRONMENT.sms_gateway
# clamd, `host:port` or the path of its socket; empty: files are not scanned, and the vault says so
SCANNER = ENVIRONMENT.scanner
# partners' tools and the record store may be inside one's own network, by http: for tests, or one machine room
PRIVATE_PARTNERS = ENVIRONMENT.private_partners
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bpc.portal.web.errors.csrf_failure"

PUBLIC_URL = public_origin(ENVIRONMENT.public_url or f"http://127.0.0.1:{ENVIRONMENT.port}")
globals().update(mail_settings(ENVIRONMENT.email_url))
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
REPLY_ADDRESS = reply_address(ENVIRONMENT.reply_address)

# Days without a sign of life of a group on a path after which it is told, then its advisor, then the delegation.
SILENCE_DAYS = {"group": 30, "advisor": 44, "region": 60}

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],  # a voice note heard before it is sent
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Addresses that are keys are told to no other site. Never "no-referrer" where there is a form: browsers would send it
# with the origin "null", refused as forged.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
