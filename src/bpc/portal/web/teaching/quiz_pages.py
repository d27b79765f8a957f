"""The questions of a lesson: in order, moved, taken out, brought as GIFT in one language or both."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.learning.gift import LARGEST
from bpc.core.learning.questions import Kind
from bpc.datasets.training_quiz import LANGUAGES
from bpc.portal.training.parts import Part, moved, read_part
from bpc.portal.web.teaching.gift_reading import read_given
from bpc.portal.web.teaching.keeping import PAGE, UNACCEPTABLE
from bpc.portal.web.teaching.lessons import lesson_frame
from bpc.portal.web.teaching.part_pages import read_part_or_404
from bpc.portal.web.teaching.reading import draft_or_404, told_lacks
from bpc.portal.web.teaching.saving import base_of, save, stale_words
from bpc.portal.web.teaching.words import KINDS, in_page_language


@never_cache
@require_http_methods(PAGE)
def quiz(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """The questions in order, with what each lacks; one moved up or down."""
    draft, part = draft_or_404(request, code), Part("questions", lesson)
    context = lesson_frame(request, draft, lesson)
    questions = read_part(draft.content, part) or []
    if request.method == "POST":
        act, _colon, name = request.POST.get("act", "").partition(":")
        save(request, draft, part, moved(questions, name, up=act == "up"), base_of(draft, part))
        return redirect("web:teaching_quiz", code, lesson)
    lacks = [one for one in told_lacks(draft) if one.lesson == lesson]
    rows = [
        {
            "code": one["code"], "kind": KINDS[Kind(one["kind"])], "languages": list(one["words"]),
            "text": in_page_language({name: said["text"] for name, said in one["words"].items()}),
            "lacks": [lack for lack in lacks if lack.url.endswith(f"/quiz/{one['code']}")],
        }
        for one in questions
    ]  # fmt: skip
    return render(request, "teaching/quiz.html", {**context, "rows": rows, "kinds": KINDS.items()})


@never_cache
@require_http_methods(PAGE)
def question_remove(request: HttpRequest, code: str, lesson: str, question: str) -> HttpResponse:
    """Take a question out, asked once more."""
    draft, part = draft_or_404(request, code), Part("question", lesson, question)
    stored = read_part_or_404(draft, part)
    if request.method == "POST":
        save(request, draft, part, None, base_of(draft, part))
        return redirect("web:teaching_quiz", code, lesson)
    text = in_page_language({name: said["text"] for name, said in stored["words"].items()})
    return render(request, "teaching/question_remove.html", lesson_frame(request, draft, lesson, text=text))


class GiftForm(forms.Form):
    """GIFT as pasted or as a file, for each language; the file, where both are given."""

    text_fr = forms.CharField(label=gettext_lazy("Questions en français"), required=False)
    text_ar = forms.CharField(label=gettext_lazy("Questions en arabe"), required=False)
    file_fr = forms.FileField(label=gettext_lazy("ou un fichier, en français"), required=False)
    file_ar = forms.FileField(label=gettext_lazy("ou un fichier, en arabe"), required=False)
    replace = forms.BooleanField(
        label=gettext_lazy("Remplacer toutes les questions de la leçon"), required=False,
        help_text=gettext_lazy("Sinon, celles de même nom sont remplacées et les autres ajoutées."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            attrs = {"rows": 14, "lang": language, "dir": "auto", "spellcheck": "false"}
            self.fields[f"text_{language}"].widget = forms.Textarea(attrs)
            self.fields[f"file_{language}"].widget = forms.FileInput({"accept": ".gift,.txt,text/plain"})

    def clean(self) -> dict[str, Any]:
        """What is given in each language, as text: from a file, it comes into the box, where it can be mended."""
        data = super().clean() or {}
        posted: Any = self.data
        copied = posted.copy()
        for language in LANGUAGES:
            if (file := data.get(f"file_{language}")) is None:
                continue
            try:
                text = file.read(4 * LARGEST + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error(f"file_{language}", _("Ce fichier n’est pas du texte en UTF-8."))
                continue
            data[f"text_{language}"] = copied[f"text_{language}"] = text
        self.data = copied
        if not self.errors and not any(data.get(f"text_{language}", "").strip() for language in LANGUAGES):
            self.add_error("text_fr", _("Collez des questions, ou choisissez un fichier."))
        return data

    def given(self) -> dict[str, str]:
        """The text of each language that has one."""
        texts = {language: str(self.cleaned_data[f"text_{language}"]) for language in LANGUAGES}
        return {language: text for language, text in texts.items() if text.strip()}


@never_cache
@require_http_methods(PAGE)
def gift(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """Questions pasted or given as files; each problem with its line, what was typed kept."""
    draft, part = draft_or_404(request, code), Part("questions", lesson)
    context = lesson_frame(request, draft, lesson)
    form = GiftForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        stored = [] if form.cleaned_data["replace"] else read_part(draft.content, part) or []
        found = read_given(form.given(), stored)
        for language, problem in found.problems:
            form.add_error(f"text_{language}", problem)
        if not found.problems:
            saved = save(request, draft, part, found.questions, base_of(draft, part))
            if saved.done:
                messages.info(request, _("Relisez les questions : rien n’est encore publié."))
                return redirect("web:teaching_quiz", code, lesson)
            form.add_error(
                None, stale_words() if saved.conflict else _("Une leçon a douze questions au plus.")
            )
    return render(
        request, "teaching/gift.html", {**context, "form": form}, status=UNACCEPTABLE if form.errors else 200
    )
