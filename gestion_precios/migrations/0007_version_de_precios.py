"""The column of a list's price version by its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gestion_precios", "0006_historia_de_combinaciones"),
    ]

    operations = [
        migrations.RenameField("versionprecios", "marca", "version"),
        migrations.AlterField(
            "versionprecios", "version", models.BigIntegerField(verbose_name="versión")
        ),
    ]
