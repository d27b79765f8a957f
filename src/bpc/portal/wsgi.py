"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpc.portal.settings.prod")
application = get_wsgi_application()

# Loaded before the workers fork: they share the memory, and the first visitor does not wait for imports.
assert get_resolver().url_patterns
