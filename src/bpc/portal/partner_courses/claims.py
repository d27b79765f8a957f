"""What a tool is told of a launch: the claims of LTI 1.3 and of Assignment and Grade Services 2.0."""

from datetime import datetime, timedelta
from typing import Any

from bpc.portal.partner_courses.addresses import (
    course_address,
    issuer,
    line_item_address,
    line_items_address,
)
from bpc.portal.partner_courses.models import Launch, PartnerCourse, PartnerIdentity

VALID = timedelta(minutes=5)
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
COURSE = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"

LINE_ITEM = f"{AGS}scope/lineitem"
LINE_ITEM_READ = f"{AGS}scope/lineitem.readonly"
RESULT_READ = f"{AGS}scope/result.readonly"
SCORE = f"{AGS}scope/score"
#: What a tool may ask a token for. A line item is never made nor changed by a tool: the right to write one reads it.
SCOPES = (LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)
_OFFERED = [LINE_ITEM_READ, RESULT_READ, SCORE]


def target_of(course: PartnerCourse) -> str:
    """The page of the tool that a course opens."""
    return course.target_url or course.partner.launch_url


def launch_claims(launch: Launch, nonce: str, at: datetime) -> dict[str, Any]:
    """Everything signed for one launch; the person is a number, and what they agreed to."""
    course, identity = launch.course, launch.identity
    title = named(course, launch.language)
    return {
        "iss": issuer(),
        "aud": course.partner.client_id,
        "sub": str(identity.subject),
        "iat": int(at.timestamp()),
        "exp": int((at + VALID).timestamp()),
        "nonce": nonce,
        "locale": launch.language,
        **_person(identity),
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": course.partner.deployment_id,
        f"{LTI}target_link_uri": target_of(course),
        f"{LTI}resource_link": {"id": str(course.key), "title": title},
        f"{LTI}roles": [LEARNER],
        f"{LTI}context": {"id": str(course.key), "type": [COURSE], "title": title, "label": title[:40]},
        f"{LTI}launch_presentation": {
            "document_target": "window",
            "return_url": course_address(course, launch.language),
            "locale": launch.language,
        },
        f"{LTI}tool_platform": {"guid": issuer(), "url": issuer(), "product_family_code": "bpc"},
        f"{LTI}custom": {name: str(value) for name, value in course.custom.items()},
        f"{AGS}claim/endpoint": {
            "scope": _OFFERED,
            "lineitems": line_items_address(course),
            "lineitem": line_item_address(course),
        },
    }


def named(course: PartnerCourse, language: str) -> str:
    """The title of a course in a language of the site, French where it has none."""
    return str(getattr(course, f"title_{language}", "") or course.title_fr)


def _person(identity: PartnerIdentity) -> dict[str, str]:
    said = {
        "name": identity.person.display_name if identity.shares_name else "",
        "email": identity.person.email if identity.shares_email else "",
    }
    return {claim: value for claim, value in said.items() if value}
