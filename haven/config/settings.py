"""Settings of Haven. There is no database yet: nothing of it is stored before the vault is built."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]

DEBUG = False
# Nothing is signed yet that must outlive a restart, so a key made at the start will do.
SECRET_KEY = os.environ.get("HAVEN_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("HAVEN_ALLOWED_HOSTS", "localhost").split(",")

ROOT_URLCONF = "haven.config.urls"
INSTALLED_APPS: list[str] = []
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [BASE / "templates"]}]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
