"""Addresses of the pages in `web/partner_courses`. Those that tools are told are in `lti_urls.py`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.partner_courses import desk, own, partners, reading, store

_ALL = "formations/partenaires"
_DESK = f"{_ALL}/tenir"
_MINE = "mon-espace/cours-partenaires"
_PARTNERS = "mon-espace/partenaires-formation"
_KEEP, _REGISTER = "partner_courses.keep", "partner_courses.register"

patterns = [
    page(_ALL, reading.courses, name="partner_courses", right=PUBLIC),
    page(_DESK, desk.courses, name="partner_course_desk", right=_KEEP),
    page(f"{_DESK}/ajouter", desk.course_new, name="partner_course_new", right=_KEEP),
    page(f"{_DESK}/<int:pk>", desk.course_edit, name="partner_course_edit", right=_KEEP),
    page(f"{_DESK}/<int:pk>/publier", desk.course_publish, name="partner_course_publish", right=_KEEP),
    page(f"{_DESK}/<int:pk>/retirer", desk.course_withdraw, name="partner_course_withdraw", right=_KEEP),
    page(f"{_ALL}/<int:pk>", reading.course, name="partner_course", right=PUBLIC),
    page(f"{_ALL}/<int:pk>/ouvrir", reading.course_open, name="partner_course_open", right=SIGNED_IN),
    page(_MINE, own.courses, name="my_partner_courses", right=SIGNED_IN),
    page(f"{_MINE}/<int:pk>/partage", own.sharing, name="my_partner_sharing", right=SIGNED_IN),
    page(_PARTNERS, partners.partners, name="partners", right=_REGISTER),
    page(f"{_PARTNERS}/ajouter", partners.partner_new, name="partner_new", right=_REGISTER),
    page(f"{_PARTNERS}/cles", partners.keys, name="partner_keys", right=_REGISTER),
    page(f"{_PARTNERS}/registre", store.record_store, name="record_store", right=_REGISTER),
    page(f"{_PARTNERS}/<int:pk>", partners.partner, name="partner", right=_REGISTER),
    page(f"{_PARTNERS}/<int:pk>/modifier", partners.partner_edit, name="partner_edit", right=_REGISTER),
    page(f"{_PARTNERS}/<int:pk>/pause", partners.partner_pause, name="partner_pause", right=_REGISTER),
    page(f"{_PARTNERS}/<int:pk>/reprendre", partners.partner_resume, name="partner_resume", right=_REGISTER),
]
