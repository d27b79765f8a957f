"""Rows that know nothing of the domain: the trail, and the counters that say cached pages are stale."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """One act. Never changed, never deleted; the actor's account may be, the act stays."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # for whom the actor acted, under a mandate of that person; empty: in their own name
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_key", "at"], name="audit_by_object"),
            models.Index(
                fields=["on_behalf_of", "at"], name="audit_on_behalf", condition=~Q(on_behalf_of=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind}:{self.object_key}"


class Generation(models.Model):
    """How many times the public content called `name` has changed: the key of its cached pages."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} #{self.number}"
