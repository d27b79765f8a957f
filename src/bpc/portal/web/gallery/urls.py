"""Address of the gallery."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.gallery import views

patterns = [page("galerie", views.gallery, name="gallery", right=PUBLIC)]
