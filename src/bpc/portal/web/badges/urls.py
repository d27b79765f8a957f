"""Addresses of the pages in `web/badges`, and of the documents that stand outside of any language."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.badges import checking_views, credential_files, desk_views, documents, own_views

_OWN = "mon-espace/attestations"
_DESK = "mon-espace/attestations-delivrees"
_ACHIEVEMENT = "badges/achievements/<str:language>/<str:kind>/<slug:slug>/<int:number>"

patterns = [
    page("verifier", checking_views.badge_check, name="badge_check", right=PUBLIC),
    page("verifier/<str:code>", checking_views.badge_checked, name="badge_checked", right=PUBLIC),
    page(_OWN, own_views.my_badges, name="my_badges", right=SIGNED_IN),
    page(f"{_OWN}/<str:code>", own_views.my_badge, name="my_badge", right=SIGNED_IN),
    page(f"{_OWN}/<str:code>/nom", own_views.badge_name, name="badge_name", right=SIGNED_IN),
    page(
        f"{_OWN}/<str:code>/attestation-<str:language>.pdf",
        own_views.badge_pdf,
        name="badge_pdf",
        right=SIGNED_IN,
    ),
    page(_DESK, desk_views.badge_desk, name="badge_desk", right="badges.revoke"),
    page(f"{_DESK}/<str:code>", desk_views.badge_revoke, name="badge_revoke", right="badges.revoke"),
]

document_patterns = [
    page(".well-known/did.json", documents.did_document, name="badge_did", right=PUBLIC),
    page("badges/keys.json", documents.key_set, name="badge_keys", right=PUBLIC),
    page("badges/issuer.json", documents.issuer, name="badge_issuer", right=PUBLIC),
    page("badges/status/<int:number>", documents.status_list, name="badge_status", right=PUBLIC),
    page(_ACHIEVEMENT, documents.achievement, name="badge_achievement", right=PUBLIC),
    page(
        f"{_ACHIEVEMENT}.<str:form>",
        documents.achievement_picture,
        name="badge_achievement_picture",
        right=PUBLIC,
    ),
    page("badges/<str:code>.<str:form>", credential_files.credential_file, name="badge_file", right=PUBLIC),
    page("badges/<str:code>", credential_files.credential, name="badge_credential", right=PUBLIC),
]
