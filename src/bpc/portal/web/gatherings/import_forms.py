"""The forms of a file of ideas: the file and its meeting, which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.importing.columns import COLUMNS
from bpc.portal.gatherings.models import Gathering, IdeaImport
from bpc.portal.gatherings.visibility import gatherings_organised_by
from bpc.portal.web.gatherings.meeting_words import title_of

_MEETINGS_OFFERED = 100


class UploadForm(forms.Form):
    """The file, and where its ideas were said."""

    file = forms.FileField(
        label=_("Fichier d’idées"),
        help_text=_("CSV ou XLSX, 5 Mo et 2 000 lignes au plus."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
        max_length=200,
    )
    gathering = forms.ModelChoiceField(
        Gathering.objects.none(), label=_("Rencontre où ces idées ont été dites"), required=False,
        empty_label=_("Aucune rencontre"),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gathering"]
        assert isinstance(field, forms.ModelChoiceField)
        offered = gatherings_organised_by(person).order_by("-date", "-pk").values("pk")[:_MEETINGS_OFFERED]
        field.queryset = Gathering.objects.filter(pk__in=list(offered.values_list("pk", flat=True))).order_by(
            "-date", "-pk"
        )
        field.label_from_instance = title_of  # type: ignore[method-assign,assignment]  # Django’s own way


class ColumnsForm(forms.Form):
    """For each field of an idea, the column of the file that holds it."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, idea_import: IdeaImport, data: Any = None) -> None:
        chosen = {f"column_{code}": str(index) for code, index in idea_import.mapping.items()}
        super().__init__(data, initial={"version": idea_import.version, **chosen})
        nameless = _("sans titre")
        offered = [
            (str(index), f"{index + 1}. {title or nameless}")
            for index, title in enumerate(idea_import.reading.get("titles", []))
        ]
        for column in COLUMNS:
            self.fields[f"column_{column.code}"] = forms.ChoiceField(
                label=column.label, choices=[("", _("Pas dans ce fichier")), *offered], required=False
            )

    def mapping(self) -> dict[str, int]:
        """Field → index of its column."""
        said = {column.code: self.cleaned_data.get(f"column_{column.code}", "") for column in COLUMNS}
        return {code: int(index) for code, index in said.items() if index != ""}

    def column_fields(self) -> list[forms.BoundField]:
        """The boxes of the columns; the page says which are needed, so none is marked as optional."""
        boxes = [self[f"column_{column.code}"] for column in COLUMNS]
        for box in boxes:
            box.field.required = True
        return boxes
