"""The papers leave for the room of the vault: their table stays as it is, proofs point to it as before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_papers_and_applications"),
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="applicationevent",
                    name="proof",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proves",
                        to="vault.vaultdocument",
                    ),
                ),
                migrations.DeleteModel(name="VaultDocument"),
            ],
            database_operations=[],
        ),
    ]
