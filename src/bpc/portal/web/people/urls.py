"""Addresses of a person's own space, and of the administration of roles."""

from allauth.account.decorators import reauthentication_required

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.people import my_data, organisations, profile, roles, views

patterns = [
    page("mon-espace", views.my_space, name="my_space", right=SIGNED_IN),
    page("mon-espace/notifications", views.notifications, name="notifications", right=SIGNED_IN),
    page("mon-espace/notifications/<int:pk>", views.notification, name="notification", right=SIGNED_IN),
    page("mon-espace/profil", profile.profile, name="profile", right=SIGNED_IN),
    page("mon-espace/accords", profile.consents, name="consents", right=SIGNED_IN),
    page("mon-espace/donnees", my_data.my_data, name="my_data", right=SIGNED_IN),
    page("mon-espace/donnees/telecharger", my_data.download, name="my_data_download", right=SIGNED_IN),
    page(
        "mon-espace/supprimer",
        # asks for the password, or for the second factor, unless it was given minutes ago
        reauthentication_required(my_data.delete),
        name="delete_account",
        right=SIGNED_IN,
    ),
    page("mon-espace/organisations", organisations.organisations, name="organisations", right=SIGNED_IN),
    page("mon-espace/organisations/nouvelle", organisations.new, name="organisation_new", right=SIGNED_IN),
    page(
        "mon-espace/organisations/<int:pk>", organisations.organisation, name="organisation", right=SIGNED_IN
    ),
    page(
        "mon-espace/organisations/<int:pk>/modifier",
        organisations.edit,
        name="organisation_edit",
        right=SIGNED_IN,
    ),
    page(
        "mon-espace/organisations/<int:pk>/inviter",
        organisations.invite,
        name="organisation_invite",
        right=SIGNED_IN,
    ),
    page("mon-espace/membres/<int:pk>", organisations.member, name="membership", right=SIGNED_IN),
    page("mon-espace/invitations/<int:pk>", organisations.invitation, name="invitation", right=SIGNED_IN),
    page("administration/roles", roles.roles, name="roles", right="people.administer"),
    page("administration/roles/<int:pk>", roles.person, name="person_roles", right="people.administer"),
    page("administration/roles/fin/<int:pk>", roles.end, name="role_end", right="people.administer"),
]
