"""The creation file of a project: what the group answered, and its founders as the law needs them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.founding.states import Leaving, Office, PersonKind
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.states import Answer

_OFFICES = [office for office in Office.values if office]
_REASONS = [reason for reason in Leaving.values if reason]


class CreationFile(models.Model):
    """One per project. `answers` holds what is known, by the codes of data/founding/fields.yaml; the rest is absent.

    Days are ISO text, amounts decimal text, whole numbers numbers: see `answers.read`.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="creation_file")
    answers = models.JSONField(default=dict, blank=True)
    # by code of a paper: what the group signed and put in the vault, see `signing`
    signed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"creation of {self.project_id}"


class FoundingMember(models.Model):
    """A founder, or a member who came later. NULL and empty are "not known". No number of an identity paper is kept.

    `shares` counts all shares subscribed; `in_kind` is the worth (MAD) of those brought in goods, `cash_paid` (MAD)
    what was paid on the others. `entered_on` is empty for a founder. `operations` is what the member did with the
    cooperative (MAD, or hours of work) in the year that closed on `operations_of`.
    """

    file = models.ForeignKey(CreationFile, on_delete=models.CASCADE, related_name="founders")
    # copied from the project's list and kept if the line is taken out there
    person = models.ForeignKey(
        ProjectPerson, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=PersonKind.choices, default=PersonKind.NATURAL)
    name_fr = models.CharField(max_length=100, blank=True)
    name_ar = models.CharField(max_length=100, blank=True)
    profession = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    stands_for = models.CharField(max_length=100, blank=True)  # who acts for a legal person
    shares = models.PositiveIntegerField(null=True, blank=True)
    in_kind = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    in_kind_what = models.CharField(max_length=200, blank=True)
    in_kind_released = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    cash_paid = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    office = models.CharField(max_length=12, choices=Office.choices, default="", blank=True)
    adult = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    in_the_trade = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    same_object_elsewhere = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    # the four conditions of article 65, asked of those who run the cooperative
    civil_rights = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    not_banned = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    no_competing_business = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    dues_paid = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=12, choices=Leaving.choices, default="", blank=True)
    operations = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    operations_of = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(name_fr="", name_ar=""), name="founder_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=PersonKind.values), name="founder_kind_is_known"),
            models.CheckConstraint(
                condition=Q(office="") | Q(office__in=_OFFICES), name="founder_office_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(in_kind=None) | Q(in_kind__gte=0)) & (Q(cash_paid=None) | Q(cash_paid__gte=0)),
                name="founder_amounts_are_no_debts",
            ),
            models.CheckConstraint(
                condition=Q(operations=None, operations_of=None)
                | Q(operations__gte=0, operations_of__isnull=False),
                name="founder_operations_are_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="")
                | Q(left_on__isnull=False, left_because__in=_REASONS),
                name="founder_leaves_on_a_day_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(entered_on=None) | Q(left_on=None) | Q(left_on__gte=models.F("entered_on")),
                name="founder_leaves_after_entering",
            ),
            models.UniqueConstraint(
                fields=["file", "person"], condition=~Q(person=None), name="one_founder_by_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fr or self.name_ar

    def name_in(self, language: str) -> str:
        """The name as written in a language, else as it is known."""
        return (self.name_ar or self.name_fr) if language == "ar" else (self.name_fr or self.name_ar)
