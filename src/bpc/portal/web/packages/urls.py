"""Addresses of the pages in `web/packages`, and of the files of packages, apart."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.packages import contents, keeping, taking

_KEPT = "mon-espace/modules-partenaires"
_ONE_KEPT = f"{_KEPT}/<str:reference>"
_TAKEN = "formations/modules"  # before `formations/<code>`
_ONE_TAKEN = f"{_TAKEN}/<str:reference>"
_KEEPS = "packages.change"

patterns = [
    page(_KEPT, keeping.packages_kept, name="packages_kept", right=_KEEPS),
    page(f"{_KEPT}/importer", keeping.package_new, name="package_new", right=_KEEPS),
    page(_ONE_KEPT, keeping.package_kept, name="package_kept", right=_KEEPS),
    page(f"{_ONE_KEPT}/apercu", taking.package_preview, name="package_preview", right=_KEEPS),
    page(f"{_ONE_KEPT}/publier", keeping.package_publish, name="package_publish", right=_KEEPS),
    page(f"{_ONE_KEPT}/retirer", keeping.package_withdraw, name="package_withdraw", right=_KEEPS),
    page(f"{_ONE_KEPT}/supprimer", keeping.package_discard, name="package_discard", right=_KEEPS),
    page(_TAKEN, taking.packages, name="packages", right=PUBLIC),
    page(_ONE_TAKEN, taking.package, name="package", right=PUBLIC),
    page(f"{_ONE_TAKEN}/suivre", taking.package_play, name="package_play", right=SIGNED_IN),
    page(f"{_ONE_TAKEN}/ouvrir", taking.package_open, name="package_open", right=SIGNED_IN),
    page(f"{_ONE_TAKEN}/suivi", taking.package_told, name="package_told", right=SIGNED_IN),
]

# outside the languages: whoever holds the signed address reads that one package
content_patterns = [
    page("paquets/<str:signed>/-/lecteur", contents.package_stage, name="package_stage", right=PUBLIC),
    page("paquets/<str:signed>/<path:path>", contents.package_file, name="package_file", right=PUBLIC),
]
