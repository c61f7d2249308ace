import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0005_pedido_por_estado"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalOrders",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("anulado_040", models.BooleanField(default=False, verbose_name="anulado")),
                (
                    "anulado_040_fecha",
                    models.DateTimeField(blank=True, null=True, verbose_name="anulado el"),
                ),
                (
                    "anulado_040_por_gecos",
                    models.CharField(
                        blank=True, max_length=150, null=True, verbose_name="anulado por"
                    ),
                ),
                (
                    "anulado_040_motivo",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="motivo de anulación"
                    ),
                ),
                (
                    "pedido_numero",
                    models.BigIntegerField(
                        blank=True,
                        db_index=True,
                        help_text="Vacío: el siguiente.",
                        verbose_name="número",
                    ),
                ),
                ("status", models.CharField(default="1", max_length=8, verbose_name="estado")),
                (
                    "stock_returned",
                    models.BooleanField(default=False, verbose_name="stock devuelto"),
                ),
                (
                    "pasado_por_caja_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="pasado por caja"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historia",
                "verbose_name_plural": "historical pedidos",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
