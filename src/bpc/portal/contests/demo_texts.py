"""The words of the demonstration ideathons: invented teams, invented ideas, real communes."""

from dataclasses import dataclass
from typing import Any

MARK = "(démonstration)"


@dataclass(frozen=True)
class Candidate:
    """An invented entry: who sends it (login of a demonstration account), where, what."""

    login: str
    commune: str
    sector: str
    entrant: str
    language: str
    title: str
    summary: str
    answers: dict[str, str]
    people: tuple[str, ...] = ()
    shown: str = "yes"


def _answers(need: str, proposal: str, impact: str, place: str) -> dict[str, str]:
    return {"need": need, "proposal": proposal, "impact": impact, "place": place}


OPEN: dict[str, Any] = {
    "name_fr": f"Idéathon Souss-Massa\u00a0: transformer sur place {MARK}",
    "name_ar": "إيدياثون سوس ماسة: التحويل في عين المكان (عرض تجريبي)",
    "theme_fr": "Garder dans nos communes la valeur de ce qu’elles produisent",
    "theme_ar": "الاحتفاظ في جماعاتنا بقيمة ما تنتجه",
    "about_fr": (
        "Amandes, safran, argan, figues, miel : beaucoup part brut et se vend loin. Cet idéathon cherche des idées "
        "pour sécher, presser, emballer et vendre ensemble, dans la commune même."
    ),
    "about_ar": (
        "اللوز والزعفران والأركان والتين والعسل: كثير منها يباع خاما وبعيدا. يبحث هذا الإيدياثون عن أفكار للتجفيف "
        "والعصر والتعليب والبيع جماعيا داخل الجماعة نفسها."
    ),
}
MARKING: dict[str, Any] = {
    "name_fr": f"Idéathon Souss-Massa\u00a0: l’eau et les déchets {MARK}",
    "name_ar": "إيدياثون سوس ماسة: الماء والنفايات (عرض تجريبي)",
    "theme_fr": "Économiser l’eau, faire un revenu de ce que l’on jette",
    "theme_ar": "اقتصاد الماء وتحويل ما يرمى إلى مورد دخل",
    "about_fr": "Des idées de groupes de la région, petites et réalisables, qu’une coopérative peut porter.",
    "about_ar": "أفكار مجموعات من الجهة، صغيرة وقابلة للإنجاز، يمكن لتعاونية أن تحملها.",
}
EXTENSION = "Des pluies ont coupé des routes de montagne : les équipes ont trois jours de plus."
REFUSAL = "La commune de l’équipe est hors de la région Souss-Massa."

CANDIDATES = (
    Candidate(
        "porteuse", "09.541.09.63", "recycling", "group", "fr", "Du compost avec les déchets de taille de la palmeraie",
        "Douze familles broient ensemble les palmes et les tailles qui brûlaient, et vendent le compost aux vergers.",
        _answers(
            "Les tailles de palmiers et d’oliviers sont brûlées au bord des champs.",
            "Un broyeur partagé, des fosses à compost, des sacs pesés et vendus aux vergers voisins.",
            "Douze familles ; nous estimons 60 tonnes par an, à vérifier par un essai d’un hiver.",
            "La palmeraie de Tiout donne des tailles toute l’année, à moins de trois kilomètres.",
        ),
        ("Brahim T.", "Fadma A."),
    ),
    Candidate(
        "cooperative", "09.581.11.09", "energy", "cooperative", "ar", "مضخة شمسية مشتركة لسبعة حقول",
        "سبع أسر تعوض مضخات الغازوال بمضخة شمسية واحدة وتوزع الماء بالساعات.",
        _answers(
            "كل أسرة تشغل مضخة بالغازوال وتسقي نهارا فيضيع الماء بالتبخر.",
            "مضخة شمسية واحدة وخزان وسقي بالتنقيط ليلا وجدول للساعات.",
            "سبع أسر؛ نقدر اقتصاد ثلث الماء ونصف كلفة الغازوال، والعداد يبين ذلك.",
            "في وجان أيام مشمسة كثيرة وبئر جماعية مرخصة.",
        ),
        ("Zahra I.",),
    ),
    Candidate(
        "citoyenne", "09.001.07.25", "trade", "group", "fr",
        "Laver et louer les caisses de bananes au lieu de les jeter",
        "Un atelier récupère, lave et loue les caisses en plastique des serres, au lieu de les laisser au bord de la "
        "route.",
        _answers(
            "Les caisses cassées et sales s’entassent près des serres.",
            "Un camion, une aire de lavage qui réutilise l’eau, un prix par caisse et par mois.",
            "Cinq emplois estimés ; le nombre de caisses louées se compte chaque semaine.",
            "Les serres de Tamri sont regroupées sur quelques kilomètres.",
        ),
        shown="no",
    ),
    Candidate(
        "porteuse", "09.541.01.13", "crafts", "group", "fr", "Des sacs de marché cousus dans les bâches de serres",
        "Des couturières achètent les bâches usées au poids et en font des sacs solides pour les souks.",
        _answers(
            "Les bâches de serres finissent dans l’oued ou sont brûlées.",
            "Laver, couper et coudre : trois modèles de sacs, vendus aux commerçants des souks.",
            "Huit couturières ; le revenu dépend du prix de vente, encore à essayer sur deux souks.",
            "Taroudannt a des couturières formées et deux grands souks par semaine.",
        ),
        ("Khadija O.", "Rkia M."),
    ),
    Candidate(
        "cooperative", "09.581.01.05", "aromatic", "cooperative", "ar", "استعمال تفل الأركان وقودا للأفران",
        "التعاونية تجفف تفل الأركان وتضغطه قوالب تعوض الحطب في الأفران والحمامات.",
        _answers(
            "التفل يتراكم بعد العصر والحطب يقل في الجبل.",
            "مجفف شمسي ومكبس يدوي وقوالب توزن وتباع للأفران.",
            "عشر نساء؛ نقدر عشرين طنا في السنة، وسنقيس بالميزان.",
            "تعاونيات أركان تافراوت قريبة بعضها من بعض.",
        ),
    ),
    Candidate(
        "citoyenne", "02.411.01.23", "recycling", "individual", "fr", "Réparer les petits appareils du quartier",
        "Un atelier d’entraide répare les appareils avec leurs propriétaires, deux soirs par semaine.",
        _answers(
            "On jette ce qu’une pièce suffirait à réparer.",
            "Un local, des outils partagés, des bénévoles formés.",
            "Le nombre d’appareils réparés est compté chaque soir.",
            "Le quartier a des réparateurs à la retraite.",
        ),
    ),
)  # fmt: skip
DRAFT = Candidate(
    "citoyenne", "09.541.01.11", "food", "group", "fr", "Sécher les pommes tombées du verger",
    "Trois voisines sèchent les pommes que personne ne ramasse et les vendent en sachets.",
    {"need": "Un tiers des pommes tombe et pourrit."},
)  # fmt: skip

# What the demonstration jurors gave: five marks cannot tell more than these words
COMMENTS = {
    1: "Je n’ai pas trouvé de réponse à ce critère dans le dossier.",
    2: "L’intention est là, mais rien n’est précisé.",
    3: "C’est décrit clairement ; il manque un chiffre ou une preuve.",
    4: "C’est précis et crédible, on voit comment faire.",
    5: "C’est très solide : un essai ou des partenaires le montrent déjà.",
}
