"""For pytest: same strictness, quick passwords, mail kept in memory."""

from bpc.portal.settings.base import *  # noqa: F403
from bpc.portal.settings.base import VAR

SECRET_KEY = "test-only-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "https://projets.example"  # a host no test asks for: what a message links to comes from here
DEMO = False
PRIVATE_PARTNERS = True  # the other side of a test answers on this machine
SMS_GATEWAY = "bpc.portal.people.sms.MemoryGateway"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR / "test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(VAR / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none, and warnings are errors
