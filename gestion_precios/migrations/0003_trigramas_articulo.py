from django.db import migrations

from core.datos.busqueda import indice_de_trigramas


class Migration(migrations.Migration):
    dependencies = [("gestion_precios", "0002_busqueda_articulo")]

    operations = [indice_de_trigramas("gestion_precios_articulo", "articulo_trigramas")]
