"""The table of addresses: pages under their language, accounts, API, health."""

from allauth.urls import urlpatterns as account_patterns
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from bpc.portal.foundation.addresses import with_rights
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.badges.urls import document_patterns as badge_patterns
from bpc.portal.web.errors import page_not_found, permission_denied, server_error
from bpc.portal.web.first import health, to_preferred_language
from bpc.portal.web.packages.urls import content_patterns as package_contents
from bpc.portal.web.partner_courses.lti_urls import patterns as lti_patterns
from bpc.portal.web.site.crawlers import patterns as crawler_patterns
from bpc.portal.web.site.dcat import patterns as catalogue_patterns

handler403 = permission_denied
handler404 = page_not_found
handler500 = server_error

urlpatterns = [
    path("", to_preferred_language),
    path("healthz", health, name="healthz"),
    path("api/v1/", include("bpc.portal.api.v1")),
    path("", include("bpc.portal.ogc.urls")),
    *crawler_patterns,
    *catalogue_patterns,
    *badge_patterns,
    *lti_patterns,
    *package_contents,
    *i18n_patterns(
        path("", include("bpc.portal.web.urls")),
        # allauth guards its own pages; the house test walks them as every role all the same
        path("compte/", include(with_rights(account_patterns, default=PUBLIC))),
        prefix_default_language=True,
    ),
]
