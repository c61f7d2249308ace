"""Each client's country: Paraguay for those there are, whose numbers were checked as its RUC."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sales.clientes.ruc import ruc_correcto

PAISES = [
    ("AR", "Argentina"),
    ("BR", "Brasil"),
    ("CL", "Chile"),
    ("CO", "Colombia"),
    ("EC", "Ecuador"),
    ("GT", "Guatemala"),
    ("MX", "México"),
    ("PY", "Paraguay"),
    ("PE", "Perú"),
    ("DO", "República Dominicana"),
    ("UY", "Uruguay"),
    ("VE", "Venezuela"),
]
POR_TANDA = 500


def dejar_sin_pais(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """What another system wrote past that check says its country when it is next edited."""
    clientes = apps.get_model("sales", "Cliente")._default_manager
    filas = clientes.values_list("pk", "ruc").iterator(chunk_size=5_000)
    ajenos = [pk for pk, ruc in filas if not ruc_correcto(ruc)]
    for desde in range(0, len(ajenos), POR_TANDA):
        clientes.filter(pk__in=ajenos[desde : desde + POR_TANDA]).update(pais="")


class Migration(migrations.Migration):
    dependencies = [("sales", "0008_busqueda_sin_marcas")]

    operations = [
        migrations.AddField(
            "cliente",
            "pais",
            models.CharField(
                blank=True,
                choices=PAISES,
                default="PY",
                help_text="Vacío: el que diga el número.",
                max_length=2,
                verbose_name="país",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "cliente",
            "ruc",
            models.CharField(
                db_index=True,
                help_text="El número tributario de su país, con o sin puntos, espacios o guiones.",
                max_length=120,
                verbose_name="RUC",
            ),
        ),
        migrations.RunPython(dejar_sin_pais, migrations.RunPython.noop),
    ]
