"""Files of clients: which client each row is, and what is wrong with one."""

from __future__ import annotations

import pytest

from sales.importacion.campos import Tipo
from sales.models import Cliente
from sales.tests.fabricas import crear_cliente
from sales.tests.importacion.bancos import confirmada, csv, fallas, libro, revisada
from sales.tests.mesa import Mesa

TITULOS = "Código;RUC;Razón social;Fantasía;Canal;Tel;Zona;Día"
RUC = "80009735-1"
OTRO = "80017437-2"
SOBRA = (
    "Sobran celdas en la fila: ¿un texto con coma sin comillas? Si no lo es, darle título a esa"
    " columna."
)
YA_LO_TIENE = (
    "Ya lo tiene «La primera». Si es otro local del mismo contribuyente, dar a cada uno su código."
)


def test_new_clients_come_in_as_they_are_written(mesa: Mesa) -> None:
    contenido = csv(
        TITULOS,
        "C1; 80.009.735-1 ;Comercial Uno S.A.;Despensa «La Ñata»;despensas;0981 123 456;Norte;lun",
        codigo="cp1252",
    )
    importacion = confirmada(revisada(mesa.admin, Tipo.CLIENTES, contenido))
    assert importacion.estado == "HECHA"
    cliente = Cliente.objects.get(codigo="C1")
    assert (cliente.ruc, cliente.pais) == (RUC, "PY")
    assert (cliente.nombrefactura, cliente.nombrefantasia) == (
        "Comercial Uno S.A.",
        "Despensa «La Ñata»",
    )
    assert (cliente.canalobj, cliente.telefono, cliente.zona) == (
        mesa.canal,
        "0981 123 456",
        "Norte",
    )
    assert (cliente.dia_visita, cliente.activo) == (1, True)


def test_a_client_is_known_by_its_code_or_else_by_its_number(mesa: Mesa) -> None:
    Cliente.objects.all().delete()
    con = crear_cliente(ruc=RUC, codigo="C1", canal=mesa.canal)
    sin = crear_cliente(ruc=OTRO, canal=mesa.canal)
    importacion = confirmada(
        revisada(mesa.admin, Tipo.CLIENTES, csv("Código;RUC;Zona", "C1;;Norte", f"C9;{OTRO};Sur"))
    )
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 2, "nueva": 0, "igual": 0}
    con.refresh_from_db()
    sin.refresh_from_db()
    assert (con.zona, con.ruc) == ("Norte", RUC)
    assert (sin.zona, sin.codigo) == ("Sur", "C9")
    assert Cliente.objects.count() == 2


def test_an_empty_cell_leaves_what_there_is(mesa: Mesa) -> None:
    cliente = crear_cliente(ruc=RUC, codigo="C1", canal=mesa.canal, telefono="021", zona="Norte")
    importacion = revisada(
        mesa.admin, Tipo.CLIENTES, csv("Código;RUC;Tel;Zona", f"C1;{RUC};;Norte")
    )
    assert importacion.resumen["cuentas"]["igual"] == 1
    cliente.refresh_from_db()
    assert cliente.telefono == "021"


def test_a_new_client_without_channel_takes_the_one_that_was_chosen(mesa: Mesa) -> None:
    contenido = csv("RUC;Nombre", f"{RUC};Uno")
    sin = revisada(mesa.admin, Tipo.CLIENTES, contenido)
    assert fallas(sin) == [(2, "Canal", "", f"El canal es uno de estos: {mesa.canal.nombre}.")]
    con = confirmada(revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk))
    assert con.estado == "HECHA"
    assert Cliente.objects.get(ruc=RUC).canalobj == mesa.canal


def test_a_number_and_its_check_digit_may_stand_apart(mesa: Mesa) -> None:
    contenido = csv("RUC;DV;Nombre", "80009735;1;Uno", "80017437;3;Mal")
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk)
    assert importacion.resumen["cuentas"]["nueva"] == 1
    assert fallas(importacion) == [
        (
            3,
            "RUC o documento",
            "80017437",
            "El RUC de Paraguay no es válido: revisar el número y su dígito verificador.",
        )
    ]


