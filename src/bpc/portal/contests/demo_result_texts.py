"""The words of the demonstration ideathon whose results are out: invented teams, invented ideas, real communes."""

from typing import Any

from bpc.portal.contests.demo_texts import MARK, Candidate

WORDS: dict[str, Any] = {
    "name_fr": f"Idéathon Souss-Massa\u00a0: nourrir et soigner {MARK}",
    "name_ar": "إيدياثون سوس ماسة: التغذية والعناية (عرض تجريبي)",
    "theme_fr": "Des produits de nos terres, pour manger mieux et se soigner",
    "theme_ar": "منتوجات أراضينا لغذاء أفضل وعناية أفضل",
    "about_fr": "Des idées de groupes de la région autour des plantes, du lait, du miel et du pain.",
    "about_ar": "أفكار مجموعات من الجهة حول النباتات والحليب والعسل والخبز.",
}
FOLLOWS = "Le jury suit l’ordre du calcul : les écarts y sont sûrs et personne n’a de raison de s’en écarter."
BORDER_CHOSEN = "À égalité de notes, ce groupe a déjà un local et peut commencer cet hiver."
BORDER_LEFT = "À égalité de notes, il manque encore un lieu à ce groupe : le jury l’invite à revenir."
SLOT_PLACE = "Délégation d’Agadir, accueil"
#: How good each entry is to the invented jury, mark of 1 to 5 for each criterion; in the order of `CANDIDATES`.
QUALITY = ((5, 4, 4, 5), (4, 5, 4, 4), (4, 3, 4, 4), (3, 4, 4, 4), (3, 3, 3, 3), (2, 3, 3, 2), (2, 2, 3, 2))


def _answers(need: str, proposal: str, impact: str, place: str) -> dict[str, str]:
    return {"need": need, "proposal": proposal, "impact": impact, "place": place}


CANDIDATES = (
    Candidate(
        "cooperative",
        "09.541.01.13",
        "aromatic",
        "cooperative",
        "fr",
        "Distiller ensemble le thym et la lavande",
        "Dix cueilleuses partagent un alambic, apprennent à cueillir sans épuiser et vendent l’huile en flacons.",
        _answers(
            "Les plantes partent en ballots, au prix du foin.",
            "Un alambic de cent litres, un calendrier de cueillette, des flacons pesés et étiquetés.",
            "Dix cueilleuses ; le rendement est mesuré à chaque distillation.",
            "Le thym de montagne est à une heure de Taroudannt.",
        ),
        ("Zineb H.", "Malika B."),
    ),
    Candidate(
        "porteuse",
        "09.541.09.63",
        "food",
        "group",
        "ar",
        "مجففة مشتركة للتين والطماطم",
        "عشرون أسرة تجفف الفائض في مجففة شمسية واحدة وتبيعه طوال السنة.",
        _answers(
            "يضيع جزء كبير من التين والطماطم في أسبوعي الذروة.",
            "مجففة شمسية مشتركة وجدول للدور وأكياس محكمة الإغلاق.",
            "عشرون أسرة؛ نزن ما يدخل وما يخرج.",
            "بساتين تيوت متجاورة والشمس وافرة.",
        ),
        ("Fatima A.",),
    ),
    Candidate(
        "citoyenne",
        "09.001.07.25",
        "livestock",
        "group",
        "fr",
        "Une petite laiterie pour le lait de chèvre",
        "Six éleveurs mettent leur lait ensemble, le pasteurisent et vendent un fromage frais au souk.",
        _answers(
            "Le lait du soir se perd, faute de froid.",
            "Un tank, un pasteurisateur de cinquante litres, une vente deux fois par semaine.",
            "Six éleveurs ; les litres collectés sont écrits chaque jour.",
            "Tamri a des chèvres et un souk passant.",
        ),
    ),
    Candidate(
        "porteuse",
        "09.541.01.13",
        "food",
        "group",
        "fr",
        "Du pain d’orge pour les cantines",
        "Des femmes cuisent le pain d’orge au four commun et le livrent à trois écoles.",
        _answers(
            "L’orge se vend mal et les cantines achètent du pain de ville.",
            "Un four commun, une tournée le matin, un prix fixé pour l’année.",
            "Sept emplois à mi-temps, estimés.",
            "Trois écoles sont à moins de cinq kilomètres.",
        ),
    ),
    Candidate(
        "cooperative",
        "09.581.01.05",
        "aromatic",
        "cooperative",
        "ar",
        "مرهم من زيت الأركان والعسل",
        "تعاونية تحضر مرهما بسيطا من زيت الأركان والعسل وتبيعه للصيدليات المحلية.",
        _answers(
            "يباع الزيت بالجملة بثمن منخفض.",
            "وصفة واحدة، وتحليل في مختبر، وعلب صغيرة.",
            "ثماني نساء، حسب تقديرنا.",
            "تعاونيات تافراوت قريبة وتعرف المنتوج.",
        ),
    ),
    Candidate(
        "citoyenne",
        "09.581.11.09",
        "beekeeping",
        "individual",
        "fr",
        "Un rucher-école au bord des arganiers",
        "Apprendre à conduire des ruches à ceux qui en reçoivent et les perdent la première année.",
        _answers(
            "Beaucoup de ruches données meurent en un an.",
            "Dix ruches, une séance par mois, un carnet par élève.",
            "Le nombre de ruches vivantes au printemps est compté.",
            "Les arganiers d’Ouijjane fleurissent tard.",
        ),
    ),
    Candidate(
        "porteuse",
        "09.001.07.25",
        "aromatic",
        "group",
        "ar",
        "حديقة نباتات طبية في المدرسة",
        "حديقة صغيرة يتعلم فيها التلاميذ والأمهات زراعة الزعتر والنعناع وتجفيفهما.",
        _answers(
            "لم يعد الشباب يعرفون نباتات المنطقة.",
            "مئة متر مربع، وسقي بالتنقيط، ويوم في الأسبوع.",
            "نعد التلاميذ المشاركين كل فصل.",
            "للمدرسة أرض فارغة وبئر.",
        ),
    ),
)
