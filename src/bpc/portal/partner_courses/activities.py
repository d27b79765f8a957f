"""A partner course as the record store names it."""

from bpc.portal.partner_courses.addresses import course_address
from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.partner_courses.xapi import Activity


def course_activity(course: PartnerCourse) -> Activity:
    """Its page in French is its name for ever, whatever language it is read in."""
    return Activity(course_address(course, "fr"), {"fr": course.title_fr, "ar": course.title_ar})
