# Projects, their groups, people and advisors

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ideas", "0004_what_waiting_photos_show"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reference", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                ("language", models.CharField(max_length=8)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Idée"),
                            ("design", "Conception"),
                            ("creation", "Création"),
                            ("launch", "Démarrage"),
                            ("growth", "Développement"),
                        ],
                        default="idea",
                        max_length=10,
                    ),
                ),
                ("show_on_idea", models.BooleanField(default=False)),
                ("model_slug", models.SlugField(blank=True, max_length=64)),
                ("model_version", models.PositiveIntegerField(blank=True, null=True)),
                ("submission_key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.territory",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "idea",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="project",
                        to="ideas.idea",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.territory",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.territory",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reference.sector"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["region", "stage"], name="project_region_stage"),
                    models.Index(fields=["model_slug", "model_version"], name="project_model"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="project_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["idea", "design", "creation", "launch", "growth"])),
                        name="project_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("model_version", None),
                            models.Q(("model_slug", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="project_version_of_a_model",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvisorAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "advisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advised_projects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advisor_accesses",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ["granted_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("project", "advisor"),
                        name="one_running_advisor_access",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("granted_at")), _connector="OR"
                        ),
                        name="advisor_access_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Responsable"),
                            ("editor", "Peut modifier"),
                            ("reader", "Peut lire"),
                        ],
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, null=True)),
                ("phone", models.CharField(blank=True, max_length=20, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "email"), name="one_project_invitation_by_email"
                    ),
                    models.UniqueConstraint(
                        fields=("project", "phone"), name="one_project_invitation_by_phone"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email__isnull", False), ("phone", None)),
                            models.Q(("email", None), ("phone__isnull", False)),
                            _connector="OR",
                        ),
                        name="project_invitation_by_one_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "editor", "reader"])),
                        name="project_invited_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Responsable"),
                            ("editor", "Peut modifier"),
                            ("reader", "Peut lire"),
                        ],
                        max_length=10,
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="projects.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="one_project_membership"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "editor", "reader"])),
                        name="project_role_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("president", "Présidente ou président"),
                            ("vice_president", "Vice-présidente ou vice-président"),
                            ("treasurer", "Trésorière ou trésorier"),
                            ("secretary", "Secrétaire"),
                            ("manager", "Gérante ou gérant"),
                            ("member", "Membre"),
                        ],
                        default="member",
                        max_length=20,
                    ),
                ),
                (
                    "woman",
                    models.CharField(
                        choices=[("unknown", "Non précisé"), ("yes", "Oui"), ("no", "Non")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "young",
                    models.CharField(
                        choices=[("unknown", "Non précisé"), ("yes", "Oui"), ("no", "Non")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="project_person_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("woman__in", ["unknown", "yes", "no"]), ("young__in", ["unknown", "yes", "no"])
                        ),
                        name="project_person_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "function__in",
                                [
                                    "president",
                                    "vice_president",
                                    "treasurer",
                                    "secretary",
                                    "manager",
                                    "member",
                                ],
                            )
                        ),
                        name="project_person_function",
                    ),
                ],
            },
        ),
    ]
