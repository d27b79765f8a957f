"""The addresses a partner's tool is given: always under the public address of the site, whatever host was asked."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.people.notices import full_address


def issuer() -> str:
    """The name by which tools know this site."""
    return str(settings.PUBLIC_URL)


def authentication_address() -> str:
    """Where a tool sends the browser to learn who opened the course."""
    return full_address(reverse("lti_authentication"))


def token_address() -> str:
    """Where a tool asks for the right to send results."""
    return full_address(reverse("lti_token"))


def keys_address() -> str:
    """Where our public keys are read."""
    return full_address(reverse("lti_keys"))


def line_items_address(course: PartnerCourse) -> str:
    """The line items of a course: there is one."""
    return full_address(reverse("lti_line_items", args=[course.key]))


def line_item_address(course: PartnerCourse) -> str:
    """The line item of a course; `/scores` and `/results` follow it."""
    return full_address(reverse("lti_line_item", args=[course.key]))


def results_address(course: PartnerCourse) -> str:
    """The results of a line item."""
    return full_address(reverse("lti_results", args=[course.key]))


def course_address(course: PartnerCourse, language: str) -> str:
    """The page of a course, in a language."""
    with translation.override(language):
        return full_address(reverse("web:partner_course", args=[course.pk]))
