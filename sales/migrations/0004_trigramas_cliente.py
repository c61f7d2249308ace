from django.db import migrations

from core.datos.busqueda import indice_de_trigramas


class Migration(migrations.Migration):
    dependencies = [("sales", "0003_grupos")]

    operations = [indice_de_trigramas("sales_cliente", "cliente_trigramas")]
