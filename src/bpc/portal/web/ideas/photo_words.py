"""What each photo shows, in its author's words: a field for each, new, waiting, or already with the idea.

Those who do not see the photo are told these words. They follow their photo: once it is put aside, what was typed
beside it, and what is wrong with that, move to the line where it waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.models import GivenFile, PendingFile
from bpc.portal.ideas.photos import MAX_PHOTOS
from bpc.portal.web.ideas.fields import PlainText

LONGEST = 160
NEW = tuple(f"alt_new_{number}" for number in range(1, MAX_PHOTOS + 1))
PENDING, KEPT = "pending", "kept"


@dataclass(frozen=True)
class FileLine:
    """A file already received and, for a photo, the field of its words."""

    file: PendingFile | GivenFile
    words: BoundField | None


def add_new(form: forms.Form) -> None:
    """A field for each photo that may be chosen now."""
    for number, name in enumerate(NEW, start=1):
        form.fields[name] = _field(format_lazy(_("Ce que montre la photo {number}"), number=number))


def add_received(form: forms.Form, files: Iterable[PendingFile | GivenFile], kind: str) -> None:
    """A field for each photo among `files`, `kind` being PENDING or KEPT."""
    for file in files:
        if file.kind == GivenFile.Kind.PHOTO:
            label = format_lazy(_("Ce que montre « {name} »"), name=file.original_name)
            form.fields.setdefault(_name(kind, file.pk), _field(label, initial=file.alt))


def lines(form: forms.Form, files: Iterable[PendingFile | GivenFile], kind: str) -> list[FileLine]:
    """The files as the form shows them."""
    received = list(files)
    add_received(form, received, kind)  # those put aside a moment ago
    names = [(file, _name(kind, file.pk)) for file in received]
    return [FileLine(file, form[name] if name in form.fields else None) for file, name in names]


def new_words(form: forms.Form, received: list[FileLine]) -> list[BoundField]:
    """The fields of as many photos as may still be chosen."""
    room = MAX_PHOTOS - sum(line.words is not None for line in received)
    return [form[name] for place, name in enumerate(NEW) if place < room or form.has_error(name)]


def put_in_page_order(form: forms.Form) -> None:
    """The fields as the page shows them, so that the summary of faults follows it."""
    added = [name for name in form.fields if name.startswith("alt_")]
    others = [name for name in form.fields if not name.startswith("alt_")]
    new = [name for name in added if name in NEW]
    received = [name for name in added if name not in NEW]
    after = {"photos": new, "document": received}
    form.order_fields([place for name in others for place in (name, *after.get(name, ()))])


def words_received(form: forms.Form, kind: str) -> dict[int, str]:
    """The words typed beside received photos, by the photo's number; without those that were refused."""
    start = _name(kind, "")
    return {
        int(name.removeprefix(start)): words
        for name, words in form.cleaned_data.items()
        if name.startswith(start)
    }


def follow(form: forms.Form, kept: list[PendingFile | None]) -> dict[int, str]:
    """Move the words typed beside new photos to where they wait; `kept` has None for a photo that was refused.

    The words of refused photos stay beside the next ones to be chosen. Returns the good words by number.
    """
    data = cast(QueryDict, form.data).copy()
    typed = [data.get(name, "") for name in NEW]
    faults = [form.errors.pop(name, None) for name in NEW]
    good: dict[int, str] = {}
    left: list[tuple[str, Any]] = []
    for place, (words, fault) in enumerate(zip(typed, faults, strict=True)):
        row = kept[place] if place < len(kept) else None
        if row is None:
            left.append((words, fault))
            continue
        if not words.strip():
            continue  # the same photo chosen again keeps what was said of it
        add_received(form, [row], PENDING)
        _write(form, data, _name(PENDING, row.pk), words, fault)
        if fault is None:
            good[row.pk] = form.cleaned_data[NEW[place]]
    left += [("", None)] * (len(NEW) - len(left))
    for name, (words, fault) in zip(NEW, left, strict=True):
        _write(form, data, name, words, fault)
    form.data = data
    return good


def _write(form: forms.Form, data: QueryDict, name: str, words: str, fault: Any) -> None:
    data[name] = words
    if fault is not None:
        form.errors[name] = fault


def _field(label: Any, initial: str = "") -> PlainText:
    return PlainText(label=label, longest=LONGEST, required=False, initial=initial)


def _name(kind: str, number: int | str) -> str:
    return f"alt_{kind}_{number}"
