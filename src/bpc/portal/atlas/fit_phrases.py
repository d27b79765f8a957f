"""The sentences of a fit, one per fact, with the places where figures go. `fit_words` fills them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PARTS: dict[str, Any] = {
    "resource": _("Ressource"),
    "labour": _("Personnes et savoir-faire"),
    "access": _("Eau, électricité et route"),
    "market": _("Clients"),
    "saturation": _("Place à prendre"),
    "need": _("Besoin auquel il répond"),
}

#: What a part that does not concern the model says instead of facts.
NOT_CONCERNED: dict[str, Any] = {
    "access": _("Ce modèle ne dépend ni de l’eau, ni de l’électricité, ni de la route."),
    "market": _("Ce modèle sert ses membres : il ne dépend pas des clients autour."),
    "need": _("Ce modèle ne répond à aucun des besoins que nous mesurons."),
}

#: Where the ground of a resource comes from; `name` is that of the resource.
GROUNDS: dict[str, Any] = {
    "here": _("%(name)s : connu dans la commune."),
    "named": _("%(name)s : le nom du produit cite la commune."),
    "located": _("%(name)s : le lieu cité est dans la commune."),
    "cited": _("%(name)s : la source parle de la commune."),
    "beside": _("%(name)s : connu dans une commune voisine, %(commune)s."),
    "near": _("%(name)s : connu non loin, à %(commune)s."),
    "over": _("%(name)s : connu dans une commune voisine, %(commune)s, mais d’une autre province."),
    "rest": _("%(name)s : connu ailleurs dans la province (%(holder)s). À confirmer dans la commune."),
    "province": _("%(name)s : connu dans la province (%(holder)s). À confirmer dans la commune."),
    "beside_province": _("%(name)s : connu dans la province voisine (%(holder)s). À confirmer dans la commune."),
    "region": _("%(name)s : connu dans la région (%(holder)s). À confirmer dans la commune."),
    "next_province": _("%(name)s : connu dans la province d’à côté (%(holder)s), pas plus près."),
    "advised": _("Les auteurs du modèle le conseillent dans la région (%(holder)s) ; "
                      "aucune source ne parle de la province."),
    "silent": _("%(product)s : aucune source n’en parle ici. Cela ne veut pas dire qu’il n’y en a pas."),
}  # fmt: skip
NO_RESOURCE = _("Ne s’appuie sur aucune ressource du lieu : pareil partout.")
VISITORS_UNKNOWN = _("Aucune source ne parle des visiteurs ici : on ne sait pas s’ils sont nombreux.")

#: Facts of the census: what is known, with the country's figure beside it.
FACTS: dict[str, Any] = {
    "farming": _("%(value)s de ceux qui travaillent, ici et dans les communes voisines, sont dans l’agriculture, "
                 "la forêt ou la pêche, contre %(nation)s dans le pays (recensement %(year)s)."),
    "crafts": _("%(value)s de ceux qui travaillent, ici et dans les communes voisines, sont artisans ou ouvriers "
                "qualifiés, contre %(nation)s dans le pays (recensement %(year)s)."),
    "trading": _("%(value)s de ceux qui travaillent sont dans le commerce, "
                 "contre %(nation)s dans le pays (recensement %(year)s)."),
    "literacy": _("%(value)s des personnes de 10 ans et plus ne savent ni lire ni écrire, "
                  "contre %(nation)s dans le pays (recensement %(year)s)."),
    "diplomas": _("%(value)s des habitants ont fait des études supérieures, "
                  "contre %(nation)s dans le pays (recensement %(year)s)."),
    "languages": _("%(value)s de ceux qui savent lire lisent le français, "
                   "contre %(nation)s dans le pays (recensement %(year)s)."),
    "water": _("%(value)s des ménages ont l’eau courante, contre %(nation)s dans le pays (recensement %(year)s)."),
    "power": _("%(value)s des ménages ont l’électricité, contre %(nation)s dans le pays (recensement %(year)s)."),
    "road": _("La route goudronnée est à %(value)s des logements en moyenne, "
              "contre %(nation)s dans les campagnes du pays (recensement %(year)s)."),
    "internet": _("%(value)s des ménages avaient Internet, contre %(nation)s dans le pays (recensement %(year)s)."),
    "firms": _("Les entreprises offrent %(value)s emplois permanents pour 1 000 habitants, "
               "contre %(nation)s dans le pays (recensement %(year)s)."),
    "women_work": _("%(value)s des femmes de 15 ans et plus travaillent, "
                    "contre %(nation)s dans le pays (recensement %(year)s)."),
    "jobs": _("%(value)s des actifs cherchent un travail, contre %(nation)s dans le pays (recensement %(year)s)."),
    "unpaid_work": _("%(value)s de ceux qui travaillent aident leur famille sans être payés, "
                     "contre %(nation)s dans le pays (recensement %(year)s)."),
    "children": _("%(value)s des habitants ont moins de 5 ans, "
                  "contre %(nation)s dans le pays (recensement %(year)s)."),
    "elderly": _("%(value)s des habitants ont 60 ans ou plus, "
                 "contre %(nation)s dans le pays (recensement %(year)s)."),
    "schooling": _("%(value)s des enfants de 6 à 11 ans vont à l’école, "
                   "contre %(nation)s dans le pays (recensement %(year)s)."),
    "waste": _("%(value)s des ménages jettent leurs déchets dans la nature, "
               "contre %(nation)s dans le pays (recensement %(year)s)."),
    "housing": _("Une pièce abrite %(value)s personnes en moyenne, "
                 "contre %(nation)s dans le pays (recensement %(year)s)."),
    "firewood": _("%(value)s des ménages cuisinent au bois, "
                  "contre %(nation)s dans le pays (recensement %(year)s)."),
    "reach": _("%(value)s habitants vivent dans la commune et celles qui la touchent (recensement %(year)s)."),
    "town": _("%(value)s habitants de la commune vivent en ville (recensement %(year)s)."),
    "people": _("%(value)s personnes de 15 à 59 ans vivent dans la commune ; "
                "le modèle réunit d’ordinaire %(wanted)s membres (recensement %(year)s)."),
    "members_share": _("Registre non chargé. Seul indice : %(value)s de ceux qui "
                       "travaillent sont coopérateurs ou associés, contre %(nation)s dans la province "
                       "(recensement %(year)s)."),
}  # fmt: skip
NO_TOWN = _("Personne ne vit en ville dans la commune (recensement %(year)s).")
NO_SOUK = _("Aucun souk hebdomadaire dans la commune ni dans celles qui la touchent (recensement %(year)s).")
ROOM_UNKNOWN = _("Le registre chargé ne dit rien de ce secteur : on ne sait pas s’il reste de la place.")
NO_COOPERATIVE = _("Aucune coopérative de ce secteur n’est inscrite dans la commune, d’après le registre.")

#: What a measure is called, where its figure is unknown.
MEASURES: dict[str, Any] = {
    "farming": _("ceux qui travaillent la terre ou pêchent"),
    "crafts": _("les artisans"),
    "trading": _("les commerçants"),
    "literacy": _("ceux qui savent lire et écrire"),
    "diplomas": _("les diplômés"),
    "languages": _("ceux qui lisent le français"),
    "water": _("l’eau courante"),
    "power": _("l’électricité"),
    "road": _("la distance à la route goudronnée"),
    "internet": _("Internet à la maison"),
    "reach": _("les habitants des environs"),
    "town": _("la population des villes"),
    "souks": _("les souks"),
    "visitors": _("les visiteurs"),
    "firms": _("les emplois des entreprises"),
    "women_work": _("le travail des femmes"),
    "jobs": _("le chômage"),
    "unpaid_work": _("ceux qui aident leur famille sans être payés"),
    "children": _("les petits enfants"),
    "elderly": _("les personnes âgées"),
    "schooling": _("les enfants à l’école"),
    "waste": _("les déchets jetés dans la nature"),
    "housing": _("les logements"),
    "firewood": _("la cuisine au bois"),
    "people": _("les personnes de 15 à 59 ans"),
    "members_share": _("les coopérateurs"),
}
UNKNOWN = _("Inconnu ici : %(what)s. Cela ne compte ni pour ni contre.")
ROAD_IN_TOWN = _(
    "La distance à la route n’est publiée que pour la campagne : cela ne compte ni pour ni contre."
)

#: What could be done so that a measure weighs less.
REMEDIES: dict[str, Any] = {
    "farming": _("une formation au métier avant de commencer"),
    "crafts": _("une formation au métier avant de commencer"),
    "trading": _("une formation à la vente"),
    "literacy": _("des cours de lecture et d’écriture pour les membres"),
    "diplomas": _("des membres diplômés, venus aussi des communes voisines"),
    "languages": _("des membres qui parlent des langues étrangères"),
    "water": _("un point d’eau sûr pour le local"),
    "power": _("une électricité sûre au local"),
    "road": _("un local près de la route goudronnée"),
    "internet": _("une connexion Internet au local"),
    "reach": _("un transport vers plus de clients, ou la vente en ligne"),
    "town": _("un point de vente dans une ville plus grande"),
    "souks": _("une place dans un souk d’une autre commune"),
    "visitors": _("des visiteurs, connus par une source ou par la délégation"),
    "firms": _("des contrats avec des entreprises d’autres communes"),
}
CONFIRMED = _("Si la délégation confirmait cette ressource dans la commune, la note serait de %(score)s.")
REMEDIED = _("Avec %(remedy)s, la note serait d’environ %(score)s.")

#: What a place fails to be.
UNMET: dict[str, Any] = {
    "sea": _("La commune n’est pas au bord de la mer."),
    "near_sea": _("Ni la commune ni ses voisines ne sont au bord de la mer."),
    "inland": _("La commune est au bord de la mer : ce produit ne s’y cultive pas."),
    "altitude": _("La commune n’est pas en altitude."),
    "town": _("Il n’y a pas de ville dans la commune, ni dans celles qui la touchent."),
    "countryside": _("La commune est toute en ville : presque personne n’y travaille la terre."),
    "known_product": _("Aucune source ne connaît ce produit dans la commune, sa province ou tout près."),
}
CAPPED = _("%(why)s La note ne dépasse pas %(cap)s.")
TO_CHECK: dict[str, Any] = {
    "altitude": _(
        "L’altitude n’est pas dans nos données : ce modèle demande la montagne, à vérifier sur place."
    ),
    "countryside": _("On ne sait pas si l’on travaille la terre dans la commune : à vérifier sur place."),
    "sea": _("On ne sait pas si la commune touche la mer : à vérifier sur place."),
    "near_sea": _("On ne sait pas si la mer est proche : à vérifier sur place."),
    "inland": _("On ne sait pas si la commune touche la mer : à vérifier sur place."),
    "town": _("On ne sait pas s’il y a une ville : à vérifier sur place."),
}
SCARCE = _("Indispensable, et rare ici. %(fact)s")
#: After the name of a resource, what its source is worth.
CONFIDENCES: dict[str, Any] = {
    "to_verify": _("(à vérifier)"),
    "reported": _("(d’après la délégation)"),
}
