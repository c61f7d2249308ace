"""The survey that a new installation asks; the admin changes it."""

from typing import Any

from django.db import migrations

PREGUNTA = "¿Qué pasó con el pedido?"
RESPUESTAS = (
    ("El cliente no pasó a retirarlo", False),
    ("El cliente ya no lo quiere", False),
    ("No hay stock de algún artículo", True),
    ("Error en el precio o en la carga", True),
    ("Otro motivo", True),
)


def crear(apps: Any, _esquema: Any) -> None:
    """One question with its usual answers, unless there is one already."""
    preguntas = apps.get_model("realtime", "PreguntaEncuesta").objects
    if preguntas.exists():
        return
    pregunta = preguntas.create(texto=PREGUNTA, orden=10)
    respuestas = apps.get_model("realtime", "RespuestaEncuesta")
    respuestas.objects.bulk_create(
        respuestas(pregunta=pregunta, texto=texto, orden=10 * lugar, pide_detalle=detalle)
        for lugar, (texto, detalle) in enumerate(RESPUESTAS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("realtime", "0001_initial")]

    operations = [migrations.RunPython(crear, migrations.RunPython.noop)]
