"""What `make run` serves on this machine: production's server and strictness, without TLS."""

import secrets

from bpc.portal.settings.base import *  # noqa: F403
from bpc.portal.settings.base import VAR
from bpc.portal.settings.environment import ENVIRONMENT

_secret_file = VAR / "secret_key"
if not ENVIRONMENT.secret_key and not _secret_file.exists():
    _secret_file.write_text(secrets.token_urlsafe(50))
    _secret_file.chmod(0o600)
SECRET_KEY = ENVIRONMENT.secret_key or _secret_file.read_text()

ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts or ["localhost", "127.0.0.1", "[::1]"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
