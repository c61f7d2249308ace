"""The groups Tomadores and Supervisores, with their permissions."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sales.personas.grupos import crear_grupos


def crear(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    crear_grupos(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0002_busqueda_cliente"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(crear, migrations.RunPython.noop)]
