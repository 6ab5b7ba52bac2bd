"""Django's settings: one file, read from a typed, frozen environment."""

from __future__ import annotations

from pathlib import Path

from hotspots.config import sqlite  # noqa: F401 - decides which SQLite is used, before Django loads one
from hotspots.config.environment import Mode, database_of, environment_of_process, make_private

ENVIRONMENT = environment_of_process()
BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = ENVIRONMENT.is_debug
SECRET_KEY = ENVIRONMENT.secret_key
MASTER_KEY = ENVIRONMENT.master_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
STORE_ROOT = ENVIRONMENT.data_dir / "store"
STORE_ALLOWS_TRANSACTION = ENVIRONMENT.mode is Mode.TEST
HAS_DEMONSTRATION_SIGN_IN = ENVIRONMENT.has_demonstration_sign_in
PUBLIC_URL = ENVIRONMENT.public_url

make_private(ENVIRONMENT)
DATABASES = {"default": database_of(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = (
    "keys",
    "store",
    "audit",
    "access",
    "jobs",
    "web",
    "accounts",
    "coalition",
    "operations",
    "evidence",
    "intake",
    "cases",
    "results",
    "desk",
)
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "look",
    *(f"hotspots.{room}" for room in ROOMS),
    # After our rooms, so that our pages come before the library's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hotspots.web.compression.CompressedStatic",
    "hotspots.web.middleware.SecurityHeaders",
    "hotspots.web.compression.CompressPublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hotspots.web.middleware.CountyTime",
    "hotspots.accounts.adapter.middleware.SecondFactorFirst",
    "hotspots.web.middleware.DenyByDefault",
    "hotspots.web.middleware.Refusals",
]

ROOT_URLCONF = "hotspots.config.urls"
WSGI_APPLICATION = "hotspots.config.wsgi.application"
FORM_RENDERER = "look.renderer.LookRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hotspots.web.frame.frame_context",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# CJIS Security Policy IA-5(1)(a): eight characters at the least, compared with a list of common ones.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login"]},
    },
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/now"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "hotspots.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "hotspots.accounts.adapter.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True  # the adapter ends each session after twelve hours
# CJIS Security Policy AC-7: five tries within 15 minutes.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/900s/key"}
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Hot Spots"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: telephones and servers do not keep the same second

SESSION_COOKIE_NAME = "hotspots_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # CJIS Security Policy IA-5: authenticate again after 12 hours
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hotspots.web.views.show_csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.is_https:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
# Forms are small; an upload comes as raw parts and never through a multipart form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS: list[str] = []

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STATIC_ROOT.mkdir(exist_ok=True)
COMPRESSED_ROOT = ENVIRONMENT.data_dir / "compressed"  # copies of the static files, made again when they are missing
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Shared by all processes: the limits on tries, and which code was used already, hold for the program as a whole.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "hotspots": {"handlers": ["console"], "level": "INFO"},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
