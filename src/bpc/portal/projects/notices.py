"""What people are told of a project."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice


def declare() -> None:
    """Called once when the app is ready."""
    page, args = "web:project", ("reference",)
    declare_notice(
        "project.invited",
        _("Vous êtes invité à rejoindre le groupe du projet « %(title)s »."),
        page="web:my_projects",
    )
    declare_notice(
        "project.joined",
        _("Une personne a rejoint le groupe de votre projet « %(title)s »."),
        page=page,
        args=args,
        by_message=False,
    )
    declare_notice(
        "project.removed",
        _("Vous ne faites plus partie du groupe du projet « %(title)s »."),
        page="web:my_projects",
        by_message=False,
    )
    declare_notice("project.deleted", _("Le projet « %(title)s » a été effacé."), page="web:my_projects")
    declare_notice(
        "project.inherited",
        _("Vous êtes maintenant responsable du projet « %(title)s » : l’autre responsable est parti."),
        page=page,
        args=args,
    )
    declare_notice(
        "project.advisor_granted",
        _("Un groupe vous ouvre son projet « %(title)s » pour que vous l’accompagniez."),
        page=page,
        args=args,
    )
    declare_notice(
        "project.advisor_ended",
        _("Le projet « %(title)s » ne vous est plus ouvert."),
        page="web:my_projects",
        by_message=False,
    )
