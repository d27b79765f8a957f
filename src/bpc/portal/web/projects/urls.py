"""Addresses of the pages in `web/projects`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.projects import access, people, reading, settings, writing

_ALL = "mon-espace/projets"
_ONE = f"{_ALL}/<str:reference>"

patterns = [
    page(_ALL, reading.my_projects, name="my_projects", right=SIGNED_IN),
    # before the codes, which are never these words
    page(f"{_ALL}/nouveau", writing.project_new, name="project_new", right=SIGNED_IN),
    page(
        f"{_ALL}/invitations/<int:pk>", access.project_invitation, name="project_invitation", right=SIGNED_IN
    ),
    page(_ONE, reading.project, name="project", right=SIGNED_IN),
    page(f"{_ONE}/modifier", writing.project_edit, name="project_edit", right=SIGNED_IN),
    page(f"{_ONE}/etape", writing.project_stage, name="project_stage", right=SIGNED_IN),
    page(f"{_ONE}/personnes/nouvelle", people.person_new, name="project_person_new", right=SIGNED_IN),
    page(f"{_ONE}/personnes/<int:pk>", people.person_edit, name="project_person", right=SIGNED_IN),
    page(
        f"{_ONE}/personnes/<int:pk>/retirer",
        people.person_remove,
        name="project_person_remove",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/acces", access.project_access, name="project_access", right=SIGNED_IN),
    page(f"{_ONE}/acces/inviter", access.project_invite, name="project_invite", right=SIGNED_IN),
    page(f"{_ONE}/acces/conseiller", access.advisor_grant, name="project_advisor", right=SIGNED_IN),
    page(
        f"{_ONE}/acces/conseiller/<int:pk>/retirer",
        access.advisor_end,
        name="project_advisor_end",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/membres/<int:pk>", access.member_role, name="project_member", right=SIGNED_IN),
    page(
        f"{_ONE}/membres/<int:pk>/retirer",
        access.member_remove,
        name="project_member_remove",
        right=SIGNED_IN,
    ),
    page(f"{_ONE}/reglages", settings.project_settings, name="project_settings", right=SIGNED_IN),
    page(f"{_ONE}/effacer", settings.project_delete, name="project_delete", right=SIGNED_IN),
]
