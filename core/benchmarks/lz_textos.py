"""Texts of the size and the repetitiveness that the codec meets: a catalogue and a lote."""

import json
import random


def _lista(palabras: str) -> list[str]:
    return palabras.split(",")


MARCAS = _lista(
    "Ochsi,Pechugón,Lactolanda,Trébol,Arcor,Pilsen,Kurupí,Campesino,Mazzei,Cavallaro,Colgate,"
    "Ariel,Dove,Rexona,Hellmann's,Knorr,Gallo,Primicia,Doña Blanca,Tostadito,Pajarito,Selecta"
)
COSAS = _lista(
    "Yerba mate,Galletita salada,Galletita dulce,Jabón líquido,Detergente,Fideo tallarín,"
    "Fideo moño,Arroz tipo 1,Azúcar blanca,Aceite de girasol,Leche entera,Yogur bebible,"
    "Queso Paraguay,Mayonesa,Salsa de tomate,Café instantáneo,Gaseosa,Agua mineral con gas,"
    "Jugo de naranja,Champú,Crema dental,Papel higiénico,Servilleta,Pañal,Caramelo,"
    "Chocolate con maní,Ñoquis,Champiñón en lata,Choclo en grano,Atún al natural,Sardina"
)
TAMANOS = _lista(
    "100 g,200 g,250 g,500 g,1 kg,5 kg,250 ml,350 ml,500 ml,1 L,2 L,3 L,x 6,x 12,x 24,promo"
)
NOMBRES = _lista(
    "María,José,Juan,Carlos,Ramón,Blanca,Nancy,Liz,Derlis,Cynthia,Óscar,Íñigo,Rocío,Hugo,Sixto,"
    "Elvio,Gladys,Ramona,Teófilo,Ña Chiquita,Rubén,Fátima,Lourdes,Osvaldo"
)
APELLIDOS = _lista(
    "González,Benítez,Martínez,Ayala,Giménez,Villalba,Núñez,Ojeda,Cáceres,Duarte,Riquelme,Ortiz,"
    "Sanabria,Vera,Acosta,Báez,Franco,Cabañas,Peña,Meza,Torres,Aquino,Ferreira,Insfrán"
)
RUBROS = _lista("Despensa,Autoservicio,Kiosco,Almacén,Supermercado,Bodega,Comedor,Copetín")


def catalogo(clientes: int = 50_000, articulos: int = 20_000, canales: int = 4) -> str:
    """The snapshot of a branch as JSON: 10 million characters by default."""
    azar = random.Random(7)
    precios = [azar.randrange(30, 4000) * 50 for _ in range(articulos)]
    datos = {
        "clientes": {str(k): _cliente(azar, canales) for k in range(1, clientes + 1)},
        "articulos": {str(k): _articulo(azar, k) for k in range(1, articulos + 1)},
        "precios": {
            str(canal): {
                str(k): precio * (20 + canal) // 1000 * 50 for k, precio in enumerate(precios, 1)
            }
            for canal in range(1, canales + 1)
        },
    }
    return json.dumps(datos, ensure_ascii=False, separators=(",", ":"))


def lote(pedidos: int = 1000, lineas: int = 20) -> str:
    """The orders of a lote as JSON: 2.6 million characters by default."""
    azar = random.Random(9)
    clientes = azar.sample(range(1, 50 * pedidos), pedidos)
    datos = {str(cliente): [_linea(azar) for _ in range(lineas)] for cliente in clientes}
    return json.dumps(datos, separators=(",", ":"))


def _cliente(azar: random.Random, canales: int) -> dict[str, str | int]:
    nombre, apellido, otro = azar.choice(NOMBRES), azar.choice(APELLIDOS), azar.choice(APELLIDOS)
    return {
        "ruc": f"{azar.randrange(400_000, 8_999_999)}-{azar.randrange(10)}",
        "nombrefactura": f"{nombre} {apellido} {otro}",
        "nombrefantasia": f"{azar.choice(RUBROS)} {azar.choice(NOMBRES)} {azar.choice(APELLIDOS)}",
        "canal": azar.randrange(1, canales + 1),
    }


def _articulo(azar: random.Random, numero: int) -> dict[str, str | int]:
    marca = azar.choice(MARCAS)
    return {
        "codigo": 100_000 + numero,
        "sku": f"{marca[:3].upper()}-{numero:06d}",
        "prod_marca": marca,
        "descripcion": f"{azar.choice(COSAS)} {marca} {azar.choice(TAMANOS)}",
        "tasa_iva": azar.choice((10, 10, 10, 5, 0)),
        "codigo_barras": f"784{azar.randrange(10**10):010d}",
        "linea": azar.randrange(1, 30),
        "grupo": azar.randrange(1, 120),
    }


def _linea(azar: random.Random) -> dict[str, int]:
    cantidad, precio = azar.randrange(1, 49), azar.randrange(30, 4000) * 50
    iva = round(cantidad * precio / 11)
    return {
        "articulo_id": azar.randrange(1, 20_001),
        "cantidad": cantidad,
        "precio_unitario": precio,
        "gravada_10": cantidad * precio - iva,
        "iva_10": iva,
        "gravada_5": 0,
        "iva_5": 0,
        "exenta": 0,
    }
