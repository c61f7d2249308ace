"""Who gets what of every admin page and action: one letter for each person and table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from core.tests.autorizacion.mundo_admin import Mundo, clave_en_url
from sales.tests.mesa import entrar

DE_AFUERA = ("anonimo", "tomador", "supervisor")
DE_PLANTA = (
    "planta",
    "precios_a",
    "precios_b",
    "usuarios",
    "todo_a",
    "todo_b",
    "superusuario",
)
# May see everything in company A, and change nothing: a column that follows from `todo_a`'s.
LECTOR = "lector"
PERSONAS = (*DE_AFUERA, *DE_PLANTA, LECTOR)
ENTRAR = 302  # to the sign-in page
BORRAR = {"post": "yes"}
# What is asked of each table's row of company A (or of the group): view, method, data.
PEDIDOS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "lista": ("changelist", "get", {}),
    "agregar": ("add", "get", {}),
    "agregar!": ("add", "post", {}),
    "ver": ("change", "get", {}),
    "cambiar!": ("change", "post", {}),
    "borrar": ("delete", "get", {}),
    "borrar!": ("delete", "post", BORRAR),
    "historia": ("history", "get", {}),
}
# The statuses in that order, then that of "delete selected" and whether the row is gone.
LETRAS: dict[str, tuple[tuple[int, ...], tuple[int, bool]]] = {
    # Outside: nobody who is not staff comes in.
    "-": ((ENTRAR,) * 8, (ENTRAR, False)),
    # Nothing: no permission.
    "N": ((403,) * 8, (403, False)),
    # Sees it, and no more.
    "V": ((200, 403, 403, 200, 403, 403, 403, 200), (200, False)),
    # All of it; a form sent empty comes back.
    "T": ((200, 200, 200, 200, 200, 200, 302, 200), (302, True)),
    # All of it, but the row has others hanging from it: it stays.
    "P": ((200, 200, 200, 200, 200, 200, 200, 200), (200, False)),
    # Sees and changes; deleting is not for here.
    "C": ((200, 200, 200, 200, 200, 403, 403, 200), (200, False)),
    # All of it, but it would take along what is not deleted here.
    "D": ((200, 200, 200, 200, 200, 200, 403, 200), (403, False)),
    # Sees and deletes what has no field to change: a form sent empty is right.
    "B": ((200, 403, 403, 200, 302, 200, 302, 200), (302, True)),
    # All of their own company's; this one's row is another's: it does not exist.
    "F": ((200, 200, 200, 404, 404, 404, 404, 404), (302, False)),
    # Sees and changes their own company's, deletes none; this one's row is another's.
    "c": ((200, 200, 200, 404, 404, 403, 403, 404), (200, False)),
    # Sees their own company's; this one's row is another's.
    "f": ((200, 403, 403, 404, 403, 403, 403, 404), (200, False)),
}


class Tabla(NamedTuple):
    """A letter for each of DE_PLANTA, and why."""

    letras: str
    razon: str


# planta, prices of A, of B, users of A, every permission in A, every permission in B, superuser
TABLAS: dict[str, Tabla] = {
    "auth.Group": Tabla("N N N V V V T", "groups give rights: superusers change them"),
    "auth.User": Tabla("N N N T T F T", "people of one's companies"),
    "authtoken.TokenProxy": Tabla("N N N N N N T", "a token read is its user's rights"),
    "axes.AccessAttempt": Tabla("N N N N N N B", "of everybody; names typed may be passwords"),
    "axes.AccessFailureLog": Tabla("N N N N N N B", "the same"),
    "axes.AccessLog": Tabla("N N N N N N B", "the same"),
    "django_celery_results.TaskResult": Tabla("N N N N N N V", "traces hold any company's orders"),
    "gestion_precios.Articulo": Tabla("N P P N P P P", "the group's; orders have it"),
    "gestion_precios.CombinacionProducto": Tabla("N T F N T F T", "a company's"),
    "gestion_precios.Empresa": Tabla("N P F N P F P", "one's own; its branches have people"),
    "gestion_precios.GrupoArticulo": Tabla("N T T N T T T", "the group's"),
    "gestion_precios.HistoricalCombinacionProducto": Tabla(
        "N V f N V f V", "evidence, a company's"
    ),
    "gestion_precios.HistoricalPrecioArticulo": Tabla("N V f N V f V", "evidence, a company's"),
    "gestion_precios.HistoricalReglaPrecio": Tabla("N V f N V f V", "evidence, a company's"),
    "gestion_precios.LineaArticulo": Tabla("N T T N T T T", "the group's"),
    "gestion_precios.ListaPrecio": Tabla("N T F N T F T", "a company's"),
    "gestion_precios.PrecioArticulo": Tabla("N T F N T F T", "a company's"),
    "gestion_precios.ReglaPrecio": Tabla("N T F N T F T", "a company's"),
    "gestion_precios.Sucursal": Tabla("N P F N P F P", "a company's; it has people"),
    "realtime.PreguntaEncuesta": Tabla("N N N N T T T", "one survey for all"),
    "realtime.RealtimeEvent": Tabla("N N N N V f V", "evidence, a company's"),
    "realtime.RealtimeRecord": Tabla("N N N N V f V", "dealt with on the board"),
    "realtime.UnfulfilledOrder": Tabla("N N N N D F D", "a company's; its card is on the board"),
    "sales.Canal": Tabla("N N N N P P P", "the group's; it has clients"),
    "sales.Cliente": Tabla("N N N N P P P", "the group's; it has orders"),
    "sales.Contador": Tabla("N N N N V V V", "evidence, one for all"),
    "sales.LotePedidos": Tabla("N N N N V f V", "evidence, a company's"),
    "sales.Orders": Tabla("N N N N C c C", "a company's; voided, never deleted"),
    "sales.OrdersDetail": Tabla("N N N N V f V", "a company's"),
    "sales.Perfil": Tabla("N N N T T F T", "a company's"),
    "sales.Precios": Tabla("N N N N T T T", "the group's"),
    "sales.Producto": Tabla("N N N N P P P", "the group's; orders have it"),
    "sales.ResultadoPedido": Tabla("N N N N V f V", "evidence, a company's"),
}
# Actions beside deleting: who gets them through, in the order of DE_PLANTA.
ACCIONES: dict[tuple[str, str], tuple[int, ...]] = {
    # Asked once, it asks back; of another company's person, nobody is chosen. A taker may do what
    # those without a role may not: taking orders.
    ("auth.User", "cerrar_sesiones"): (403, 403, 403, 403, 403, 200, 200),
}
PARA_EL_LECTOR = 200  # there is no such action for who may only see: the list again
SIN_ACCIONES = {"authtoken.TokenProxy"}
# Pages beside the usual: route's name, method, its arguments, statuses, why.
Argumentos = Callable[[Mundo], tuple[Any, ...]]
Datos = Callable[[Mundo], dict[str, Any]]


class Pagina(NamedTuple):
    """A page of its own; statuses in the order of DE_PLANTA, everybody else's is `afuera`.

    Who may only see gets what `todo_a` gets, or `lector`. `datos` makes what is sent.
    """

    nombre: str
    metodo: str
    args: Argumentos
    estados: tuple[int, ...]
    razon: str
    afuera: int = ENTRAR
    lector: int | None = None
    datos: Datos = lambda _mundo: {}

    def dicho(self, persona: str) -> int:
        """The status that this person gets."""
        if persona in DE_AFUERA:
            return self.afuera
        if persona == LECTOR:
            return self.estados[DE_PLANTA.index("todo_a")] if self.lector is None else self.lector
        return self.estados[DE_PLANTA.index(persona)]


def _nada(_mundo: Mundo) -> tuple[Any, ...]:
    return ()


def _version(etiqueta: str) -> Argumentos:
    def args(mundo: Mundo) -> tuple[Any, ...]:
        fila = mundo.filas[etiqueta]
        return fila.pk, fila.historia.first().pk

    return args


def _formulario(etiqueta: str) -> Datos:
    """What the version's own form holds, as a browser that may send it would."""

    def datos(mundo: Mundo) -> dict[str, Any]:
        return formulario_de_version(mundo, etiqueta)

    return datos


