"""Forms that lead to a partner: the content-security policy of their page names the partner's sites, and no other."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse

from bpc.portal.partner_courses.models import PartnerCourse


def let_forms_reach(response: HttpResponse, *addresses: str) -> HttpResponse:
    """Let the forms of this page end at the sites of these addresses; browsers ask it of redirections too."""
    parts = [urlsplit(address) for address in addresses if address]
    sites = sorted({f"{part.scheme}://{part.netloc}" for part in parts})
    policy: Any = response
    policy._csp_update = {"form-action": sites}
    return response


def sites_of(course: PartnerCourse) -> tuple[str, ...]:
    """The addresses that opening a course goes through."""
    partner = course.partner
    return (partner.login_url, partner.launch_url, course.target_url, *partner.redirect_urls)
