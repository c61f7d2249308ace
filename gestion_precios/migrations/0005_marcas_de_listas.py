"""A mark for every list there is, and managers that go on marking them."""

import secrets

from django.db import migrations

ARTICULOS = 0


def marcar_existentes(apps, _schema_editor):
    listas = apps.get_model("gestion_precios", "ListaPrecio").objects
    versiones = apps.get_model("gestion_precios", "VersionPrecios")
    claves = [ARTICULOS, *listas.order_by().values_list("pk", flat=True)]
    versiones.objects.bulk_create(
        (versiones(clave=clave, marca=secrets.randbits(62)) for clave in claves),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("gestion_precios", "0004_versiones_y_vencimiento")]

    operations = [
        migrations.AlterModelOptions(
            name="articulo",
            options={
                "base_manager_name": "objects",
                "ordering": ["codigo"],
                "permissions": [("ver_costos", "Puede ver los costos")],
                "verbose_name": "artículo",
                "verbose_name_plural": "artículos",
            },
        ),
        migrations.AlterModelOptions(
            name="combinacionproducto",
            options={
                "base_manager_name": "objects",
                "ordering": ["lista_precio", "nombre"],
                "verbose_name": "combinación",
                "verbose_name_plural": "combinaciones",
            },
        ),
        migrations.AlterModelOptions(
            name="precioarticulo",
            options={
                "base_manager_name": "objects",
                "ordering": ["lista_precio", "articulo"],
                "verbose_name": "precio de artículo",
                "verbose_name_plural": "precios de artículos",
            },
        ),
        migrations.AlterModelOptions(
            name="reglaprecio",
            options={
                "base_manager_name": "objects",
                "ordering": ["prioridad", "id"],
                "verbose_name": "regla de precio",
                "verbose_name_plural": "reglas de precio",
            },
        ),
        migrations.RunPython(marcar_existentes, migrations.RunPython.noop, elidable=True),
    ]
