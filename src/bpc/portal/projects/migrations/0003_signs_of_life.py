from typing import Any

import django.utils.timezone
from django.db import migrations, models


def take_the_last_change(apps: Any, schema_editor: Any) -> None:
    """What is known of projects that stand already: when their content changed last."""
    apps.get_model("projects", "Project").objects.update(last_sign_at=models.F("changed_at"))


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_several_projects_of_an_idea")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="last_sign_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                condition=models.Q(("archived_at", None)), fields=["last_sign_at"], name="project_sign"
            ),
        ),
        migrations.RunPython(take_the_last_change, migrations.RunPython.noop),
    ]
