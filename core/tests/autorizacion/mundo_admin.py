"""Two companies with a row in every table of the admin, and everybody who may knock there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.utils import timezone
from django_celery_results.models import TaskResult
from rest_framework.authtoken.models import Token, TokenProxy

from core.acceso.credenciales import Motivo, terminar
from gestion_precios.models import Empresa, GrupoArticulo, LineaArticulo, Sucursal
from realtime.models import (
    PreguntaEncuesta,
    RealtimeEvent,
    RealtimeRecord,
)
from realtime.tests.fabricas import crear_no_completado
from sales.models import Contador, Perfil, Producto
from sales.models.numeracion import siguiente_numero
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_combinacion,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_regla,
    crear_usuario,
)
from sales.tests.mesa import Mesa, crear_mesa, resultado

# In the names of company B's rows: no page of company A's people may hold it.
RASTRO = "zzajena"


@dataclass
class Mundo:
    """The desk of `Mesa`; `filas` has company A's (or the group's) row of each table, `ajenas`
    company B's."""

    mesa: Mesa
    personas: dict[str, User | None]
    filas: dict[str, Any] = field(default_factory=dict)
    ajenas: dict[str, Any] = field(default_factory=dict)


def crear_mundo() -> Mundo:
    """Everything, once."""
    mesa = crear_mesa()
    Empresa.objects.filter(pk=mesa.ajena.empresa_id).update(nombre=f"Empresa {RASTRO}")
    Sucursal.objects.filter(pk=mesa.ajena.pk).update(nombre=f"Sucursal {RASTRO}")
    User.objects.filter(pk__in=[mesa.ajeno.pk, mesa.supervisor_ajeno.pk]).update(first_name=RASTRO)
    mesa.ajena.refresh_from_db()
    mesa.ajeno.refresh_from_db()
    mundo = Mundo(mesa, _personas(mesa))
    siguiente_numero()
    mundo.filas = _de_la_empresa(mesa, mesa.asuncion, mesa.tomador, "propia")
    mundo.ajenas = _de_la_empresa(mesa, mesa.ajena, mesa.ajeno, RASTRO)
    mundo.filas |= _por_etiqueta(*_del_grupo(mesa), *_de_las_cuentas(mesa))
    _con_lo_suyo(mesa.colega)
    mundo.filas["auth.User"] = mesa.colega
    mundo.filas["sales.Perfil"] = Perfil.objects.get(usuario=mesa.colega)
    mundo.ajenas["auth.User"] = mesa.ajeno
    return mundo


def _personas(mesa: Mesa) -> dict[str, User | None]:
    de_precios = Permission.objects.filter(content_type__app_label="gestion_precios")
    de_usuarios = Permission.objects.filter(
        content_type__app_label__in=("auth", "sales"),
        codename__regex="_(user|perfil)$|^view_group$",
    )
    todos = Permission.objects.all()
    superusuario = User.objects.create_superuser("raiz")
    return {
        "anonimo": None,
        "tomador": mesa.tomador,
        "supervisor": mesa.supervisor,
        "planta": _de_planta("planta", mesa.asuncion, None),
        "precios_a": _de_planta("precios_a", mesa.asuncion, de_precios),
        "precios_b": _de_planta("precios_b", mesa.ajena, de_precios),
        "usuarios": _de_planta("usuarios", mesa.asuncion, de_usuarios),
        "todo_a": _de_planta("todo_a", mesa.asuncion, todos),
        "todo_b": _de_planta("todo_b", mesa.ajena, todos),
        "lector": _de_planta("lector", mesa.asuncion, todos.filter(codename__startswith="view_")),
        "superusuario": superusuario,
    }


def _de_planta(nombre: str, sucursal: Sucursal, permisos: Any) -> User:
    usuario = crear_usuario(nombre, Rol.NADIE, sucursal)
    usuario.is_staff = True
    usuario.save()
    usuario.user_permissions.set([] if permisos is None else permisos)
    return usuario


def _de_la_empresa(mesa: Mesa, sucursal: Sucursal, usuario: User, nombre: str) -> dict[str, Any]:
    lista = crear_lista(sucursal.empresa, nombre=f"Lista {nombre}")
    # The group's article has a price in both companies.
    precio = crear_precio_lista(lista, mesa.articulo)
    regla = crear_regla(lista, nombre=f"Regla {nombre}")
    combinacion = crear_combinacion(lista, [mesa.articulo], nombre=f"Combo {nombre}")
    lote = mesa.lote(usuario, sucursal=sucursal)
    pedido = mesa.pedido(usuario, sucursal=sucursal, observacion=nombre)
    no_completado = crear_no_completado(pedido)
    return _por_etiqueta(
        sucursal.empresa,
        sucursal,
        lista,
        precio,
        regla,
        combinacion,
        *(fila.historia.first() for fila in (precio, regla, combinacion)),
        lote,
        pedido,
        pedido.detalles.get(),
        resultado(lote, 0, motivo=nombre),
        no_completado,
        RealtimeRecord.objects.get(unfulfilled=no_completado),
        RealtimeEvent.objects.filter(unfulfilled_id=no_completado.pk).latest("pk"),
        Perfil.objects.get(usuario=usuario),
    )


def _del_grupo(mesa: Mesa) -> tuple[Model, ...]:
    return (
        mesa.articulo,
        Producto.objects.get(pk=mesa.articulo.pk),
        LineaArticulo.objects.create(nombre="Línea"),
        GrupoArticulo.objects.create(nombre="Grupo"),
        mesa.canal,
        mesa.cliente,
        crear_precio(mesa.articulo, mesa.canal),
        Contador.objects.get(),
        PreguntaEncuesta.objects.create(texto="¿Qué pasó?"),
    )


def _de_las_cuentas(mesa: Mesa) -> tuple[Model, ...]:
    ahora = timezone.now()
    token = Token.objects.create(user=mesa.tomador)
    intento = {"username": "ana", "ip_address": "10.0.0.1", "attempt_time": ahora}
    return (
        Group.objects.create(name="Otro grupo"),
        TokenProxy.objects.get(pk=token.pk),
        AccessAttempt.objects.create(**intento, failures_since_start=1),
        AccessFailureLog.objects.create(**intento),
        AccessLog.objects.create(**intento),
        TaskResult.objects.create(task_id="x", task_name=RASTRO),
    )


def _con_lo_suyo(usuario: User) -> None:
    """What hangs on a person alone: a stamp, an API key, something done in the admin."""
    terminar([usuario.pk], Motivo.PEDIDO)
    Token.objects.create(user=usuario)
    LogEntry.objects.log_actions(usuario.pk, User.objects.filter(pk=usuario.pk), CHANGE, "nombre")


def _por_etiqueta(*filas: Model) -> dict[str, Any]:
    return {fila._meta.label: fila for fila in filas}


def clave_en_url(fila: Any) -> Any:
    """A row as the admin's URLs name it: an API token by its user."""
    return fila.user_id if isinstance(fila, Token) else fila.pk
