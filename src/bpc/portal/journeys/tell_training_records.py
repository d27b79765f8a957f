"""A course of ours finished is noted in the record store, for who agreed to it."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from bpc.portal.learning.completions import declare_finished
from bpc.portal.learning.models import Following
from bpc.portal.partner_courses.xapi import Activity, Outcome, Verb, tell
from bpc.portal.people.notices import full_address
from bpc.portal.training.catalogue import Published


def declare() -> None:
    """Called once when the app of the pages is ready."""
    declare_finished("training records", tell_course)


def tell_course(following: Following, entry: Published, at: datetime) -> None:
    """The course by its page in French, which names it whatever the language it was read in."""
    with translation.override("fr"):
        address = full_address(reverse("web:course", args=[entry.code]))
    course = Activity(address, dict(entry.course.name))
    tell(following.user, Verb.COMPLETED, course, Outcome(completion=True), at)
