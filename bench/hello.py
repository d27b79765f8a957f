"""The rival: Django's own hello, no middleware, no database, on the same server."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Answer two words."""
    return HttpResponse("hello, world", content_type="text/plain")


urlpatterns = [path("", hello)]

settings.configure(
    SECRET_KEY="bench-only",  # noqa: S106 - signs nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={},
    USE_TZ=True,
)
django.setup()
application = WSGIHandler()
