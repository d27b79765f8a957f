"""Needs and opportunities as people might tell them, for the demonstration. Invented, and labelled wherever shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoObservation:
    """One invented text; `place` is a commune or a province, `days` how long ago it was sent.

    `answer` is what a delegation replied, `reason` why it was returned or closed.
    """

    slug: str
    category: str
    place: str
    language: str
    speaker: str
    audience: str
    state: str
    days: int
    title: str
    text: str
    sector: str | None = None
    others: tuple[str, ...] = ()
    answer: str = ""
    reason: str = ""


DEMO_OBSERVATIONS = (
    DemoObservation(
        "eau", "N08", "09.541.01.13", "fr", "citizen", "farmers", "published", 26,
        "Le forage du périmètre ne suffit plus aux jeunes plants",
        "Depuis deux étés le débit baisse. Une quinzaine de familles arrosent une nuit sur trois et perdent une "
        "partie des plants. Il nous manque un bassin et du goutte à goutte.",
        "agriculture", ("N09",),
    ),
    DemoObservation(
        "marche", "N02", "09.541.04.49", "ar", "cooperative", "women", "answered", 22,
        "لا نجد أين نبيع زيت الأركان خارج السوق الأسبوعي",
        "نحن خمس تعاونيات نسائية ننتج الزيت طول السنة، ولا نبيع إلا للعابرين وفي السوق الأسبوعي. نحتاج إلى نقطة بيع "
        "مشتركة أو عقد مع فندق.",
        "aromatic",
        answer="المندوبية تنظم لقاء مع فنادق تارودانت وأكادير، وستتصل بالتعاونيات الخمس لتحديد الكميات.",
    ),
    DemoObservation(
        "froid", "N10", "09.163.01.03", "fr", "holder", "", "published", 17,
        "Pas de chambre froide entre Aït Baha et la plaine",
        "Le fromage et le miel voyagent dans une camionnette ordinaire. En été, un tiers arrive abîmé.",
        "livestock",
    ),
    DemoObservation(
        "province", "N04", "09.541", "fr", "administration", "youth", "published", 12,
        "Les groupes de la province demandent une formation à la comptabilité",
        "Dans presque toutes les réunions, les groupes disent tenir leurs comptes sur un cahier. Ils demandent une "
        "formation courte, près de chez eux, en arabe et en tachelhit.",
        others=("N05",),
    ),
    DemoObservation(
        "pret", "N01", "08.401.01.09", "fr", "cooperative", "artisans", "closed", 34,
        "Un prêt refusé faute de garantie pour acheter la laine",
        "La banque demandait une garantie que la coopérative n’a pas. Sans laine achetée d’avance, les métiers "
        "s’arrêtent tout l’hiver.",
        "crafts",
        answer="La caisse de garantie accepte ce type de dossier : la délégation l’a monté avec la coopérative.",
        reason="Le prêt a été accordé avec la garantie publique.",
    ),
    DemoObservation(
        "papiers", "N06", "02.411.01.23", "ar", "citizen", "youth", "published", 9,
        "لا نعرف أين نودع ملف إحداث التعاونية",
        "جمعنا سبعة شباب وحررنا القانون الأساسي، وكل إدارة ترسلنا إلى أخرى. نريد من يشرح لنا المراحل.",
        others=("N05",),
    ),
    DemoObservation(
        "local", "N07", "05.081.09.15", "fr", "association", "women", "submitted", 2,
        "Douze femmes sans local pour transformer les figues",
        "Nous séchons sur les toits. Un local de la commune est fermé depuis trois ans.",
        "food",
    ),
    DemoObservation(
        "attente", "N03", "09.163.01.11", "fr", "cooperative", "", "submitted", 1,
        "L’autorisation sanitaire bloque la vente de nos confitures",
        "Les magasins demandent l’autorisation de l’ONSSA. Nous ne savons pas quels travaux faire dans l’atelier.",
        "food",
    ),
    DemoObservation(
        "renvoye", "N11", "09.541.01.13", "fr", "holder", "youth", "returned", 4,
        "Pas de réseau",
        "Il n’y a pas de réseau dans notre douar et c’est difficile.",
        reason="Dites-en un peu plus : qui le vit, où, depuis quand ?",
    ),
    DemoObservation(
        "amandes", "O01", "09.541.04.49", "fr", "citizen", "women", "published", 20,
        "Les amandes se vendent brutes alors que personne ne les casse ici",
        "Chaque septembre, des camions emportent les amandes en coque. Les casser et les trier sur place ferait "
        "travailler des femmes tout l’hiver.",
        "food",
    ),
    DemoObservation(
        "tourisme", "O08", "08.401.01.09", "fr", "cooperative", "artisans", "published", 14,
        "Les voyageurs qui viennent voir les tapis ne savent pas où dormir",
        "Ils arrivent pour une heure et repartent. Trois maisons pourraient les recevoir et montrer les ateliers.",
        "tourism", ("O05",),
    ),
    DemoObservation(
        "soleil", "O09", "08.587.01.13", "ar", "association", "youth", "published", 7,
        "شباب تكوّنوا في الطاقة الشمسية ولا أحد يصلح المضخات",
        "عشرات المضخات الشمسية متوقفة بسبب عطب صغير. يمكن لستة شباب مكونين أن يؤسسوا تعاونية للصيانة.",
        "energy",
    ),
    DemoObservation(
        "algues", "O07", "12.391.01.01", "fr", "citizen", "women", "answered", 16,
        "Des femmes ramassent les algues et les vendent mouillées",
        "Séchées et triées, elles se vendraient mieux. Il faudrait une aire de séchage et une balance.",
        "fishing",
        answer="Une aire de séchage est prévue au port. La délégation réunira les ramasseuses pour créer un groupe.",
    ),
)  # fmt: skip