def _de_la_app(app: str) -> Argumentos:
    return lambda _mundo: (app,)


_CON_HISTORIA = ("ListaPrecio", "PrecioArticulo", "ReglaPrecio", "CombinacionProducto")
TODOS = (200,) * 7
# Lists that are exported: the group's, so that everybody who sees one sees all its rows.
EXPORTADAS = {
    "gestion_precios_articulo": (403, 200, 200, 403, 200, 200, 200),
    "sales_cliente": (403, 403, 403, 403, 200, 200, 200),
    "sales_precios": (403, 403, 403, 403, 200, 200, 200),
    "sales_producto": (403, 403, 403, 403, 200, 200, 200),
}
PAGINAS = (
    Pagina("index", "get", _nada, TODOS, "empty without permissions"),
    Pagina("password_change", "get", _nada, TODOS, "one's own"),
    Pagina("password_change_done", "get", _nada, TODOS, "says so"),
    Pagina("jsi18n", "get", _nada, TODOS, "words for the pages' scripts"),
    Pagina("login", "get", _nada, (302,) * 7, "already in", afuera=200),
    Pagina("logout", "post", _nada, (302,) * 7, "signing out; then where one signs in"),
    Pagina("view_on_site", "get", lambda _m: (1, 1), (404,) * 7, "no row has a page of its own"),
    Pagina("app_list", "get", _de_la_app("auth"), (404, 404, 404, 200, 200, 200, 200), "own menu"),
    Pagina("app_list", "get", _de_la_app("sales"), (404, 404, 404, 200, 200, 200, 200), "own menu"),
    Pagina(
        "app_list",
        "get",
        _de_la_app("gestion_precios"),
        (404, 200, 200, 404, 200, 200, 200),
        "own menu",
    ),
    Pagina(
        "app_list", "get", _de_la_app("realtime"), (404, 404, 404, 404, 200, 200, 200), "own menu"
    ),
    *(
        Pagina("app_list", "get", _de_la_app(app), (404,) * 6 + (200,), "superusers' tables alone")
        for app in ("axes", "authtoken", "django_celery_results")
    ),
    *(
        Pagina(
            f"gestion_precios_{nombre.lower()}_simple_history",
            "get",
            _version(f"gestion_precios.{nombre}"),
            (403, 200, 404, 403, 200, 404, 200),
            "a version of a company's row",
        )
        for nombre in _CON_HISTORIA
    ),
    *(
        Pagina(
            f"gestion_precios_{nombre.lower()}_simple_history",
            "post",
            _version(f"gestion_precios.{nombre}"),
            (403, 302, 404, 403, 302, 404, 302),
            "going back to it is changing the row: what is sent is right",
            lector=403,
            datos=_formulario(f"gestion_precios.{nombre}"),
        )
        for nombre in _CON_HISTORIA
    ),
    *(
        Pagina(f"{tabla}_exportacion_{formato}", "get", _nada, estados, "who may see the list")
        for tabla, estados in EXPORTADAS.items()
        for formato in ("xlsx", "csv")
    ),
    *(
        Pagina(
            "auth_user_password_change",
            metodo,
            lambda mundo: (mundo.mesa.colega.pk,),
            (403, 403, 403, 403, 403, 404, 200),
            "a taker may do what none of these may: taking orders",
        )
        for metodo in ("get", "post")
    ),
)
# Each page's address without a view leads to the view; what is nowhere, nowhere.
DE_PASO = {"<path:object_id>/": 302, "(?P<url>.*)$": 404}


