"""`save_orders_clients`: what is saved, what is refused, and nothing twice or by halves."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.lz.alphabets import Codificacion
from gestion_precios.motor.reglamentos import olvidar
from sales.lotes.ingesta import Avance, save_orders_clients
from sales.models import Cliente, LotePedidos, Orders, OrdersDetail, ResultadoPedido
from sales.payload.recibos import huella_cruda, huella_pedido
from sales.precios.iva import desglosar
from sales.tests.fabricas import crear_articulo
from sales.tests.venta import Venta, crear_venta, lineas_de, resultados


def test_an_order_is_saved_with_everything_it_needs(venta: Venta) -> None:
    pedido = {
        "doc_tipo": "NOTA",
        "doc_fecha": "2026-06-30",
        "observacion": 'Ñandutí "de la esquina" 😀',
        "detalles": [venta.linea(cantidad=1), venta.linea(venta.arroz, cantidad=1)],
    }
    lote = venta.enviar({venta.clave(): pedido})
    LotePedidos.objects.update(recibido_en=datetime(2026, 7, 2, 2, 30, tzinfo=UTC))
    avance = save_orders_clients(lote.pk)
    assert avance == Avance("COMPLETO", total=1, guardados=1, rechazados=0)
    guardado = Orders.objects.get()
    assert {
        campo.attname: getattr(guardado, campo.attname)
        for campo in Orders._meta.concrete_fields
        if campo.name not in {"id", "pedido_numero"}
    } == {
        "pdvobj_id": venta.clientes[0].pk,
        "doc_tipo": "NOTA",
        "doc_fecha": date(2026, 6, 30),
        "doc_numero": 0,
        "anulado_040": False,
        "anulado_040_fecha": None,
        "anulado_040_por_gecos": None,
        "anulado_040_motivo": "",
        "status": "1",
        "stock_returned": False,
        "pasado_por_caja_en": None,
        "impreso_en": None,
        "impreso_por_id": None,
        "loteobj_id": lote.pk,
        "sucursal_id": venta.sucursal.pk,
        "usuario_id": venta.usuario.pk,
        "observacion": 'Ñandutí "de la esquina" 😀',
        "capturado_en": datetime(2026, 7, 2, 2, 30, tzinfo=UTC),
        "uuid": None,
        "huella_enviada": "",
    }
    yerba, arroz = venta.yerba.pk, venta.arroz.pk
    assert lineas_de(guardado) == [
        (yerba, 1, 1, 12_500, 11_364, 1_136, 0, 0, 0, 12_500),
        (arroz, 1, 1, 27_350, 0, 0, 26_048, 1_302, 0, 27_350),
    ]
    detalle = OrdersDetail.objects.first()
    assert detalle is not None
    assert detalle.lista_precio == venta.lista
    assert detalle.version_precios.startswith(f"lista:{venta.lista.pk}:")
    assert (detalle.anulado_040, detalle.anulado_040_motivo) == (False, "")
    cambio = guardado.cambios.get()
    assert (cambio.tipo, cambio.pedido_numero) == ("pedido.guardado", guardado.pedido_numero)
    assert (cambio.sucursal_id, cambio.datos, cambio.posicion) == (venta.sucursal.pk, {}, None)
    assert lote.recibido_en <= cambio.momento


def test_without_a_date_the_order_has_the_day_it_arrived_where_the_company_is(
    venta: Venta,
) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    LotePedidos.objects.update(recibido_en=datetime(2026, 7, 2, 2, 30, tzinfo=UTC))
    save_orders_clients(lote.pk)
    assert Orders.objects.get().doc_fecha == date(2026, 7, 1)


@pytest.mark.parametrize("codificacion", ["base64", "utf16", "uri"])
def test_every_encoding_is_read(venta: Venta, codificacion: Codificacion) -> None:
    pedido = {"observacion": 'ñ 😀 \\ "', "detalles": [venta.linea()]}
    lote, _ = venta.procesar({venta.clave(): pedido}, codificacion=codificacion)
    assert lote.estado == "COMPLETO"
    assert Orders.objects.get().observacion == 'ñ 😀 \\ "'


def test_the_verdict_of_a_saved_order_is_its_receipt(venta: Venta) -> None:
    lineas = [venta.linea(), venta.linea(venta.pan, precio_unitario="1000.00")]
    lote, _ = venta.procesar({venta.clave(): lineas})
    resultado = ResultadoPedido.objects.get()
    assert resultado.huella == huella_pedido(
        venta.clave(), [(venta.yerba.pk, 3, "12500"), (venta.pan.pk, 3, "1000")]
    )
    assert resultado.orderobj == Orders.objects.get()
    assert (resultado.loteobj, resultado.posicion, resultado.avisos) == (lote, 0, [])
    assert (resultado.codigo, resultado.motivo, resultado.linea, resultado.campo) == (
        *("", "", None, ""),
    )


def test_three_bad_orders_of_a_hundred_cost_only_themselves(db: None) -> None:
    venta = crear_venta(clientes=100, tomador="eva")
    pedidos: dict[str, Any] = {venta.clave(n): [venta.linea()] * 2 for n in range(100)}
    pedidos[venta.clave(17)] = [venta.linea(), venta.linea(cantidad=0)]
    pedidos[venta.clave(42)] = [venta.linea(crear_articulo("Sin precio"))]
    Cliente.objects.filter(pk=venta.clientes[99].pk).update(activo=False)
    lote, avance = venta.procesar(pedidos)
    assert avance == Avance("PARCIAL", total=100, guardados=97, rechazados=3)
    assert Orders.objects.count() == 97
    assert OrdersDetail.objects.count() == 194
    assert [fila for fila in resultados(lote) if fila[1] == "RECHAZADO"] == [
        (venta.clave(17), "RECHAZADO", "cantidad_fuera_de_rango", 2, "cantidad"),
        (venta.clave(42), "RECHAZADO", "sin_precio", 1, "articulo_id"),
        (venta.clave(99), "RECHAZADO", "cliente_inactivo", None, "cliente_id"),
    ]
    # Corrected and sent again, they are saved too.
    Cliente.objects.update(activo=True)
    segundo, _ = venta.procesar({venta.clave(n): [venta.linea()] for n in (17, 42, 99)})
    assert (segundo.estado, Orders.objects.count()) == ("COMPLETO", 100)


@pytest.mark.parametrize(
    ("clave", "lineas", "esperado"),
    [
        ("999999999", None, ("cliente_desconocido", None, "cliente_id")),
        ("__proto__", None, ("cliente_desconocido", None, "cliente_id")),
        ("ñ\ud800\x00", None, ("cliente_desconocido", None, "cliente_id")),
        ("x" * 5_000, None, ("cliente_desconocido", None, "cliente_id")),
        (None, [{"articulo_id": 999_999, "cantidad": 1, "precio_unitario": 1}],
         ("articulo_desconocido", 1, "articulo_id")),
        (None, [{"articulo_id": 2**63 - 1, "cantidad": 1, "precio_unitario": 1}],
         ("articulo_desconocido", 1, "articulo_id")),
        (None, {"observacion": "\ud83d", "detalles": []}, ("texto_invalido", None, "observacion")),
        (None, "nada", ("tipo_incorrecto", None, "")),
    ],
)  # fmt: skip
def test_refusals_that_the_database_decides_or_could_not_store(
    venta: Venta, clave: str | None, lineas: Any, esperado: tuple[Any, ...]
) -> None:
    malo = {clave or venta.clave(1): [venta.linea()] if lineas is None else lineas}
    texto = json.dumps({venta.clave(): [venta.linea()]} | malo)
    lote, _ = venta.procesar(None, texto=texto)
    assert (lote.estado, lote.guardados, lote.rechazados) == ("PARCIAL", 1, 1)
    rechazado = ResultadoPedido.objects.get(resultado="RECHAZADO")
    assert (rechazado.codigo, rechazado.linea, rechazado.campo) == esperado
    assert rechazado.motivo.startswith("Cliente ")
    assert len(rechazado.cliente_id) <= 120
    assert rechazado.huella == huella_cruda(clave or venta.clave(1), _lineas(lineas, venta))


def _lineas(lineas: Any, venta: Venta) -> list[Any]:
    if lineas is None:
        return [venta.linea()]
    return lineas if isinstance(lineas, list) else []


def test_a_lote_of_bad_orders_only_is_fallido(venta: Venta) -> None:
    lote, avance = venta.procesar({venta.clave(): [], "nadie": [venta.linea()]})
    assert avance == Avance("FALLIDO", total=2, guardados=0, rechazados=2)
    assert (lote.codigo, Orders.objects.count(), lote.terminado_en is not None) == ("", 0, True)


@pytest.mark.parametrize(
    ("contenido", "codificacion", "codigo"),
    [
        ("", "base64", "lz_vacio"),
        ("N4Ig\ud800", "base64", "lz_alfabeto"),
        ("N4I g", "base64", "lz_espacios"),
        ("N4Ig", "base64", "lz_truncado"),
        ("A" * 1_000, "base64", "lz_truncado"),
        ("N4Ig", "gzip", "lz_codificacion"),
    ],
)
def test_a_text_that_does_not_inflate_fails_the_lote(
    venta: Venta, contenido: str, codificacion: str, codigo: str
) -> None:
    recibido = LotePedidos.objects.create(
        usuario=venta.usuario,
        sucursal=venta.sucursal,
        contenido=contenido.encode("utf-8", "surrogatepass"),
        codificacion=codificacion,
        huella="x",
    )
    avance = save_orders_clients(recibido.pk)
    recibido.refresh_from_db()
    assert avance == Avance("FALLIDO", total=0, guardados=0, rechazados=0)
    assert recibido.codigo == codigo


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [("{", "json_invalido"), ("{}", "sin_pedidos"), ('{"1": [NaN]}', "json_no_finito")],
)
def test_a_text_that_is_no_orders_fails_the_lote(venta: Venta, texto: str, codigo: str) -> None:
    lote, avance = venta.procesar(None, texto=texto)
    assert (avance.estado, lote.codigo, lote.terminado_en is not None) == ("FALLIDO", codigo, True)
    assert not ResultadoPedido.objects.exists()


def test_a_bomb_is_refused(venta: Venta, monkeypatch: pytest.MonkeyPatch) -> None:
    lote, _ = venta.procesar(None, texto=" " * (64 * 1024 * 1024 + 1))
    assert (lote.estado, lote.codigo) == ("FALLIDO", "lz_demasiado_grande")


# --- Everything sent is everything saved ---------------------------------------------------------


@hypothesis_settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pedidos=st.dictionaries(
        st.integers(0, 2),
        st.lists(
            st.tuples(
                st.sampled_from(["yerba", "arroz", "pan"]),
                st.integers(1, 1_000_000),
                st.integers(0, 9_999_999),
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
    )
)
def test_what_is_sent_is_what_is_saved(
    venta: Venta, pedidos: dict[int, list[tuple[str, int, int]]]
) -> None:
    articulos = {"yerba": venta.yerba, "arroz": venta.arroz, "pan": venta.pan}
    with transaction.atomic():
        lote, _ = venta.procesar(
            {
                venta.clave(n): [
                    venta.linea(articulos[a], cantidad=c, precio_unitario=p) for a, c, p in lineas
                ]
                for n, lineas in pedidos.items()
            }
        )
        assert lote.estado == "COMPLETO"
        for n, lineas in pedidos.items():
            guardado = Orders.objects.get(loteobj=lote, pdvobj=venta.clientes[n])
            assert [fila[:9] for fila in lineas_de(guardado)] == [
                (articulos[a].pk, c, c, p, *desglosar(c * p, articulos[a].tasa_iva))
                for a, c, p in lineas
            ]
        suma = OrdersDetail.objects.filter(orderobj__loteobj=lote).aggregate(
            total=Sum(F("cantidad") * F("precio_unitario")),
            iva=Sum(F("gravada_10") + F("iva_10") + F("gravada_5") + F("iva_5") + F("exenta")),
        )
        total = sum(c * p for lineas in pedidos.values() for _, c, p in lineas)
        assert suma == {"total": total, "iva": total}
        transaction.set_rollback(True)


def test_the_queries_of_a_chunk_do_not_grow_with_its_orders(db: None) -> None:
    venta = crear_venta(clientes=40, tomador="eva")
    cuentas = []
    for cuantos in (1, 40):
        lote = venta.enviar(
            {venta.clave(n): [venta.linea(), venta.linea(venta.pan)] for n in range(cuantos)}
        )
        olvidar()
        with CaptureQueriesContext(connection) as consultas:
            save_orders_clients(lote.pk)
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


def test_the_lotes_heart_beats_while_it_is_worked_on(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})

    def corazones(*_args: Any) -> list[str]:
        return [hilo.name for hilo in threading.enumerate() if str(lote.pk) in hilo.name]

    oidos: list[list[str]] = []
    save_orders_clients(lote.pk, avisar=lambda avance: oidos.append(corazones()))
    assert oidos == [[f"latido-{lote.pk}"]]
    assert corazones() == []


def test_an_unknown_lote_is_an_error(db: None) -> None:
    with pytest.raises(LotePedidos.DoesNotExist):
        save_orders_clients(uuid.uuid4())


def test_numbers_follow_each_other_and_pass_over_those_taken(venta: Venta) -> None:
    venta.procesar({venta.clave(n): [venta.linea()] for n in range(2)})
    ultimo = max(Orders.objects.values_list("pedido_numero", flat=True))
    ajeno = Orders.objects.create(
        pedido_numero=ultimo + 2, pdvobj=venta.clientes[0], doc_fecha=date(2026, 1, 1)
    )
    lote, _ = venta.procesar({venta.clave(n): [venta.linea()] for n in range(3)})
    assert lote.estado == "COMPLETO"
    numeros = Orders.objects.filter(loteobj=lote).order_by("id").values_list("pedido_numero")
    assert list(numeros) == [(ajeno.pedido_numero + n,) for n in (1, 2, 3)]
