from django.db import migrations, models
from django.db.models.functions import Cast, Concat

from core.datos.busqueda import indice_de_trigramas
from core.datos.funciones import EnOrdenDeSignos, Normal


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_normalizar"),
        ("sales", "0007_identidad"),
    ]

    operations = [
        migrations.RemoveIndex("cliente", "cliente_busqueda"),
        migrations.RemoveField("cliente", "busqueda"),
        migrations.AddField(
            "cliente",
            "busqueda",
            models.GeneratedField(
                db_persist=True,
                expression=Concat(
                    models.Value(" "),
                    Normal(
                        Concat(
                            models.Value(" "),
                            Cast(models.F("nombrefantasia"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("nombrefactura"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("ruc"), models.TextField()),
                            output_field=models.TextField(),
                        )
                    ),
                    output_field=models.TextField(),
                ),
                output_field=EnOrdenDeSignos(),
                verbose_name="texto de búsqueda",
            ),
        ),
        migrations.AddIndex(
            "cliente", models.Index(fields=["activo", "busqueda"], name="cliente_busqueda")
        ),
        indice_de_trigramas("sales_cliente", "cliente_trigramas"),
    ]
