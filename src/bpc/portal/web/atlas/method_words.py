"""Each method of the computed figures in plain words, in two languages. The developers' version is in docs/methods."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Method:
    """One method: its anchor on the page, the question it answers, its equation in words, and what it cannot tell."""

    anchor: str
    title: Any
    answers: Any
    equation: Any
    reading: Any
    limits: tuple[Any, ...]
    literature: str


METHODS: tuple[Method, ...] = (
    Method(
        "specialisation",
        gettext_lazy("Ce qu’un lieu fait plus que les autres"),
        gettext_lazy(
            "Dans quels secteurs et quels métiers travaille-t-on ici plus souvent que dans le pays ?"
        ),
        gettext_lazy("rapport = part de l’activité ici ÷ part de l’activité dans le pays"),
        gettext_lazy(
            "1 : comme le pays ; 2 : deux fois plus. « Nettement plus » : au moins une fois et "
            "demie, et presque sûrement plus d’un dixième de plus. « Un peu plus » : au moins un "
            "dixième de plus, presque sûrement. Le nombre de secteurs d’égal poids dit si l’on vit "
            "d’une seule activité ou de plusieurs."
        ),
        (
            gettext_lazy(
                "Les secteurs des personnes qui travaillent ne sont publiés par commune que pour "
                "2014, là où elles vivent."
            ),
            gettext_lazy(
                "Les entreprises sont comptées en 2024, là où elles sont, sans l’agriculture : c’est "
                "une autre mesure. Les deux se montrent côte à côte et ne se soustraient jamais."
            ),
            gettext_lazy(
                "Faire plus que le pays ne veut pas dire que l’activité rapporte, ni qu’il y reste "
                "de la place."
            ),
        ),
        "Florence, Investment, Location, and Size of Plant, 1948 ; Shannon, 1948 ; Hill, 1973",
    ),
    Method(
        "shortfalls",
        gettext_lazy("Ce qui manque d’après les chiffres"),
        gettext_lazy(
            "De combien ce lieu est-il en retard sur le pays et sur sa province, et combien font mieux ?"
        ),
        gettext_lazy("écart = chiffre du pays − chiffre d’ici, dans le sens où plus veut dire moins bien"),
        gettext_lazy(
            "« Quatre communes sur cinq font mieux » : rangées de la mieux à la moins bien placée, elles "
            "sont devant. Plusieurs questions sur un même besoin donnent la moyenne de "
            "leurs rangs, jamais celle de leurs unités."
        ),
        (
            gettext_lazy("Internet et l’ordinateur à la maison ne sont connus qu’en 2014."),
            gettext_lazy("La distance à la route goudronnée n’est publiée qu’en milieu rural."),
            gettext_lazy(
                "Le chômage par âge n’est pas publié par commune : la part des jeunes est donnée "
                "sans jugement."
            ),
            gettext_lazy(
                "Ces manques se lisent dans des chiffres. Les besoins que les habitants signalent "
                "sont comptés à part."
            ),
        ),
        "Hazen, 1914",
    ),
    Method(
        "cooperative-membership",
        gettext_lazy("Les coopérateurs, face à ce qui est attendu"),
        gettext_lazy(
            "Y a-t-il ici plus ou moins de coopérateurs et d’associés que les personnes qui y "
            "travaillent ne le laissent attendre ?"
        ),
        gettext_lazy(
            "attendu = somme, pour les hommes et les femmes, en ville et à la campagne, des "
            "personnes qui travaillent ici × la part de coopérateurs de ce groupe dans le pays ; "
            "rapport = observé ÷ attendu"
        ),
        gettext_lazy(
            "1 : ce qui est attendu ; 2 : deux fois plus. L’intervalle dit où est le vrai rapport, "
            "neuf chances sur dix."
        ),
        (
            gettext_lazy(
                "Le recensement réunit les membres de coopératives et les associés d’autres sociétés."
            ),
            gettext_lazy(
                "En 2014 la question portait aussi sur les personnes qui avaient déjà travaillé : "
                "les deux années ne se comparent pas."
            ),
            gettext_lazy(
                "Ce n’est pas un compte de coopératives : une part élevée peut venir d’une seule "
                "grande coopérative."
            ),
        ),
        "Breslow et Day, Statistical Methods in Cancer Research II, 1987 ; Clayton et Kaldor, 1987",
    ),
    Method(
        "shift-share",
        gettext_lazy("Pourquoi un nombre a changé"),
        gettext_lazy(
            "Qu’est-ce qui, dans un changement de 2014 à 2024, vient du pays et qu’est-ce qui est "
            "propre au lieu ?"
        ),
        gettext_lazy("changement = part du pays + part de la composition + part propre au lieu"),
        gettext_lazy(
            "Part du pays : ce que le lieu aurait gagné ou perdu au rythme du pays. Composition : "
            "parce que ses groupes (hommes et femmes, âges, niveaux d’études) ont grandi plus ou "
            "moins que l’ensemble. Propre au lieu : le reste. Les trois parts font exactement le "
            "changement."
        ),
        (
            gettext_lazy(
                "Seulement pour des questions posées de la même façon aux deux recensements ; les "
                "autres sont refusées."
            ),
            gettext_lazy(
                "La part propre au lieu ne dit pas pourquoi : un départ, une usine ou une limite de "
                "commune déplacée."
            ),
            gettext_lazy(
                "En 2024, l’activité vient d’un échantillon dans les grandes communes : la marge est "
                "indiquée."
            ),
        ),
        "Dunn, A statistical and analytical technique for regional analysis, 1960",
    ),
    Method(
        "small-numbers",
        gettext_lazy("Les petits nombres"),
        gettext_lazy("Que vaut le chiffre d’une commune de cinquante habitants ?"),
        gettext_lazy(
            "estimation = (personnes d’ici × leur part + poids × part de la province) ÷ (personnes "
            "d’ici + poids)"
        ),
        gettext_lazy(
            "Moins il y a de personnes derrière un chiffre, plus l’estimation se rapproche de celui "
            "de la province. Le poids est mesuré sur toutes les communes : grand quand elles se "
            "ressemblent. Les chiffres publiés restent montrés tels quels ; les rangs et les "
            "rapports viennent des estimations."
        ),
        (
            gettext_lazy(
                "En 2024, le questionnaire long a été posé à toutes les familles des communes de "
                "moins de 2 000 ménages, et à une famille sur cinq ailleurs : on en tient compte."
            ),
            gettext_lazy("Sous trente personnes, rien n’est affirmé. Un chiffre inconnu reste inconnu."),
            gettext_lazy(
                "L’intervalle ne couvre ni les erreurs de réponse, ni le fait qu’une famille réponde "
                "d’une voix."
            ),
        ),
        "Marshall, 1991 ; Kleinman, 1973 ; Kish, Survey Sampling, 1965",
    ),
    Method(
        "spillover",
        gettext_lazy("Les voisines"),
        gettext_lazy("Les communes voisines vont-elles dans le même sens ?"),
        gettext_lazy("moyenne des voisines = somme de leurs chiffres connus ÷ nombre de voisines connues"),
        gettext_lazy(
            "Deux territoires sont voisins quand ils partagent une limite, d’après nos propres "
            "contours. « 5 sur 6 » : cinq voisines sur six font aussi plus que le pays, ou sont "
            "aussi en retard."
        ),
        (
            gettext_lazy(
                "Une montagne ou une rivière peut séparer deux voisines : la limite commune ne dit "
                "pas la route."
            ),
            gettext_lazy("Se ressembler ne prouve pas que l’une entraîne l’autre."),
        ),
        "Moran, 1950 ; Anselin, Spatial Econometrics, 1988",
    ),
    Method(
        "fit",
        gettext_lazy("Où conviennent les modèles"),
        gettext_lazy("Quel modèle de projet convient à quel lieu, et pour quelles raisons ?"),
        gettext_lazy(
            "note = 100 × moyenne géométrique des six parts, chacune comptant selon le poids que "
            "vous lui donnez"
        ),
        # the very words of the map's legend: one translation for both
        gettext_lazy(
            "Une note de 0 à 100 pour chaque commune, faite de six parts : la ressource, les "
            "personnes, l’eau et la route, les clients, la place à prendre et le besoin. Une part "
            "très faible coûte plus qu’une bonne ne rattrape. Ce qui est inconnu ne compte pas. Une "
            "région ou une province a la note de sa meilleure commune."
        ),
        (
            gettext_lazy(
                "Ce que chaque modèle demande est notre estimation. Une bonne note ne remplace ni "
                "une étude, ni l’avis de ceux qui connaissent le lieu : elle dit où regarder "
                "d’abord."
            ),
        ),
        "United Nations Development Programme, Human Development Report, 2010",
    ),
    Method(
        "jury-score",
        gettext_lazy("Le classement d’un jury"),
        gettext_lazy(
            "Que valent des candidatures qui n’ont pas été lues par les mêmes jurés, et jusqu’où "
            "peut-on les départager ?"
        ),
        gettext_lazy("note d’un juré = ce que vaut la candidature − sévérité du juré + hasard"),
        gettext_lazy(
            "La sévérité de chaque juré se lit en le comparant aux autres lecteurs des mêmes "
            "candidatures, puis elle est retirée. Chaque rang est donné avec son intervalle à 90 % "
            "; deux candidatures que les notes ne départagent pas restent à égalité."
        ),
        (
            gettext_lazy(
                "Le calcul propose : la présidence du jury décide, et écrit sa raison quand elle s’en écarte."
            ),
            gettext_lazy(
                "Un juré loin des autres peut avoir raison. Avec deux ou trois lectures par "
                "candidature, les intervalles restent larges."
            ),
        ),
        "Henderson, 1975 ; Dempster, Laird and Rubin, 1977 ; Lange, Little and Taylor, 1989",
    ),
    Method(
        "jury-assignment",
        gettext_lazy("Qui lit quoi dans un jury"),
        gettext_lazy(
            "Comment confier les candidatures aux jurés sans conflit d’intérêts et à charge égale ?"
        ),
        gettext_lazy(
            "autant de lectures pour chaque candidature ; au plus une de différence entre deux jurés"
        ),
        gettext_lazy(
            "Personne ne lit une candidature de son organisation, de son projet, de sa commune ou "
            "de qui il conseille, ni dans une langue qu’il ne lit pas. Quand c’est possible, une "
            "femme au moins et une personne d’une autre région lisent chaque candidature ; sinon, "
            "la raison est écrite."
        ),
        (
            gettext_lazy(
                "Un lien que personne n’a déclaré et que le site ne connaît pas n’est pas vu. Une "
                "charge peut différer davantage quand un juré a dit ce qu’il peut lire au plus."
            ),
        ),
        "Ford and Fulkerson, 1956 ; Frank and Murota, 2022",
    ),
)
