"""Two visits to the demonstration project's group, one told in French, one in Arabic."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from bpc.portal.projects.models import Project
from bpc.portal.visits.reporting import report_visit
from bpc.portal.visits.states import Mood, Need
from bpc.portal.visits.told import Agreed, Told


@transaction.atomic
def create_demo_visits() -> int:
    """Report on the demonstration project where nothing is; returns how many. They go with the project."""
    project = Project.objects.filter(is_demo=True, following=None, visits=None).order_by("pk").first()
    access = None if project is None else project.advisor_accesses.filter(ended_at=None).first()
    if project is None or access is None:
        return 0
    now = timezone.now()
    for told, days in ((_french(now), 33), (_arabic(now), 8)):
        report_visit(
            project=project, key=uuid4(), told=told, actor=access.advisor,
            at=now - timedelta(days=days, hours=-2),
        )  # fmt: skip
    return 2


def _moment(now: datetime, days: int, hour: int) -> datetime:
    """An hour of a past day, in Morocco."""
    day = timezone.localtime(now - timedelta(days=days + 1)).date()
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def _french(now: datetime) -> Told:
    visited = _moment(now, 33, 10)
    return Told(
        visited, commune="09.541.01.11", place="Chez la présidente, douar Tassousfi",
        women=4, men=2, young=2,
        themes={
            "path": "Le groupe a choisi ses trois noms. La demande au registre n’est pas encore partie.",
            "members": "Six familles, toutes présentes. On vote à main levée, chacun prend la parole.",
            "production": "Le séchage se fait sur les toits. Un local de la commune est promis, sans écrit.",
            "money": "Chaque famille peut mettre 1 000 MAD. Personne ne tient encore de cahier.",
            "difficulties": "L’acheteur a baissé son prix après la dernière pluie.",
        },
        agreements=(
            Agreed("Demander la lettre de mise à disposition du local", "La présidente",
                   visited.date() + timedelta(days=21)),
            Agreed("Ouvrir un cahier des recettes et des dépenses", "La trésorière",
                   visited.date() + timedelta(days=10)),
            Agreed("Envoyer le modèle de demande de nom", "Le conseiller"),
        ),
        need=Need.FOLLOW_UP, mood=Mood.CONFIDENT,
        staff_text="Une seule personne parle d’argent. Proposer la formation à la tenue des comptes.",
        language="fr",
    )  # fmt: skip


def _arabic(now: datetime) -> Told:
    visited = _moment(now, 8, 15)
    return Told(
        visited, place="مقر الجماعة، القاعة الصغيرة", women=5, men=1,
        themes={
            "path": "أُودع طلب التسمية، والمجموعة تنتظر الجواب.",
            "members": "اتفق الحاضرون على مسيّرتين للمشروع، وبقي اختيار أمينة المال.",
            "money": "بدأ الدفتر: مداخيل الشهر ومصاريفه مكتوبة كلها.",
            "difficulties": "وعدٌ شفوي بالمحل دون وثيقة مكتوبة.",
        },
        agreements=(
            Agreed("توجيه رسالة إلى رئيس الجماعة بشأن المحل", "الرئيسة", visited.date() + timedelta(days=30)),
        ),
        need=Need.BLOCKED, blocked_on="وثيقة وضع المحل رهن الإشارة", mood=Mood.TIRED, language="ar",
    )  # fmt: skip
