"""Addresses that partners' tools are told once and for all: under no language, the same for every page of the site."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.partner_courses import lti_grades, lti_launch

_COURSE = "lti/courses/<uuid:key>/line-items"

# a tool has no account: what it may do is in what it signs, checked by each view
patterns = [
    page("lti/keys", lti_launch.keys, name="lti_keys", right=PUBLIC),
    page("lti/auth", lti_launch.authentication, name="lti_authentication", right=PUBLIC),
    page("lti/token", lti_grades.token, name="lti_token", right=PUBLIC),
    page(_COURSE, lti_grades.line_items, name="lti_line_items", right=PUBLIC),
    page(f"{_COURSE}/1", lti_grades.line_item, name="lti_line_item", right=PUBLIC),
    page(f"{_COURSE}/1/scores", lti_grades.scores, name="lti_scores", right=PUBLIC),
    page(f"{_COURSE}/1/results", lti_grades.results, name="lti_results", right=PUBLIC),
]
