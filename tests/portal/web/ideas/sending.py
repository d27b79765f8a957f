"""The deposit form as a browser sends it, and what comes back as people read it."""

import html
import io
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from bpc.portal.ideas import limits
from tests.portal.world import HERE

NEW = "/fr/idees/proposer"
WORDS = {
    "commune_name": "Taroudannt", "commune": HERE, "sector": "beekeeping", "title": "Un rucher commun",
    "need": "Les abeilles manquent chez nous.", "proposal": "Un rucher pour dix familles.", "speaker": "citizen",
    "contact": "06 12 34 56 78", "agreed": "on",
}  # fmt: skip


def jpeg(colour: str = "red") -> SimpleUploadedFile:
    """A small photo as sent."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", out.getvalue(), "image/jpeg")


def said(**changes: Any) -> dict[str, Any]:
    """What a stranger sends, by a form opened long enough ago."""
    key = str(changes.pop("submission_key", uuid4()))
    opened = limits.stamp(key, timezone.now() - limits.QUICKEST)
    return {**WORDS, "submission_key": key, "opened": opened, **changes}


def send(client: Client, url: str = NEW, **changes: Any) -> Any:
    """Send the form with some answers changed."""
    return client.post(url, said(**changes))


def text_of(response: Any) -> str:
    """The page as people read it."""
    return html.unescape(response.content.decode())


def errors(response: Any, field: str) -> list[str]:
    """What is told beside a field."""
    assert response.status_code == 422
    return list(response.context["form"].errors.get(field, []))