class Obtenido(NamedTuple):
    """What a person got of something, against what the table says."""

    que: str
    dado: Any
    dicho: Any

    def __str__(self) -> str:
        return f"{self.que}: {self.dado}, not {self.dicho}"


def letra(etiqueta: str, persona: str) -> str:
    """The table's letter."""
    if persona in DE_AFUERA:
        return "-"
    if persona == LECTOR:
        # Who may only see what `todo_a` reaches sees just that.
        return "N" if letra(etiqueta, "todo_a") == "N" else "V"
    return TABLAS[etiqueta].letras.split()[DE_PLANTA.index(persona)]


def recorrer(mundo: Mundo, persona: str, navegador: Client | None = None) -> Iterator[Obtenido]:
    """Everything that there is to ask of the admin, one after the other, as this person.

    A browser whose credential ended is asked for the stranger's column: give it with "anonimo".
    """
    navegador = navegador or entrar(mundo.personas[persona])
    for etiqueta in TABLAS:
        yield from de_la_tabla(mundo, navegador, etiqueta, persona)
    yield from de_las_paginas(mundo, navegador, persona)
    yield from _de_los_campos(navegador, persona)


def sorpresas(mundo: Mundo, persona: str, navegador: Client | None = None) -> Iterator[Obtenido]:
    """What is not as the table says."""
    todo = recorrer(mundo, persona, navegador)
    return (obtenido for obtenido in todo if obtenido.dado != obtenido.dicho)


def formulario_de_version(mundo: Mundo, etiqueta: str) -> dict[str, Any]:
    """What is in the form of the first version of company A's row, ready to be sent."""
    fila = mundo.filas[etiqueta]
    version = fila.historia.first()
    request: Any = RequestFactory().get("/")
    request.user = mundo.personas["superusuario"]
    formulario = pagina_de(etiqueta).get_form(request, fila)(instance=version.instance)
    campos = {campo.name: campo.value() for campo in formulario}
    # As browsers do: a box that is not ticked and what was left empty are not sent.
    vacios = (None, False, "")
    return {n: v for n, v in campos.items() if not any(v is vacio for vacio in vacios)}


def pagina_de(etiqueta: str) -> Any:
    """The table's page."""
    return next(p for m, p in admin.site._registry.items() if m._meta.label == etiqueta)


