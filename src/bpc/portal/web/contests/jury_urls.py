"""Addresses of the pages about juries. Rights about one edition or seat are checked by the views, on it."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.contests import jury_desk_views as desk
from bpc.portal.web.contests import jury_seat_views as seats

_DESK = "ideathons/<slug:slug>/jury"
_MEMBER = f"{_DESK}/membres/<int:pk>"
_MINE = "mon-espace/jury"
_ORGANISES = "contests.organise"

patterns: list[URLPattern] = [
    page(_DESK, desk.jury_desk, name="jury_desk", right=_ORGANISES),
    page(f"{_DESK}/inviter", desk.jury_invite, name="jury_invite", right=_ORGANISES),
    page(f"{_DESK}/repartition", desk.jury_assign, name="jury_assign", right=_ORGANISES),
    page(f"{_DESK}/conflits", desk.jury_conflicts, name="jury_conflicts", right=_ORGANISES),
    page(f"{_DESK}/conflits/<int:pk>", desk.jury_conflict_lift, name="jury_conflict_lift", right=_ORGANISES),
    page(_MEMBER, desk.jury_member, name="jury_member", right=_ORGANISES),
    page(f"{_MEMBER}/geste", desk.jury_member_act, name="jury_member_act", right=_ORGANISES),
    page(f"{_MEMBER}/liberer", desk.jury_member_release, name="jury_member_release", right=_ORGANISES),
    page("jury/invitation/<str:token>", seats.jury_invitation, name="jury_invitation", right=PUBLIC),
    page(_MINE, seats.my_juries, name="my_juries", right=SIGNED_IN),
    page(
        f"{_MINE}/invitations/<int:pk>", seats.my_jury_invitation, name="my_jury_invitation", right=SIGNED_IN
    ),
    page(f"{_MINE}/<slug:slug>/conflits", seats.my_jury_conflicts, name="my_jury_conflicts", right=SIGNED_IN),
]
