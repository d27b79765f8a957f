"""Behind TLS, for the public. Refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.settings.base import *  # noqa: F403
from bpc.portal.settings.environment import ENVIRONMENT
from bpc.portal.settings.public_url import public_origin

if len(ENVIRONMENT.secret_key) < 40:
    raise ImproperlyConfigured("SECRET_KEY must be set, 40 characters or more")
if not ENVIRONMENT.allowed_hosts:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the public host")
if not ENVIRONMENT.public_url:
    raise ImproperlyConfigured("PUBLIC_URL must be the public address, https://host: messages link to it")

DEBUG = False
DEMO = False  # the demonstration accounts, an administrator among them, have a public password
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
PUBLIC_URL = public_origin(ENVIRONMENT.public_url, hosts=ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if ENVIRONMENT.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
