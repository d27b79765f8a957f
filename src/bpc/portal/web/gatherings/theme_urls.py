"""Addresses of the themes drawn from ideas."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.gatherings.themes import RIGHT
from bpc.portal.web.gatherings import theme_views

patterns = [
    page("idees/themes", theme_views.desk, name="idea_themes", right=RIGHT),
    page("idees/themes/<int:pk>", theme_views.theme, name="idea_theme", right=PUBLIC),
    page("idees/themes/<int:pk>/decider", theme_views.decide, name="idea_theme_decide", right=RIGHT),
]
