"""ASGI entry point."""

import gc
import os

from django.apps import apps
from django.core.asgi import get_asgi_application
from django.utils.module_loading import import_string

from core.entrada.cuerpo import CuerpoLimitado
from core.entrada.partida import AvisoDePartida
from core.entrada.quien import Aplicacion, QuienPregunta
from core.entrada.tamanos import limite_de

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
# What an app answers by itself, before Django.
DIRECTOS = {
    "sales": "sales.catalogo.asgi.CatalogoDirecto",
    "realtime": "realtime.en_vivo.eventos.TableroEnVivo",
}

application: Aplicacion = CuerpoLimitado(AvisoDePartida(get_asgi_application()), limite_de)
for aplicacion, directo in DIRECTOS.items():
    if apps.is_installed(aplicacion):
        application = import_string(directo)(application)
# Outermost: what is answered before Django must know, too, who asks.
application = QuienPregunta(application)
# What was loaded stays: looking it over for garbage would stop everybody for a tenth of a second.
gc.collect()
gc.freeze()
