"""Sources of money and help: what each says now, what it said before, what people propose and report about it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.funding.states import (
    ClosesKind,
    EditState,
    LinkOutcome,
    Origin,
    ReportOutcome,
    ReportReason,
    SourceState,
)
from bpc.portal.people.models import Organisation
from bpc.portal.reference.models import Sector, Territory


class FundingSource(models.Model):
    """One source. `content` is the document of `datasets.funding_sources`; the columns repeat it, for lists only.

    `by_hand`: a person wrote its present content, so that loading the files leaves it alone and what the file says
    since then waits as a proposal. `amount_max` is what the source itself states for one file; null is not known.
    `deadline_key` orders by deadline: the kind of date first, then the day. `opens_on` and `closes_on` are those of the
    next edition, announced or forecast, as of the last reckoning.
    """

    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=SourceState.choices, default=SourceState.ACTIVE)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    by_hand = models.BooleanField(default=False)
    file_version = models.PositiveIntegerField(default=0)  # of the last file heeded
    file_hash = models.CharField(max_length=64, blank=True)  # of what that file said
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="funding_sources"
    )
    # the national frame of a local call
    frame = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="local_calls"
    )
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    payment = models.CharField(max_length=16)
    name_fr = models.CharField(max_length=200)
    name_ar = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=80)
    provider_fr = models.CharField(max_length=300)
    provider_ar = models.CharField(max_length=300)
    summary_fr = models.CharField(max_length=600)
    summary_ar = models.CharField(max_length=600)
    amount_max = models.BigIntegerField(null=True, blank=True)
    amount_key = models.BigIntegerField(default=0)  # orders by amount; an unknown one comes last
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    closes_kind = models.CharField(max_length=10, choices=ClosesKind.choices)
    deadline_key = models.BigIntegerField()
    has_counter = models.BooleanField(default=True)
    is_national = models.BooleanField(default=True)
    all_sectors = models.BooleanField(default=True)
    for_women = models.BooleanField(default=False)
    for_youth = models.BooleanField(default=False)
    confidence = models.CharField(max_length=10)
    verified_on = models.DateField()
    verified_day = models.PositiveIntegerField()  # the same as a number of days, to order by age times use
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uses = models.PositiveIntegerField(default=0)  # files opened, alerts asked: what makes checking it matter
    open_reports = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "deadline_key", "sort_name", "id"], name="funding_by_deadline"),
            models.Index(fields=["state", "-amount_key", "sort_name", "id"], name="funding_by_amount"),
            models.Index(fields=["state", "sort_name", "id"], name="funding_by_name"),
            models.Index(fields=["state", "kind"], name="funding_by_kind"),
            models.Index(fields=["closes_kind", "closes_on"], name="funding_by_close"),
            models.Index(fields=["state", "status", "id"], name="funding_by_status"),
            models.Index(fields=["state", "is_national", "id"], name="funding_by_reach"),
            models.Index(fields=["state", "all_sectors", "id"], name="funding_by_breadth"),
            # local calls are few: found without reading the others
            models.Index(
                fields=["frame", "state", "status"],
                condition=Q(frame__isnull=False),
                name="funding_local_calls",
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(slug=""), name="funding_has_a_slug"),
            models.CheckConstraint(condition=Q(state__in=SourceState.values), name="funding_state_is_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="funding_origin_is_known"),
            models.CheckConstraint(
                condition=Q(closes_kind__in=ClosesKind.values), name="funding_closes_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_max=None) | Q(amount_max__isnull=False, amount_max__gt=0),
                name="funding_amount_is_positive",
            ),
            models.CheckConstraint(condition=~Q(pk=F("frame")), name="funding_is_not_its_own_frame"),
        ]

    def __str__(self) -> str:
        return self.slug


class SourcePlace(models.Model):
    """A territory a source is for; none at all is the whole country. `region`, `province` repeat its holders."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="place_rows")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["territory"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "territory"], name="one_row_per_funding_place")
        ]

    def __str__(self) -> str:
        return self.territory_id


class SourceSector(models.Model):
    """A sector a source is for; none at all is every sector."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="sector_rows")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["sector"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "sector"], name="one_row_per_funding_sector")
        ]

    def __str__(self) -> str:
        return self.sector_id


class SourceStage(models.Model):
    """A stage of the project a source is for."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="stage_rows")
    stage = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar[list[str]] = ["stage"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "stage"], name="one_row_per_funding_stage")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["stage", "source"], name="funding_by_stage")
        ]

    def __str__(self) -> str:
        return self.stage


class SourceBeneficiary(models.Model):
    """Whom a source names; `confirmed` False: it may also take them, to be asked."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="beneficiary_rows")
    beneficiary = models.CharField(max_length=30)
    confirmed = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["beneficiary"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "beneficiary"], name="one_row_per_funding_beneficiary")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["beneficiary", "source"], name="funding_by_beneficiary")
        ]

    def __str__(self) -> str:
        return self.beneficiary


class SourceVersion(models.Model):
    """What a source said from one time to the next. Never changed, never deleted."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    note = models.CharField(max_length=500, blank=True)  # why, in the words of who proposed it
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "number"], name="one_funding_version_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="funding_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} v{self.number}"


class SourceEdit(models.Model):
    """A new content proposed for a source (or a new source, without one), until another person decides.

    `base_version` is the version it was written from. A newer file about a source that a person wrote is a proposal
    of the files, without an author.
    """

    source = models.ForeignKey(
        FundingSource, null=True, blank=True, on_delete=models.CASCADE, related_name="edits"
    )
    slug = models.SlugField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    origin = models.CharField(max_length=12, choices=Origin.choices)
    base_version = models.PositiveIntegerField(default=0)
    content = models.JSONField()
    fields = models.JSONField(default=list)  # names of the fields of the document it changes
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=EditState.choices, default=EditState.PENDING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["proposed_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "proposed_at"], name="funding_edit_queue")
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state__in=EditState.values), name="funding_edit_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="pending") | Q(decided_at__isnull=False),
                name="funding_edit_decided_is_dated",
            ),
            # four eyes: said by the table too
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(decided_by=None)
                | Q(proposed_by=None)
                | ~Q(decided_by=F("proposed_by")),
                name="funding_edit_accepted_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ← {self.state}"


class SourceReport(models.Model):
    """Somebody, with an account or without, tells that a sheet is wrong. Nothing on a stranger is kept."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=12, choices=ReportReason.choices)
    text = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()  # of the source, when it was reported
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["closed_at", "created_at"], name="funding_report_queue")
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(reason__in=ReportReason.values), name="funding_report_reason_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.reason}"


class LinkCheck(models.Model):
    """What a page of a source answered when it was last asked. `failures`: how many times running it was not found."""

    source = models.ForeignKey(FundingSource, on_delete=models.CASCADE, related_name="link_checks")
    url = models.CharField(max_length=600)
    outcome = models.CharField(max_length=10, choices=LinkOutcome.choices)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_to = models.CharField(max_length=600, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "url"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["source", "url"], name="one_check_per_funding_link")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outcome", "checked_at"], name="funding_link_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.outcome}"


class SourceEntry(models.Model):
    """What the search knows of a source shown: stems to rank by, lexemes to find by (index in migration 0002)."""

    source = models.OneToOneField(FundingSource, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField()
    body = models.TextField()
    lexemes = models.TextField()

    def __str__(self) -> str:
        return self.title
