from collections import defaultdict

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Cast, Concat

from core.datos.busqueda import indice_de_trigramas
from core.datos.funciones import Clave, EnOrdenDeSignos, Normal
from core.texto.normal import clave


class BarrasRepetidas(Exception):
    """Several articles have one barcode; their codes are in the message."""


def exigir_barras_distintas(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Stop, with their codes, when several articles have one barcode: whose it is, people know."""
    articulos = apps.get_model("gestion_precios", "Articulo")._base_manager
    filas = articulos.using(editor.connection.alias).exclude(codigo_barras=None).order_by("codigo")
    con_clave: dict[str, list[int]] = defaultdict(list)
    for barras, codigo in filas.values_list("codigo_barras", "codigo").iterator():
        con_clave[clave(barras)].append(codigo)
    repetidas = [codigos for codigos in con_clave.values() if len(codigos) > 1]
    if repetidas:
        cuales = "; ".join(" y ".join(map(str, codigos)) for codigos in repetidas)
        raise BarrasRepetidas(
            "Hay artículos con el mismo código de barras, escrito con más o menos ceros: dejarlo"
            f" en uno solo y volver a migrar. Códigos: {cuales}."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_normalizar"),
        ("gestion_precios", "0007_version_de_precios"),
    ]

    operations = [
        migrations.RunPython(exigir_barras_distintas, migrations.RunPython.noop),
        migrations.RemoveIndex("articulo", "articulo_busqueda"),
        migrations.RemoveField("articulo", "busqueda"),
        migrations.AddField(
            "articulo",
            "busqueda",
            models.GeneratedField(
                db_persist=True,
                expression=Concat(
                    models.Value(" "),
                    Normal(
                        Concat(
                            models.Value(" "),
                            Cast(models.F("descripcion"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("prod_marca"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("codigo"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("sku"), models.TextField()),
                            models.Value(" "),
                            Cast(models.F("codigo_barras"), models.TextField()),
                            output_field=models.TextField(),
                        )
                    ),
                    output_field=models.TextField(),
                ),
                output_field=EnOrdenDeSignos(),
                verbose_name="texto de búsqueda",
            ),
        ),
        migrations.AddField(
            "articulo",
            "clave_sku",
            models.GeneratedField(
                db_persist=True,
                expression=Clave("sku"),
                output_field=models.TextField(),
                verbose_name="SKU que se compara",
            ),
        ),
        migrations.AddField(
            "articulo",
            "clave_barras",
            models.GeneratedField(
                db_persist=True,
                expression=Clave("codigo_barras"),
                null=True,
                unique=True,
                output_field=models.TextField(),
                verbose_name="código de barras que se compara",
            ),
        ),
        migrations.AddIndex(
            "articulo", models.Index(fields=["activo", "busqueda"], name="articulo_busqueda")
        ),
        migrations.AddIndex(
            "articulo", models.Index(fields=["clave_sku"], name="articulo_clave_sku")
        ),
        indice_de_trigramas("gestion_precios_articulo", "articulo_trigramas"),
    ]
