"""Each company's country, from its currency or its clock: whose tax numbers its clients have."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gestion_precios.paises import pais_de

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


def decir_paises(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    conocidos = dict(PAISES)
    for empresa in apps.get_model("gestion_precios", "Empresa")._default_manager.all():
        probable = pais_de(empresa.moneda, empresa.zona_horaria)
        empresa.pais = probable if probable in conocidos else "PY"
        empresa.save(update_fields=["pais"])


class Migration(migrations.Migration):
    dependencies = [("gestion_precios", "0008_busqueda_sin_marcas")]

    operations = [
        migrations.AddField(
            "empresa",
            "pais",
            models.CharField(
                blank=True,
                choices=PAISES,
                default="",
                help_text=(
                    "Decide qué número tributario tienen los clientes."
                    " Vacío: el de su moneda o su zona horaria."
                ),
                max_length=2,
                verbose_name="país",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(decir_paises, migrations.RunPython.noop),
    ]