def url_de(etiqueta: str, vista: str, *args: Any) -> str:
    """The address of a table's view."""
    return reverse(f"admin:{etiqueta.lower().replace('.', '_')}_{vista}", args=args)


def pedir(navegador: Client, metodo: str, url: str, datos: dict[str, Any]) -> Any:
    """Ask, and leave everything as it was."""
    with transaction.atomic():
        respuesta = getattr(navegador, metodo)(url, datos)
        transaction.set_rollback(True)
    return respuesta


def de_la_tabla(mundo: Mundo, navegador: Client, etiqueta: str, persona: str) -> Iterator[Obtenido]:
    """A table's usual pages and its actions."""
    fila = mundo.filas[etiqueta]
    estados, accion = LETRAS[letra(etiqueta, persona)]
    for (nombre, (vista, metodo, datos)), dicho in zip(PEDIDOS.items(), estados, strict=True):
        sin_fila = vista in {"changelist", "add"}
        url = url_de(etiqueta, vista, *(() if sin_fila else (clave_en_url(fila),)))
        respuesta = pedir(navegador, metodo, url, datos)
        yield Obtenido(f"{nombre} {etiqueta}", respuesta.status_code, dicho)
    if etiqueta not in SIN_ACCIONES:
        dado = _borrar_elegidas(navegador, etiqueta, fila)
        yield Obtenido(f"delete_selected {etiqueta}", dado, accion)
    for (tabla, nombre), dichos in ACCIONES.items():
        if tabla == etiqueta:
            respuesta = pedir(
                navegador, "post", url_de(etiqueta, "changelist"), _elegidas(nombre, fila)
            )
            yield Obtenido(
                f"{nombre} {etiqueta}", respuesta.status_code, _de_la_accion(dichos, persona)
            )


def _de_la_accion(dichos: tuple[int, ...], persona: str) -> int:
    if persona in DE_AFUERA:
        return ENTRAR
    return PARA_EL_LECTOR if persona == LECTOR else dichos[DE_PLANTA.index(persona)]


def _elegidas(accion: str, fila: Any) -> dict[str, Any]:
    return {"action": accion, "_selected_action": [fila.pk], "index": "0", "select_across": "0"}


def _borrar_elegidas(navegador: Client, etiqueta: str, fila: Any) -> tuple[int, bool]:
    with transaction.atomic():
        datos = _elegidas("delete_selected", fila) | BORRAR
        estado = navegador.post(url_de(etiqueta, "changelist"), datos).status_code
        se_fue = not type(fila)._base_manager.filter(pk=fila.pk).exists()
        transaction.set_rollback(True)
    return estado, se_fue


def de_las_paginas(mundo: Mundo, navegador: Client, persona: str) -> Iterator[Obtenido]:
    """The pages beside those."""
    for pagina in PAGINAS:
        args = pagina.args(mundo)
        # Signing out is done elsewhere: this session has more to ask.
        quien = entrar(mundo.personas[persona]) if pagina.nombre == "logout" else navegador
        url = reverse(f"admin:{pagina.nombre}", args=args)
        respuesta = pedir(quien, pagina.metodo, url, pagina.datos(mundo))
        yield Obtenido(
            f"{pagina.metodo} {pagina.nombre}{args}", respuesta.status_code, pagina.dicho(persona)
        )
    for ruta, dicho in (("/admin/sales/orders/1/", 302), ("/admin/no/existe/", 404)):
        dicho = ENTRAR if persona in DE_AFUERA else dicho
        yield Obtenido(ruta, navegador.get(ruta).status_code, dicho)


def _de_los_campos(navegador: Client, persona: str) -> Iterator[Obtenido]:
    """What a field with a search box may be asked is what its table's list shows."""
    for modelo, campo, tabla in campos_con_busqueda():
        datos = {"app_label": modelo._meta.app_label, "model_name": modelo._meta.model_name}
        url = reverse("admin:autocomplete")
        respuesta = navegador.get(url, datos | {"field_name": campo, "term": ""})
        dicho = LETRAS[letra(tabla, persona)][0][0]
        yield Obtenido(f"autocomplete {modelo._meta.label}.{campo}", respuesta.status_code, dicho)


def campos_con_busqueda() -> list[tuple[Any, str, str]]:
    """(model, field, table searched) of every page and inline."""
    paginas = [p for pagina in admin.site._registry.values() for p in (pagina, *pagina.inlines)]
    return sorted(
        {
            (p.model, campo, p.model._meta.get_field(campo).related_model._meta.label)
            for p in paginas
            for campo in p.autocomplete_fields
        },
        key=lambda hallado: (hallado[0]._meta.label, hallado[1]),
    )
