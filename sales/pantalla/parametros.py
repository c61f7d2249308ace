"""What the desk's modules need to know, and the desk's shell, which knows it of nobody."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from core.web.navegacion import EnlaceVisible
from core.web.precarga import Cascaron, registrar_cascaron
from gestion_precios.models import Sucursal
from gestion_precios.moneda import decimales
from gestion_precios.motor.vigencia import hoy_en
from sales.navegacion import ENLACES, PARA_TODOS
from sales.pantalla.husos import husos

CUALQUIER_PEDIDO = 0
CUALQUIER_LOTE = UUID(int=0)
MODULOS = (
    "js/mesa/arranque.js",
    "js/sin_linea/cascaron.js",
    "js/sin_linea/rescate.js",
    "js/catalogo/trabajador.js",
)
HOJAS = ("css/pedido.css",)


def conectar() -> None:
    """Register the shell that opens without a line."""
    registrar_cascaron(
        Cascaron(
            vista="mesa",
            vistas=("pedido_nuevo", "inicio"),
            modulos=MODULOS,
            hojas=HOJAS,
            pintar=pintar_cascaron,
        )
    )


def parametros_de(usuario: User, sucursal: Sucursal, aqui: str) -> dict[str, Any]:
    """A person's, for json_script; the browser keeps them until they sign out."""
    moneda = sucursal.empresa.moneda
    comunes = _comunes()
    propias = {
        "catalogo": f"{reverse('api_datos_venta')}?sucursal={sucursal.pk}",
        "entrar": f"{reverse(settings.LOGIN_URL)}?next={quote(aqui)}",
    }
    return comunes | {
        "usuario": usuario.pk,
        "usuario_nombre": usuario.get_full_name() or usuario.get_username(),
        "empresa": sucursal.empresa_id,
        "sucursal": sucursal.pk,
        "sucursal_nombre": str(sucursal),
        "moneda": moneda,
        "decimales": decimales(moneda),
        "husos": husos(sucursal.empresa.zona_horaria, hoy_en(sucursal.empresa)),
        "urls": comunes["urls"] | propias,
    }


def pintar_cascaron(version: str) -> str:
    """The desk's page of this version, without a person, a session or a token."""
    contexto = {
        "cascaron": True,
        "con_servicio": settings.TRABAJADOR_DE_SERVICIO,
        "cookie_csrf": settings.CSRF_COOKIE_NAME,
        "enlaces": [
            EnlaceVisible(
                url=reverse(enlace.vista),
                texto=enlace.texto,
                tecla=enlace.tecla,
                actual=enlace.vista == "pedido_nuevo",
            )
            for enlace in ENLACES
            if enlace.para is PARA_TODOS
        ],
        "es_produccion": settings.PRODUCCION,
        "modelo": [{}],
        "parametros": _comunes(),
        "version_app": version,
    }
    return render_to_string("pedidos/mesa/nuevo.html", contexto)


def _comunes() -> dict[str, Any]:
    """The desk's parameters that are nobody's in particular."""
    return {
        "trabajador": static("js/catalogo/trabajador.js"),
        "iconos": static("vendor/iconos.svg"),
        "urls": {
            "pedidos": reverse("api_pedidos"),
            "lote": reverse("api_lote", args=[CUALQUIER_LOTE]),
            "lote_pagina": reverse("lote", args=[CUALQUIER_LOTE]),
            "pedido": reverse("pedido", args=[CUALQUIER_PEDIDO]),
            "lote_estado": reverse("lote_estado", args=[CUALQUIER_LOTE]),
            "sesion": reverse("pedido_sesion"),
            "articulos": reverse("articulos_picker"),
            "ultimo": reverse("pedido_ultimo"),
        },
    }
