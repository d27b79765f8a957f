"""What pages of needs and pages of opportunities say differently, and where each leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.observations.states import Kind

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """One kind. `room` and `page` name addresses; `icon` a pictogram; the rest is shown."""

    kind: str
    room: str
    page: str
    new: str
    icon: str
    heading: Text
    lede: Text
    description: Text
    tell: Text
    tell_lede: Text
    mend: Text
    sent: Text
    one: Text
    confirm: Text
    none_here: Text
    none_title: Text
    none_text: Text
    first: Text
    answering: Text

    @property
    def list_url(self) -> str:
        """The list."""
        return reverse(f"web:{self.room}")

    @property
    def new_url(self) -> str:
        """The form."""
        return reverse(f"web:{self.new}")


WORDS: dict[str, Words] = {
    Kind.NEED: Words(
        kind="need", room="needs", page="need", new="need_new", icon="need",
        heading=_("Les besoins entendus"),
        lede=_("Ce que des habitants disent qu’il manque chez eux. Ce ne sont pas des chiffres calculés."),
        description=_("Les besoins signalés par les habitants dans les communes du Maroc : lire, confirmer, répondre."),
        tell=_("Signaler un besoin"),
        tell_lede=_(
            "Qu’est-ce qui manque chez vous pour qu’un groupe travaille et vende ? "
            "Trois petites pages, deux minutes, en français ou en arabe, avec ou sans compte."
        ),
        mend=_("Compléter mon besoin"),
        sent=_("Merci, votre besoin est arrivé"),
        one=_("Besoin"),
        confirm=_("Nous vivons cela aussi"),
        none_here=_("Personne n’a encore signalé de besoin ici."),
        none_title=_("Les besoins publiés paraîtront ici"),
        none_text=_("Personne n’en a encore signalé. Le premier peut être le vôtre."),
        first=_("Signaler le premier besoin"),
        answering=_("Proposer une idée qui y répond"),
    ),
    Kind.OPPORTUNITY: Words(
        kind="opportunity", room="opportunities", page="opportunity", new="opportunity_new", icon="opportunity",
        heading=_("Les opportunités entendues"),
        lede=_("Ce que des habitants voient à faire chez eux. Ce ne sont pas des chiffres calculés."),
        description=_(
            "Les opportunités signalées par les habitants dans les communes du Maroc : lire, confirmer, répondre."
        ),
        tell=_("Signaler une opportunité"),
        tell_lede=_(
            "Une ressource mal vendue, un savoir-faire, un marché : que pourrait-on en faire ici ? "
            "Trois petites pages, deux minutes, en français ou en arabe, avec ou sans compte."
        ),
        mend=_("Compléter mon opportunité"),
        sent=_("Merci, votre opportunité est arrivée"),
        one=_("Opportunité"),
        confirm=_("Nous voyons cela aussi"),
        none_here=_("Personne n’a encore signalé d’opportunité ici."),
        none_title=_("Les opportunités publiées paraîtront ici"),
        none_text=_("Personne n’en a encore signalé. La première peut être la vôtre."),
        first=_("Signaler la première opportunité"),
        answering=_("Proposer une idée qui s’en saisit"),
    ),
}  # fmt: skip
