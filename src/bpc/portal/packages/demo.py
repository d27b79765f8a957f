"""Two short modules as a partner would send them: one in French, published; one in Arabic, still a draft."""

import io

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.kept_files import delete_files
from bpc.portal.packages.actions import Words, add_package, describe_package, publish_package
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.states import Language
from bpc.portal.packages.writing import WrittenCourse, WrittenPage, WrittenQuestion, written_package
from bpc.portal.people.models import User

_PARTNER = "Association Tafoukt (démonstration)"
_LICENCE = "CC BY 4.0 (démonstration)"

_STOCK = WrittenCourse(
    "fiche-de-stock", "Tenir une fiche de stock", "fr",
    (
        WrittenPage(
            "Pourquoi une fiche",
            "<p>Une coopérative de miel achète 200 pots, en remplit 120, en casse 3. Combien en reste-t-il ? Sans "
            "fiche, il faut tout recompter. Avec une fiche, on lit : 77.</p>"
            "<p>La fiche dit trois choses : ce qui entre, ce qui sort, ce qui reste.</p>",
        ),
        WrittenPage(
            "Une ligne par mouvement",
            "<p>À chaque entrée ou sortie, une personne écrit une ligne, tout de suite : la date, la quantité, la "
            "raison, son nom.</p><p>Ce qui reste = ce qui restait + ce qui entre − ce qui sort.</p>",
        ),
        WrittenPage(
            "Compter une fois par mois",
            "<p>Le dernier jour du mois, deux personnes comptent ensemble. Si le compte et la fiche diffèrent, on "
            "écrit l’écart et sa raison : casse, vol, oubli. On ne l’efface pas.</p>",
        ),
    ),
    (
        WrittenQuestion(
            "Il restait 40 pots. On en reçoit 60 et on en vend 25. Combien en reste-t-il ?",
            ("65", "75", "125"), frozenset({1}), "40 + 60 − 25 = 75.",
        ),
        WrittenQuestion(
            "Quand écrit-on une sortie ?", ("Tout de suite", "En fin de mois", "Quand on y pense"),
            frozenset({0}), "Ce qui n’est pas écrit tout de suite s’oublie.",
        ),
        WrittenQuestion(
            "Le compte du mois montre 4 pots de moins que la fiche. Que fait-on ?",
            ("On corrige la fiche en silence", "On écrit l’écart et sa raison"),
            frozenset({1}), "Un écart écrit se comprend ; un écart effacé revient.",
        ),
    ),
    credit=_PARTNER,
)  # fmt: skip

_HYGIENE = WrittenCourse(
    "nazafat-al-warcha", "نظافة ورشة التحويل", "ar",
    (
        WrittenPage(
            "قبل بدء العمل",
            "<p>نغسل اليدين بالماء والصابون، ونلبس وزرة نظيفة، ونغطي الشعر. لا خواتم ولا ساعات.</p>",
        ),
        WrittenPage(
            "أثناء العمل",
            "<p>نفصل النيء عن الجاهز، ونضع لكل منهما أدواته. كل ما يسقط على الأرض لا يعود إلى الطاولة.</p>",
        ),
        WrittenPage(
            "بعد العمل", "<p>نغسل الأدوات والطاولات والأرض، ونكتب التاريخ واسم من قام بذلك في السجل.</p>"
        ),
    ),
    (
        WrittenQuestion(
            "سقطت ملعقة على الأرض. ماذا نفعل؟", ("نمسحها ونواصل", "نغسلها قبل استعمالها"), frozenset({1}),
            "المسح وحده لا يكفي.",
        ),
        WrittenQuestion(
            "ماذا نكتب في السجل؟", ("التاريخ واسم من نظف", "لا شيء"), frozenset({0}),
            "السجل هو ما تطلبه المراقبة.",
        ),
    ),
    credit=_PARTNER,
)  # fmt: skip

_STOCK_WORDS = Words(
    "Tenir une fiche de stock (démonstration)", "مسك بطاقة المخزون (تجريبي)",
    "Ce qui entre, ce qui sort, ce qui reste : dix minutes et trois questions.",
    "ما يدخل وما يخرج وما يبقى: عشر دقائق وثلاثة أسئلة.", Language.FRENCH, _LICENCE, _PARTNER,
)  # fmt: skip
_HYGIENE_WORDS = Words("", "نظافة ورشة التحويل (تجريبي)", "", "", Language.ARABIC, "", _PARTNER)


@transaction.atomic
def create_demo_packages() -> int:
    """Import both where there are none; returns how many. Raises `ImproperlyConfigured` without the accounts."""
    trainer = User.objects.filter(
        is_demo=True, role_grants__role="trainer", role_grants__ended_at=None
    ).first()
    if trainer is None:
        raise ImproperlyConfigured("demonstration packages need the demonstration accounts")
    if Package.objects.filter(is_demo=True).exists():
        return 0
    now = timezone.now()
    for course, version, words in ((_STOCK, "1.2", _STOCK_WORDS), (_HYGIENE, "2004", _HYGIENE_WORDS)):
        data = written_package(course, version)
        name = f"{course.identifier}.zip"
        made = add_package(file=io.BytesIO(data), size=len(data), name=name, actor=trainer, at=now)
        describe_package(package=made, words=words, actor=trainer, at=now)
        if words is _STOCK_WORDS:
            publish_package(package=made, actor=trainer, at=now)
        Package.objects.filter(pk=made.pk).update(is_demo=True)
    return 2


@transaction.atomic
def remove_demo_packages() -> None:
    """Both, with what anybody did in them, and their files."""
    packages = Package.objects.filter(is_demo=True)
    PackageRun.objects.filter(package__in=packages).delete()
    delete_files(list(packages.values_list("file", flat=True)))
    packages.delete()
