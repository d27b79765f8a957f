"""Tags and filters of the components that every page is made of (see the gallery page)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, SelectDateWidget, TextInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from bpc.portal.web.templatetags.figures import (
    NARROW_SPACE,
    as_decimal,
    month_names,
    written_amount,
    written_date,
    written_number,
    written_percent,
)

register = template.Library()

_EVIDENCE = {
    "official": (gettext_lazy("source officielle"), "check"),
    "sourced": (gettext_lazy("source citée"), "document"),
    "deduced": (gettext_lazy("déduit"), "info"),
    "estimate": (gettext_lazy("estimation"), "model"),
    "to_verify": (gettext_lazy("à vérifier"), "need"),
}
_GROUPED = ("radio", "checkbox")  # widgets drawn as a set of choices under a legend


@register.filter
def number(value: object, decimals: int = 0) -> str:
    """1 234,5; unknown is written « inconnu »."""
    return written_number(value, decimals)


@register.filter
def money(value: object, decimals: int = 0) -> str:
    """12 500 MAD."""
    return written_amount(value, decimals)


@register.filter
def percent(value: object, decimals: int = 0) -> str:
    """12,5 % of a value already in percent."""
    return written_percent(value, decimals)


@register.filter
def longdate(value: date | None) -> str:
    """A `<time>` written out; a moment is told in the country's own time. Empty stays « inconnu »."""
    if value is None:
        return gettext("inconnu")
    day = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    # HTML knows milliseconds at most
    machine = day.isoformat(timespec="minutes") if isinstance(day, datetime) else day.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, written_date(day))


@register.filter
def lastday(value: datetime | None) -> str:
    """`longdate` of the last day before a moment: what closes at midnight closes the day before."""
    return longdate(value and (timezone.localtime(value) - timedelta(microseconds=1)).date())


@register.simple_tag
def quantity(value: object, unit: str, decimals: int = 0) -> str:
    """A number that never parts from its unit; an unknown has no unit."""
    if as_decimal(value) is None:
        return written_number(None)
    return format_html(
        '<span class="nowrap">{}{}{}</span>', written_number(value, int(decimals)), NARROW_SPACE, unit
    )


@register.simple_tag
def localname(obj: Any, other: bool = False) -> str:
    """The official name in the page's language, French if that column is empty; `other` for the other script."""
    shown = get_language() or "fr"
    if not other:
        return _name_in(obj, shown) or _name_in(obj, "fr") or _name_in(obj, "ar")
    code = "fr" if shown == "ar" else "ar"
    direction = "rtl" if code == "ar" else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', code, direction, _name_in(obj, code))


def _name_in(obj: Any, language: str) -> str:
    name = f"name_{language}"
    return str((obj.get(name) if isinstance(obj, Mapping) else getattr(obj, name, "")) or "")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A decorative pictogram of the sprite; arrows turn with the direction. Always paired with a word."""
    return _drawn_icon(name, size)


# a page draws fifty of the few there are, and asking for the sprite's address is slow
@lru_cache(maxsize=512)
def _drawn_icon(name: str, size: str) -> SafeString:
    classes = "icon" + (f" icon-{size}" if size else "") + (" flip" if name == "arrow-next" else "")
    address = f"{static('web/icons/icons.svg')}#{name}"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, address
    )


def _with_picture(label: str, icon_name: str) -> SafeString:
    if icon_name == "arrow-next":  # an arrow points away from the word
        return format_html("{}{}", label, icon(icon_name))
    return format_html("{}{}", icon(icon_name) if icon_name else "", label)


@register.simple_tag
def link_button(url: str, label: str, icon_name: str = "", kind: str = "primary") -> SafeString:
    """A link that looks like a button; `kind` is primary, second, quiet or danger."""
    return format_html('<a class="button {}" href="{}">{}</a>', kind, url, _with_picture(label, icon_name))


@register.simple_tag
def submit_button(label: str, icon_name: str = "", kind: str = "primary", **attributes: str) -> SafeString:
    """A button that sends its form; `name=` and `value=` tell which one was pressed."""
    extra = format_html_join("", ' {}="{}"', attributes.items())
    content = _with_picture(label, icon_name)
    return format_html('<button type="submit" class="button {}"{}>{}</button>', kind, extra, content)


@register.simple_tag
def evidence(kind: str) -> SafeString:
    """The chip saying how sure a number or a rule is: official, deduced, estimate, to_verify."""
    label, picture = _EVIDENCE[kind]
    return format_html('<span class="chip chip-{}">{}{}</span>', kind, icon(picture, "small"), label)


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(items: Sequence[tuple[str, str | None]]) -> dict[str, Any]:
    """The way back up: pairs (label, address); the page itself comes last, without address."""
    return {"items": items}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Links drawn as tabs: `label`, `url`, `current` and perhaps `count`."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Numbered pages around the present one; the rest of the address is kept."""
    around = {1, page.paginator.num_pages, *range(page.number - 1, page.number + 2)}
    shown: list[int | None] = []
    for position in sorted(n for n in around if 1 <= n <= page.paginator.num_pages):
        if shown and shown[-1] is not None and position - shown[-1] > 1:
            shown.append(None)
        shown.append(position)
    return {"page": page, "numbers": shown, "request": context["request"]}


