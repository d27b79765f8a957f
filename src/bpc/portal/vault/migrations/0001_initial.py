"""The papers come from the room of applications with their table, its rows, and what names their kind elsewhere."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_OLD, _NEW = "applications", "vault"


def _rename(apps, schema_editor, old, new):
    """The trail and the table of kinds of rows say where a paper lives now."""
    alias = schema_editor.connection.alias
    entries = apps.get_model("foundation", "AuditEntry").objects.using(alias)
    entries.filter(object_kind=f"{old}.vaultdocument").update(object_kind=f"{new}.vaultdocument")
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias).filter(model="vaultdocument")
    if not kinds.filter(app_label=new).exists():
        kinds.filter(app_label=old).update(app_label=new)


def move_in(apps, schema_editor):
    """From the room of applications."""
    _rename(apps, schema_editor, _OLD, _NEW)


def move_back(apps, schema_editor):
    """To the room of applications."""
    _rename(apps, schema_editor, _NEW, _OLD)


_PAPER = migrations.CreateModel(
    name="VaultDocument",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("kind", models.CharField(max_length=40)),
        ("label", models.CharField(blank=True, max_length=80)),
        ("language", models.CharField(blank=True, max_length=8)),
        ("file", models.FileField(max_length=120, upload_to="vault/%Y/%m/")),
        ("original_name", models.CharField(max_length=120)),
        ("content_type", models.CharField(max_length=60)),
        ("size", models.PositiveIntegerField()),
        ("sha256", models.CharField(max_length=64)),
        ("issued_on", models.DateField(blank=True, null=True)),
        ("expires_on", models.DateField(blank=True, null=True)),
        ("reminded_for", models.DateField(blank=True, null=True)),
        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
        (
            "project",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="projects.project"
            ),
        ),
        (
            "replaced_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former",
                to="vault.vaultdocument",
            ),
        ),
        (
            "uploaded_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "db_table": "applications_vaultdocument",
        "ordering": ["kind", "-uploaded_at", "-pk"],
        "indexes": [
            models.Index(fields=["project", "kind"], name="paper_of_project"),
            models.Index(
                condition=models.Q(("replaced_by", None)), fields=["expires_on"], name="paper_expiry"
            ),
        ],
        "constraints": [
            models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="paper_has_a_kind"),
            models.CheckConstraint(
                condition=models.Q(
                    ("issued_on", None),
                    ("expires_on", None),
                    ("expires_on__gte", models.F("issued_on")),
                    _connector="OR",
                ),
                name="paper_expires_after_it_was_issued",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "other"), _negated=True),
                    models.Q(("label", ""), _negated=True),
                    _connector="OR",
                ),
                name="other_paper_is_named",
            ),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_papers_and_applications"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("foundation", "0002_initial"),
        ("projects", "0002_several_projects_of_an_idea"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # the table is there already, made with the applications: only its room changes
        migrations.SeparateDatabaseAndState(state_operations=[_PAPER], database_operations=[]),
        migrations.RunPython(move_in, move_back),
    ]
