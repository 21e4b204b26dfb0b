"""Django's settings. Everything an owner can change comes from the environment; docs/settings.md lists it."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from hawker.config import data
from hawker.connect.registry import platforms

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data.folder()
_keys = data.keys(DATA)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _pairs(name: str) -> dict[str, str]:
    """`name=value,name=value`."""
    words = [word.partition("=") for word in os.environ.get(name, "").split(",")]
    return {key.strip(): value.strip() for key, _, value in words if value.strip()}


def _hosts() -> list[str]:
    """The names under which browsers may ask: a false one could lead mailed links elsewhere."""
    named, bound = os.environ.get("HAWKER_HOSTS", ""), os.environ.get("HOST", "127.0.0.1")
    if named:
        return named.split(",")
    if PUBLIC_URL:
        return [urlsplit(PUBLIC_URL).hostname or "", *LOOPBACK]
    return ["*"] if bound in {"0.0.0.0", "::"} else [bound, *LOOPBACK]  # noqa: S104


def _database(address: str) -> dict[str, object]:
    if not address:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "hawker.sqlite3",
            "OPTIONS": {"init_command": pragmas, "transaction_mode": "IMMEDIATE", "timeout": 30},
        }
    parts = urlsplit(address)
    host = parse_qs(parts.query).get("host", [""])[0]  # a socket's folder, as libpq writes it
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 10},
    }


SECRET_KEY = _keys.signing
SEAL_KEYS = _keys.sealing
MACHINE_KEY = _keys.machine
NEW_KEYS = _flag("HAWKER_NEW_KEYS")
DEBUG = False

# The address at which browsers find this Hawker, where a proxy stands in front of it.
PUBLIC_URL = os.environ.get("HAWKER_PUBLIC_URL", "").rstrip("/")
# Where networks of this house fetch media, where ALLOW_PRIVATE_HOSTS lets them.
LOCAL_URL = os.environ.get("HAWKER_LOCAL_URL", "").rstrip("/")
ALLOW_PRIVATE_HOSTS = _flag("HAWKER_ALLOW_PRIVATE_HOSTS")
METRICS_TOKEN = os.environ.get("HAWKER_METRICS_TOKEN", "")
ANSWER_SECONDS = float(os.environ.get("HAWKER_ANSWER_SECONDS", "30"))
# Editions of networks' APIs that an owner prefers to those that the folders name first.
API_VERSIONS = _pairs("HAWKER_API_VERSIONS")
ALLOWED_HOSTS = _hosts()
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "hawker.core.people",
    "hawker.core.channels",
    "hawker.core.contacts",
    "hawker.core.media",
    "hawker.core.posts",
    "hawker.core.publishing",
    "hawker.core.planning",
    "hawker.core.notices",
    "hawker.core.hooks",
    "hawker.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hawker.web.session.WorkspaceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hawker.web.refusals.RefusalMiddleware",
    "hawker.config.too_large.Limit",
]
ROOT_URLCONF = "hawker.config.urls"
ASGI_APPLICATION = "hawker.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web", *(each.folder.parent for each in platforms().values())],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hawker.web.session.page_context",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
POSTGRESQL = "postgresql" in str(DATABASES["default"]["ENGINE"])
# What cannot be is said when Hawker starts (config/start.py), not here, where only a trace could say it.
ENGINE = os.environ.get("HAWKER_ENGINE") or "local"
if ENGINE == "cluster" and POSTGRESQL and find_spec("procrastinate"):
    INSTALLED_APPS.append("procrastinate.contrib.django")
# A file also under test: worker threads and pages share it, as they do in a shop.
if not POSTGRESQL:
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
# Wrong passwords and keys are counted here, by all processes together where there can be many.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "hawker_cache"}
    if POSTGRESQL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_NAME = "hawker_session"
CSRF_COOKIE_NAME = "hawker_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hawker.web.refusals.forged"
LANGUAGE_COOKIE_NAME = "hawker_language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hawker.web.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# Of wrong passwords: ten a minute from one address, five in five minutes for one account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# The address of who asks is behind the proxy that PUBLIC_URL means.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PUBLIC_URL else 0
MFA_ADAPTER = "hawker.web.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Hawker"
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers count http://localhost as safe; passkeys work there and on https, never on a bare IP address.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale", *(each.folder / "locale" for each in platforms().values())]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static_root"
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    *(each.folder / "static" for each in platforms().values() if (each.folder / "static").is_dir()),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
_bucket = os.environ.get("HAWKER_S3_BUCKET", "")
STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "media", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
if _bucket:
    STORAGES["default"] = {
        "BACKEND": "hawker.config.objects.ObjectStorage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": os.environ.get("HAWKER_S3_ENDPOINT") or None,
            "access_key": os.environ.get("HAWKER_S3_KEY") or None,
            "secret_key": os.environ.get("HAWKER_S3_SECRET") or None,
            "default_acl": None,
            "max_memory_size": 16 * 2**20,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
# Large uploads wait beside the data: where temporary files lie is often the memory.
FILE_UPLOAD_TEMP_DIR = DATA
MEDIA_ROOT = DATA / "media"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC_URL else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("HAWKER_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["HAWKER_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("HAWKER_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("HAWKER_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("HAWKER_SMTP_PASSWORD", "")
    EMAIL_TIMEOUT = 10
    _tls = os.environ.get("HAWKER_SMTP_TLS") or {25: "none", 465: "tls"}.get(EMAIL_PORT, "starttls")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _tls == "starttls", _tls == "tls"
DEFAULT_FROM_EMAIL = os.environ.get("HAWKER_MAIL_FROM", "hawker@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"hawker": {"level": os.environ.get("HAWKER_LOG", "INFO").upper()}},
}