REHUSADAS = [
    (
        "nothing names it",
        ["RUC;Nombre", ";Uno"],
        "RUC o documento",
        "",
        "Falta el RUC o el código: no se sabe qué cliente es.",
    ),
    (
        "a new one without number",
        ["Código;Nombre", "C1;Uno"],
        "RUC o documento",
        "",
        "Falta el RUC: es un cliente nuevo.",
    ),
    (
        "a new one without name",
        ["RUC;Nombre", f"{RUC};"],
        "Razón social",
        "",
        "Falta el nombre: es un cliente nuevo.",
    ),
    (
        "a name too long",
        ["RUC;Nombre", f"{RUC};{'n' * 301}"],
        "Razón social",
        "n" * 40,
        "Asegúrese de que este valor tenga menos de 300 caracteres (tiene 301).",
    ),
    (
        "a channel that there is not",
        ["RUC;Nombre;Canal", f"{RUC};Uno;Kioscos"],
        "Canal",
        "Kioscos",
        "El canal es uno de estos: Despensas.",
    ),
    (
        "a day that is none",
        ["RUC;Nombre;Día", f"{RUC};Uno;feriado"],
        "Día de visita",
        "feriado",
        "Escribir el día: lunes, martes…",
    ),
    (
        "a cell too many",
        ["RUC;Nombre", f"{RUC};Uno;S.A."],
        "",
        "S.A.",
        SOBRA,
    ),
]


@pytest.mark.parametrize(
    ("lineas", "columna", "visto", "frase"),
    [c[1:] for c in REHUSADAS],
    ids=[c[0] for c in REHUSADAS],
)
def test_a_wrong_row_says_which_cell_and_what_to_do(
    mesa: Mesa, lineas: list[str], columna: str, visto: str, frase: str
) -> None:
    importacion = revisada(mesa.admin, Tipo.CLIENTES, csv(*lineas), canal=mesa.canal.pk)
    assert fallas(importacion) == [(2, columna, visto, frase)]


def test_a_number_is_of_one_client_unless_codes_tell_them_apart(mesa: Mesa) -> None:
    crear_cliente(ruc=RUC, codigo="A", canal=mesa.canal, nombrefantasia="La primera")
    contenido = csv(
        "Código;RUC;Nombre",
        f"B;{RUC};Otro local",
        f";{OTRO};Sin código",
        f";{OTRO};Sin código, otra vez",
        f"C;{OTRO};Con código, junto a uno sin él",
        f"D;{RUC};Tercer local",
        f"D;{RUC};Tercer local, otra vez",
    )
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk)
    assert [f["numero"] for f in importacion.resumen["filas"]["nueva"]] == [2, 3, 6]
    assert fallas(importacion) == [
        (4, "RUC o documento", OTRO, "Ya está en la fila 3."),
        (5, "RUC o documento", OTRO, "Ya está en la fila 3."),
        (7, "Código", "D", "Ya está en la fila 6."),
    ]


def test_a_number_that_another_client_has_is_refused(mesa: Mesa) -> None:
    crear_cliente(ruc=RUC, canal=mesa.canal, nombrefantasia="La primera")
    crear_cliente(ruc=OTRO, codigo="B", canal=mesa.canal)
    importacion = revisada(mesa.admin, Tipo.CLIENTES, csv("Código;RUC", f"B;{RUC}"))
    assert fallas(importacion) == [
        (
            2,
            "RUC o documento",
            RUC,
            YA_LO_TIENE,
        )
    ]


