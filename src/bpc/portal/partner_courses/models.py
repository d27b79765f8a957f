"""Partners' tools, their courses, what each learner lets them know, and what came back; statements that leave."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.partner_courses.states import Activity, CourseState, Grading, PartnerState

LONGEST_URL = 1000
LONGEST_NAME = 120
LONGEST_TITLE = 160
LONGEST_ABOUT = 2000
LONGEST_COMMENT = 1000
SCORE_MAXIMUM = 100  # of every line item of ours; a tool scales its own scores


def _account() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


def _number() -> Any:
    return models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)


def new_client_id() -> str:
    """A name for a tool that nobody guesses."""
    return uuid.uuid4().hex


class Partner(models.Model):
    """A partner's tool, as registered here: where it is, which of its addresses we trust, how it signs."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    client_id = models.CharField(max_length=64, unique=True, default=new_client_id)
    deployment_id = models.CharField(max_length=64, default="1")  # one deployment a tool
    login_url = models.URLField(max_length=LONGEST_URL)
    launch_url = models.URLField(max_length=LONGEST_URL)  # of a course that has none of its own
    redirect_urls = models.JSONField(default=list)  # exactly these receive what we sign
    keyset_url = models.URLField(max_length=LONGEST_URL, blank=True)
    public_keys = models.TextField(blank=True)  # pasted instead: PEM, or a JSON key set
    privacy_url = models.URLField(max_length=LONGEST_URL, blank=True)  # what it does with what it receives
    state = models.CharField(max_length=8, choices=PartnerState.choices, default=PartnerState.ACTIVE)
    keyset = models.JSONField(null=True, blank=True)  # as last read from its address
    keyset_read_at = models.DateTimeField(null=True, blank=True)
    keyset_asked_at = models.DateTimeField(null=True, blank=True)  # answered or not
    registered_by = _account()
    registered_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=PartnerState.values), name="partner_state_is_known"),
            models.CheckConstraint(
                condition=(Q(keyset_url="") & ~Q(public_keys="")) | (~Q(keyset_url="") & Q(public_keys="")),
                name="partner_has_keys_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether its tool is answered."""
        return self.state == PartnerState.ACTIVE


class SigningKey(models.Model):
    """A key we sign launches with; a former one stays published while what it signed may still be read."""

    kid = models.CharField(max_length=64, unique=True)
    public = models.JSONField()  # its public half, as a JWK
    private_sealed = models.TextField()
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_current_signing_key"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True, retired_at=None) | Q(is_current=False, retired_at__isnull=False),
                name="former_signing_key_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class PartnerCourse(models.Model):
    """A course given by a partner: a resource link, and its line item, in one."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names it to the partner
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="courses")
    title_fr = models.CharField(max_length=LONGEST_TITLE)
    title_ar = models.CharField(max_length=LONGEST_TITLE)
    about_fr = models.TextField(max_length=LONGEST_ABOUT)
    about_ar = models.TextField(max_length=LONGEST_ABOUT)
    licence = models.CharField(max_length=LONGEST_TITLE)
    credit = models.CharField(max_length=LONGEST_TITLE)  # who made it
    languages = models.JSONField(default=list)  # codes of `CourseLanguage`
    minutes = models.PositiveIntegerField(null=True, blank=True)  # empty: unknown
    target_url = models.URLField(max_length=LONGEST_URL, blank=True)  # empty: the partner's own
    custom = models.JSONField(default=dict, blank=True)  # what its tool asks to be told, name → value
    answers = models.JSONField(default=list, blank=True)  # lacks it answers, as lessons name them
    pass_percent = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: finishing is enough
    state = models.CharField(max_length=10, choices=CourseState.choices, default=CourseState.DRAFT)
    author = _account()
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-published_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state__in=CourseState.values), name="partner_course_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(pass_percent=None) | Q(pass_percent__gte=1, pass_percent__lte=100),
                name="partner_course_pass_mark_is_a_percentage",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-published_at"], name="partner_course_shown")
        ]

    def __str__(self) -> str:
        return self.title_fr


class PartnerIdentity(models.Model):
    """What one partner knows of one person: a number that means nothing elsewhere, and what the person agreed to."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="identities")
    subject = models.UUIDField(default=uuid.uuid4, unique=True)
    shares_name = models.BooleanField(default=False)
    shares_email = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)  # never asked while empty

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "partner"], name="one_identity_by_partner"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(shares_name=False, shares_email=False),
                name="nothing_shared_undecided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.subject}"


class Launch(models.Model):
    """A course being opened: what the hint given to the tool stands for, once, for a few minutes."""

    hint_digest = models.CharField(max_length=64, unique=True)
    identity = models.ForeignKey(PartnerIdentity, on_delete=models.CASCADE, related_name="launches")
    course = models.ForeignKey(PartnerCourse, on_delete=models.CASCADE, related_name="launches")
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"launch {self.pk}"


class UsedAssertion(models.Model):
    """A token request that came already: it is not honoured again while its signature still holds."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["partner", "digest"], name="assertion_is_used_once")
        ]

    def __str__(self) -> str:
        return self.digest


class PartnerResult(models.Model):
    """What became of one learner in one course: what its tool said last, and how the course was finished."""

    identity = models.ForeignKey(PartnerIdentity, on_delete=models.CASCADE, related_name="results")
    course = models.ForeignKey(PartnerCourse, on_delete=models.CASCADE, related_name="results")
    opened_at = models.DateTimeField()
    last_opened_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)  # by the tool's clock
    activity = models.CharField(max_length=12, choices=Activity.choices, blank=True)
    grading = models.CharField(max_length=14, choices=Grading.choices, blank=True)
    given = _number()
    maximum = _number()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)  # by the tool, for the learner
    # kept when the tool begins anew: what was finished stays finished
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_percent = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_opened_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["identity", "course"], name="one_result_by_learner_and_course"),
            models.CheckConstraint(
                condition=Q(given=None) | Q(given__gte=0, maximum__gt=0), name="partner_score_has_its_maximum"
            ),
            models.CheckConstraint(
                condition=Q(last_opened_at__gte=F("opened_at")), name="partner_result_opened_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"


class RecordStore(models.Model):
    """The learning record store that statements leave for; at most one row, none or off: nothing leaves."""

    single = models.BooleanField(default=True, unique=True)
    endpoint = models.URLField(max_length=LONGEST_URL)
    key = models.CharField(max_length=200)
    secret_sealed = models.TextField()
    is_on = models.BooleanField(default=False)
    next_send_at = models.DateTimeField(null=True, blank=True)  # a sending is planned
    problem = models.CharField(max_length=200, blank=True)  # what the last sending met
    problem_at = models.DateTimeField(null=True, blank=True)
    changed_by = _account()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(single=True), name="one_record_store")
        ]

    def __str__(self) -> str:
        return self.endpoint


class LearnerAccount(models.Model):
    """How the record store knows a person: by a number of ours that means nothing elsewhere."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.UUIDField(default=uuid.uuid4, unique=True)

    def __str__(self) -> str:
        return str(self.subject)


class Statement(models.Model):
    """Something a learner did, as it leaves; its key is drawn from what it says, so that it is told once."""

    key = models.UUIDField(primary_key=True)
    account = models.ForeignKey(LearnerAccount, on_delete=models.CASCADE, related_name="statements")
    body = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=200, blank=True)  # why the store never will have it

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "key"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["made_at"], condition=Q(sent_at=None, refused=""), name="statement_to_send")
        ]

    def __str__(self) -> str:
        return str(self.key)
