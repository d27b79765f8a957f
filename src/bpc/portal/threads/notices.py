"""What people are told of their messages: that there is one, never of whom, on what, or what it says."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.notices import declare_notice

NEW, REFUSED_MAIL, OTHER_SENDER, LEFT_FILES, NOTE = (
    "threads.new", "threads.mail_refused", "threads.other_sender", "threads.left_files", "threads.note",
)  # fmt: skip


def declare() -> None:
    """Called once when the app is ready."""
    # `telling` sends this one itself: at most once an hour, with the address to answer to
    declare_notice(
        NEW,
        _("Vous avez un message sur la Banque de projets."),
        page="web:thread",
        args=("reference", "thread"),
        by_message=False,
    )
    declare_notice(
        REFUSED_MAIL,
        _("Votre e-mail n’a pas pu devenir un message. Écrivez-le sur le site."),
        page="web:thread",
        args=("reference", "thread"),
    )
    declare_notice(
        OTHER_SENDER,
        _("Un e-mail envoyé en votre nom depuis une autre adresse que la vôtre n’a pas été pris."),
        page="web:thread",
        args=("reference", "thread"),
        by_message=False,
    )
    declare_notice(
        LEFT_FILES,
        _("Votre e-mail est arrivé, mais pas toutes ses pièces jointes. Envoyez-les sur le site."),
        page="web:thread",
        args=("reference", "thread"),
    )
    declare_notice(
        NOTE,
        _("Un conseiller partage une note avec vous."),
        page="web:shared_notes",
    )