def test_a_number_of_several_clients_needs_a_code(mesa: Mesa) -> None:
    for codigo in ("A", "B"):
        crear_cliente(ruc=RUC, codigo=codigo, canal=mesa.canal)
    importacion = revisada(mesa.admin, Tipo.CLIENTES, csv("RUC;Zona", f"{RUC};Norte"))
    assert fallas(importacion) == [
        (2, "RUC o documento", RUC, "Hay 2 clientes con ese RUC: decir cuál con su código.")
    ]


def test_a_list_as_it_comes(mesa: Mesa) -> None:
    contenido = libro(
        ["Código", "RUC", "Razón social", "Activo"],
        ["ZONA NORTE"],
        ["C1", RUC, "Total Market S.A.", "no"],
        ["Total", None, None, 1],
        antes=[["Distribuidora Ñandutí S.A."], []],
    )
    importacion = confirmada(revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk))
    assert importacion.resumen["afuera"] == [
        [1, "Distribuidora Ñandutí S.A."],
        [4, "ZONA NORTE"],
        [6, "Total 1"],
    ]
    [cliente] = Cliente.objects.filter(ruc=RUC)
    assert (cliente.nombrefactura, cliente.activo) == ("Total Market S.A.", False)


def test_a_closed_client_is_meant_where_the_row_says_that_it_is_closed(mesa: Mesa) -> None:
    cerrado = crear_cliente(ruc=RUC, canal=mesa.canal, nombrefactura="Viejo", activo=False)
    abierto = crear_cliente(ruc=RUC, canal=mesa.canal, nombrefactura="Nuevo")
    contenido = csv("RUC;Razón social;Activo", f"{RUC};Viejo;no", f"{RUC};Nuevo;sí")
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido)
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 0, "nueva": 0, "igual": 2}
    solo = confirmada(revisada(mesa.admin, Tipo.CLIENTES, csv("RUC;Zona", f"{RUC};Norte")))
    assert solo.estado == "HECHA"
    assert [
        c.zona for c in Cliente.objects.filter(pk__in=(cerrado.pk, abierto.pk)).order_by("pk")
    ] == [
        "",
        "Norte",
    ]


def test_a_code_that_a_client_gets_is_not_another_row_s(mesa: Mesa) -> None:
    crear_cliente(ruc=RUC, canal=mesa.canal)
    contenido = csv("Código;RUC;Nombre", f"C1;{RUC};", f"C1;{OTRO};Otro")
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk)
    assert fallas(importacion) == [(3, "Código", "C1", "Ya está en la fila 2.")]


def test_shops_of_one_number_get_their_codes_by_their_names(mesa: Mesa) -> None:
    for nombre in ("Local Centro", "Local Norte"):
        crear_cliente(nombre, ruc=RUC, canal=mesa.canal)
    titulos = "Código;RUC;Fantasía"
    otro = revisada(mesa.admin, Tipo.CLIENTES, csv(titulos, f"T3;{RUC};Otro"))
    assert fallas(otro) == [
        (
            2,
            "RUC o documento",
            RUC,
            "Hay 2 clientes con ese RUC y sin código: ponérselos en la administración.",
        )
    ]
    contenido = csv(titulos, f"T1;{RUC};local centro", f"T2;{RUC};Local Norte", f"T3;{RUC};Otro")
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk)
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 2, "nueva": 1, "igual": 0}


def test_a_check_digit_twice_is_one(mesa: Mesa) -> None:
    contenido = csv("RUC;DV;Nombre", f"{RUC};1;Uno")
    importacion = revisada(mesa.admin, Tipo.CLIENTES, contenido, canal=mesa.canal.pk)
    assert importacion.resumen["cuentas"]["nueva"] == 1


def test_the_preview_tells_ones_from_yes(mesa: Mesa) -> None:
    importacion = revisada(
        mesa.admin, Tipo.CLIENTES, csv("RUC;Día;Nombre", f"{RUC};lunes;N"), canal=mesa.canal.pk
    )
    [fila] = importacion.resumen["filas"]["nueva"]
    assert ["Día de visita", "—", "Lunes"] in fila["cambios"]
