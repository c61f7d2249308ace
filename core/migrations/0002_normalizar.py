from django.db import migrations

from core.datos.funciones import crear_funciones


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [crear_funciones()]
