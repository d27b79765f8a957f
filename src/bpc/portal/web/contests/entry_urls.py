"""Addresses of the pages about entries and the public vote."""

from django.urls import URLPattern

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.contests import (
    entry_desk,
    entry_start,
    entry_team,
    entry_views,
    entry_words_views,
    vote_views,
)

_EDITION = "ideathons/<slug:slug>"
_MINE = "mon-espace/candidatures"
_OWN = f"{_MINE}/<str:reference>"
_MEMBER = f"{_OWN}/equipe/<int:pk>"
_ORGANISE = "contests.organise"

_own_patterns = [
    page(_MINE, entry_views.my_entries, name="my_entries", right=SIGNED_IN),
    page(_OWN, entry_views.entry, name="entry", right=SIGNED_IN),
    page(f"{_OWN}/texte", entry_words_views.entry_words, name="entry_words", right=SIGNED_IN),
    page(f"{_OWN}/fichiers", entry_words_views.entry_files, name="entry_files", right=SIGNED_IN),
    page(f"{_OWN}/envoyer", entry_views.entry_submit, name="entry_submit", right=SIGNED_IN),
    page(f"{_OWN}/recu", entry_views.entry_receipt, name="entry_receipt", right=SIGNED_IN),
    page(f"{_OWN}/reprendre", entry_views.entry_reopen, name="entry_reopen", right=SIGNED_IN),
    page(f"{_OWN}/retirer", entry_views.entry_withdraw, name="entry_withdraw", right=SIGNED_IN),
    page(f"{_OWN}/recours", entry_views.entry_appeal, name="entry_appeal", right=SIGNED_IN),
    page(f"{_OWN}/accord", entry_team.entry_consent_own, name="entry_consent_own", right=SIGNED_IN),
    page(f"{_OWN}/equipe", entry_team.entry_team, name="entry_team", right=SIGNED_IN),
    page(f"{_OWN}/equipe/nouveau", entry_team.member_new, name="entry_member_new", right=SIGNED_IN),
    page(_MEMBER, entry_team.member_edit, name="entry_member", right=SIGNED_IN),
    page(f"{_MEMBER}/retirer", entry_team.member_remove, name="entry_member_remove", right=SIGNED_IN),
    page(f"{_MEMBER}/relancer", entry_team.member_ask, name="entry_member_ask", right=SIGNED_IN),
    page(f"{_MEMBER}/accord", entry_team.member_told, name="entry_member_told", right=SIGNED_IN),
]

patterns: list[URLPattern] = [
    *_own_patterns,
    # the holder of a signed link has no account: the view decides
    page("candidatures/accord/<str:token>", entry_team.entry_consent, name="entry_consent", right=PUBLIC),
    page("candidatures/<str:reference>/fichiers/<int:pk>", entry_words_views.entry_file, name="entry_file",
         right=PUBLIC),
    page("candidatures/<str:reference>/apercus/<int:pk>", entry_words_views.entry_thumbnail, name="entry_thumbnail",
         right=PUBLIC),
    page("ideathons/inviter/<str:reference>", entry_desk.idea_invite, name="idea_invite", right=_ORGANISE),
    page(f"{_EDITION}/participer", entry_start.entry_new, name="entry_new", right=SIGNED_IN),
    page(f"{_EDITION}/candidatures", entry_desk.entry_desk, name="entry_desk", right=_ORGANISE),
    page(f"{_EDITION}/candidatures/<str:reference>", entry_desk.entry_check, name="entry_check", right=_ORGANISE),
    page(f"{_EDITION}/vote", vote_views.vote, name="vote", right=PUBLIC),
    page(f"{_EDITION}/vote/retirer", vote_views.vote_back, name="vote_back", right=SIGNED_IN),
    page(f"{_EDITION}/vote/verification", vote_views.vote_desk, name="vote_desk", right=_ORGANISE),
    page(f"{_EDITION}/vote/<str:reference>", vote_views.vote_entry, name="vote_entry", right=PUBLIC),
    page(f"{_EDITION}/vote/<str:reference>/photos/<int:pk>", vote_views.vote_photo, name="vote_photo", right=PUBLIC),
]  # fmt: skip
