"""Documents of a few invented sources, as the files tell real ones, and what puts them in the directory."""

from datetime import date
from typing import Any

from django.utils import timezone

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.datasets.funding_sources import parse_funding_source
from bpc.portal.funding.loading import load_sources
from bpc.portal.funding.models import FundingSource

NOW = timezone.now()
TODAY = date(2026, 11, 22)
HERE, ELSEWHERE = "09.541.01.13", "02.411.01.23"  # Taroudannt (Souss-Massa), Oujda (Oriental)
FRAME, CALL = "cadre-national", "appel-taroudannt"


def make_document(slug: str = "aide-essai", **fields: Any) -> Document:
    """A grant for the whole country, open at unknown dates, some of its fields changed."""
    content: dict[str, Any] = {
        "id": slug,
        "version": 1,
        "updated": "2026-11-20",
        "name_fr": f"Aide d’essai {slug}",
        "name_ar": "دعم تجريبي",
        "provider_fr": "Organisme d’essai",
        "provider_ar": "هيئة تجريبية",
        "kind": "grant",
        "summary_fr": "Une aide pour équiper un atelier de transformation.",
        "summary_ar": "دعم لتجهيز ورشة للتحويل.",
        "description_fr": "Elle paie des machines et leur installation.",
        "description_ar": "يمول آلات وتركيبها.",
        "status": "open",
        "payment": "advance",
        "beneficiaries": ["existing_cooperative"],
        "stages": ["creation", "launch"],
        "apply": {"how": {"fr": "Déposer un dossier au guichet.", "ar": "إيداع ملف لدى الشباك."}},
        "pages": [
            {"id": "p1", "title_fr": "Annonce", "url": "https://example.org/annonce", "read": "2026-11-20"}
        ],
        "confidence": "high",
        "verified": "2026-11-20",
    }
    return parse_funding_source({**content, **fields}, slug)


def closing(day: str, opens: str | None = None, **calendar: Any) -> dict[str, Any]:
    """The calendar of one edition."""
    return {"windows": [{"opens": opens, "closes": day}], **calendar}


def put(*documents: Document) -> list[FundingSource]:
    """The rows of these documents, as the files would give them, and no others."""
    FundingSource.objects.all().delete()
    load_sources({document.id: document for document in documents})
    return [FundingSource.objects.get(slug=document.id) for document in documents]


def put_frame_and_call(**call: Any) -> list[FundingSource]:
    """A national frame, and its call for one province."""
    frame = make_document(FRAME, amounts={"max_mad": 300000, "basis": "stated"})
    fields = {"places": {"regions": ["09"], "provinces": ["09.541"]}, "parent": FRAME, **call}
    return put(frame, make_document(CALL, **fields))