@register.inclusion_tag("components/table.html")
def data_table(
    caption: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """A table that turns into cards on a phone. Columns: `label`, `numeric`, `sort_url`, `sorted`.

    The first cell of a row names it; a cell may be a dict `text`, `url`.
    """
    paired = [list(zip(columns, row, strict=True)) for row in rows]
    return {"caption": caption, "columns": columns, "rows": paired}


def _first_id(bound: BoundField) -> str:
    if isinstance(bound.field.widget, SelectDateWidget):
        return f"{bound.auto_id}_day"
    return bound.id_for_label or f"{bound.auto_id}_0"


def _described(bound: BoundField, hint: str) -> str:
    parts = [f"{bound.auto_id}_hint"] if hint else []
    if bound.errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(parts)


def _field_context(bound: BoundField, hint: str) -> dict[str, Any]:
    hint = hint or str(bound.help_text or "")
    widget = bound.field.widget
    single_box = isinstance(widget, CheckboxInput)
    described = _described(bound, hint)
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    grouped = not single_box and getattr(widget, "input_type", "") in _GROUPED
    return {
        "field": bound,
        "hint": hint,
        "described": described,
        "grouped": grouped,
        "single_box": single_box,
        "control": "" if grouped else bound.as_widget(attrs=attributes),
        "unit": getattr(bound.field, "unit", ""),  # written after the box, where the form says one
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Label above, hint, error beside with an icon; choices become a fieldset."""
    return _field_context(bound, hint)


@register.inclusion_tag("components/field.html")
def amount_field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A field followed by MAD."""
    context = _field_context(bound, hint)
    attributes: dict[str, str | bool] = {"inputmode": "decimal", "autocomplete": "off"}
    if context["described"]:
        attributes["aria-describedby"] = context["described"]
    # A number box would forget "12 500" as typed; text keeps it beside its error.
    context["control"] = bound.as_widget(widget=TextInput(), attrs=attributes)
    return {**context, "unit": gettext("MAD")}


@register.inclusion_tag("components/field.html")
def file_field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A file field; scripts find it by `data-file-field`."""
    if not isinstance(bound.field.widget, FileInput):
        raise TypeError(f"{bound.name} is not a file field")
    return {**_field_context(bound, hint), "is_file": True}


@register.inclusion_tag("components/date_field.html")
def date_field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Day, month and year in three boxes, read back by Django's `SelectDateWidget`."""
    widget = bound.field.widget
    if not isinstance(widget, SelectDateWidget):
        raise TypeError(f"{bound.name} needs a SelectDateWidget")
    hint = hint or str(bound.help_text or "")
    return {
        "field": bound,
        "hint": hint,
        "described": _described(bound, hint),
        "parts": widget.format_value(bound.value()),
        "months": enumerate(month_names(), start=1),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What to mend, each line leading to its field."""
    lines = [(_first_id(bound), bound.label, message) for bound in form for message in bound.errors]
    return {"lines": lines, "general": form.non_field_errors()}


@register.inclusion_tag("components/commune_box.html")
def commune_box(
    action: str,
    value: str = "",
    name: str = "q",
    label: str = "",
    locate: bool = True,
    base: str = "",
    kept: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The question everything starts from; a plain search form that a script makes quicker.

    `base`: what the address of the page of a commune begins with, where it is not its sheet; `kept`: what the address
    of the form carries besides.
    """
    question = label or gettext("Dans quelle commune ?")
    shown = {"action": action, "value": value, "name": name, "label": question, "locate": locate}
    return {**shown, "base": base, "kept": kept}
