"""What a Paraguayan distributor sells: families, invented brands, sizes, prices in guaraníes.

IVA as in Paraguay: 5 % for the family basket, exempt for books and press, 10 % for the rest.
"""

from __future__ import annotations

from typing import NamedTuple


class Presentacion(NamedTuple):
    """A size, and its price in % of the family's reference size."""

    texto: str
    por_ciento: int


class Familia(NamedTuple):
    """Articles that differ only in brand, variety and size."""

    nombre: str
    linea: str
    grupo: str
    tasa_iva: int
    precio: int
    marcas: str
    variedades: tuple[str, ...]
    presentaciones: tuple[Presentacion, ...]


# fmt: off
MARCAS: dict[str, tuple[str, ...]] = {
    "almacen": (
        "Ka'aguy Poty", "Ñemity", "Tekoha", "Doña Ramona", "La Encarnacena", "Tres Lagunas",
        "Kokue Rory", "El Mensú", "Campo Tava'i", "San Roque del Norte", "Yvytu", "Karumbe",
        "Flor del Guairá", "Molino Ypané", "Don Bernabé", "Aguapey",
    ),
    "bebidas": (
        "Ysyry", "Arroyo Azul", "Pytã", "Kuarahy", "Tropicana del Sur", "Río Hondo", "Mburukuja",
        "La Ribereña", "Guavira", "Frescor Chaqueño", "Jasy", "Monte Lindo",
    ),
    "lacteos": (
        "Kamby Porã", "La Colmena Blanca", "Estancia Ita Verá", "Vaquita Overa", "Chortitzer Feld",
        "Lácteos del Este", "Tambo Viejo", "Rincón Lechero", "Ñande Kamby", "La Cordillera",
    ),
    "limpieza": (
        "Brillar", "Morotĩ", "Casa Linda", "Pureza del Hogar", "Ypotĩ", "Espumol", "Limpol Plus",
        "Aroma Jazmín", "Blanquísima", "Don Trapo", "Fulgor", "Vera",
    ),
    "perfumeria": (
        "Pirĩ", "Rocío de Coco", "Amambay", "Seda y Miel", "Cedrón", "Jazmín Mangá", "Natural Yva",
        "Dulce Mitã", "Kavure'i", "Luna Llena",
    ),
    "golosinas": (
        "Mitã'i", "Guaraní Dulce", "Tatakua", "La Golosa", "Caramelito", "Crocky", "Pororo Feliz",
        "Delicias de Itá", "Chocoyvy", "Sabor Escolar", "Mandu'a",
    ),
    "congelados": (
        "Pira Porã", "Chaco Frío", "Granja Mbutuy", "Ñandu Hielo", "La Frigorista", "Polo Sur PY",
        "Ka'avo", "Estancia Tapiracuai",
    ),
    "kiosco": (
        "Arandu", "Editorial Lapacho", "Kuatia", "Papelera Yaguarón", "Mbo'ehára", "Pluma Verde",
        "Ñe'ẽ", "Cuadernos del Paraná",
    ),
    "mascotas": (
        "Jagua Kangy", "Firulete", "Mbarakaja", "Can & Compañía", "Don Cachorro", "Patitas",
    ),
}

_KILO = (("500 g", 52), ("1 kg", 100), ("5 kg", 470))
_PAQUETE = (("200 g", 45), ("400 g", 85), ("500 g", 100))
_BOTELLA = (("250 ml", 40), ("500 ml", 65), ("1 l", 100), ("2 l", 170))
_LITRO = (("500 ml", 55), ("900 ml", 95), ("1 l", 100), ("5 l", 450))
_FRASCO = (("200 g", 60), ("340 g", 100), ("800 g", 210))
_CHICO = (("40 g", 40), ("90 g", 100), ("180 g", 180))
_POTE = (("120 g", 50), ("250 g", 100), ("500 g", 180))
_ENVASE = (("200 ml", 60), ("400 ml", 100), ("750 ml", 170))
_UNIDAD = (("unidad", 100), ("doble", 180), ("familiar", 260))
_HOJAS = (("48 hojas", 70), ("96 hojas", 100), ("200 hojas", 190))
_TOMO = (("tomo I", 100), ("tomo II", 100), ("edición especial", 150))
_BOLSA = (("1 kg", 100), ("3 kg", 270), ("15 kg", 1200))

# name | line | group | IVA | price in Gs. of the 100 % size | brands | varieties | sizes
_FILAS: tuple[tuple[str, str, str, int, int, str, str, tuple[tuple[str, int], ...]], ...] = (
    ("Yerba mate", "Almacén", "Yerbas", 5, 14_500, "almacen",
     "tradicional/con menta y boldo/compuesta/con cedrón y kapi'i/despalada", _PAQUETE),
    ("Arroz", "Almacén", "Arroz y legumbres", 5, 8_900, "almacen",
     "tipo 1/tipo 2/parboil/integral", _KILO),
    ("Poroto", "Almacén", "Arroz y legumbres", 5, 13_500, "almacen",
     "manteca/rojo/san Francisco/negro", _KILO),
    ("Fideo", "Almacén", "Fideos", 5, 6_800, "almacen",
     "tallarín/mostachol/codito/tirabuzón/ave maría", _PAQUETE),
    ("Harina de trigo", "Almacén", "Harinas", 5, 6_200, "almacen",
     "000/0000/leudante", _KILO),
    ("Harina de maíz", "Almacén", "Harinas", 5, 7_400, "almacen",
     "para sopa paraguaya/para mbejú/precocida", _KILO),
    ("Almidón de mandioca", "Almacén", "Harinas", 5, 11_800, "almacen",
     "fino/para chipa", _KILO),
    ("Aceite", "Almacén", "Aceites", 5, 13_900, "almacen",
     "de soja/de girasol/de maíz/mezcla", _LITRO),
    ("Sal", "Almacén", "Condimentos", 5, 3_200, "almacen", "fina/gruesa/entrefina", _KILO),
    ("Azúcar", "Almacén", "Azúcar y dulces", 10, 7_900, "almacen",
     "blanca/morena/orgánica", _KILO),
    ("Mermelada", "Almacén", "Azúcar y dulces", 10, 14_200, "almacen",
     "de guayaba/de frutilla/de durazno/de mburukuja", _FRASCO),
    ("Café", "Almacén", "Infusiones", 10, 32_000, "almacen",
     "torrado molido/soluble/glaseado", _FRASCO),
    ("Té", "Almacén", "Infusiones", 10, 9_800, "almacen",
     "negro/de burrito/de manzanilla/de cocú", _CHICO),
    ("Puré de tomate", "Almacén", "Conservas", 10, 5_900, "almacen",
     "clásico/con albahaca/picante", _FRASCO),
    ("Atún", "Almacén", "Conservas", 10, 15_800, "almacen",
     "al natural/en aceite/desmenuzado", _CHICO),
    ("Mayonesa", "Almacén", "Condimentos", 10, 9_400, "almacen",
     "clásica/light/con oliva", _POTE),
    ("Galleta", "Almacén", "Galletitas", 10, 7_200, "almacen",
     "cuartel/coquito/de agua/con sésamo/integral", _POTE),
    ("Leche", "Lácteos", "Leches", 5, 7_300, "lacteos",
     "entera/descremada/deslactosada/con hierro", _LITRO),
    ("Yogur", "Lácteos", "Yogures", 10, 8_600, "lacteos",
     "de frutilla/de vainilla/de durazno/natural/de coco", _POTE),
    ("Queso", "Lácteos", "Quesos", 10, 28_900, "lacteos",
     "Paraguay/mozzarella/sándwich/cremoso", _POTE),
    ("Manteca", "Lácteos", "Mantecas", 10, 14_900, "lacteos", "con sal/sin sal", _POTE),
    ("Dulce de leche", "Lácteos", "Postres", 10, 16_400, "lacteos",
     "tradicional/repostero/con coco", _POTE),
    ("Gaseosa", "Bebidas", "Gaseosas", 10, 8_200, "bebidas",
     "cola/naranja/guaraná/pomelo/cola sin azúcar", _BOTELLA),
    ("Jugo", "Bebidas", "Jugos", 10, 9_100, "bebidas",
     "de naranja/de durazno/de mburukuja/de pomelo/de manzana", _BOTELLA),
    ("Agua mineral", "Bebidas", "Aguas", 10, 4_700, "bebidas",
     "sin gas/con gas/saborizada limón", _BOTELLA),
    ("Cerveza", "Bebidas", "Cervezas", 10, 12_600, "bebidas",
     "rubia/negra/de trigo/sin alcohol", _BOTELLA),
    ("Caña", "Bebidas", "Licores", 10, 24_500, "bebidas", "blanca/añejada/con miel", _ENVASE),
    ("Bebida isotónica", "Bebidas", "Aguas", 10, 10_400, "bebidas",
     "limón/frutas rojas/mandarina", _BOTELLA),
    ("Detergente", "Limpieza", "Lavado de vajilla", 10, 9_700, "limpieza",
     "limón/manzana/aloe", _ENVASE),
    ("Jabón en polvo", "Limpieza", "Lavado de ropa", 10, 17_800, "limpieza",
     "floral/blancura/bebé/matic", _KILO),
    ("Jabón de coco", "Limpieza", "Lavado de ropa", 10, 4_900, "limpieza",
     "blanco/azul", _POTE),
    ("Suavizante", "Limpieza", "Lavado de ropa", 10, 15_900, "limpieza",
     "brisa/jazmín/bebé", _LITRO),
    ("Lavandina", "Limpieza", "Desinfección", 10, 6_300, "limpieza",
     "tradicional/en gel/perfumada", _LITRO),
    ("Desodorante de ambiente", "Limpieza", "Desinfección", 10, 13_700, "limpieza",
     "lavanda/cítrico/vainilla/azahar", _ENVASE),
    ("Papel higiénico", "Limpieza", "Papeles", 10, 12_900, "limpieza",
     "simple hoja/doble hoja/con aloe", _UNIDAD),
    ("Champú", "Perfumería", "Cabello", 10, 19_900, "perfumeria",
     "con coco/anticaspa/para rizos/neutro", _ENVASE),
    ("Acondicionador", "Perfumería", "Cabello", 10, 21_500, "perfumeria",
     "con coco/reparador/para rizos", _ENVASE),
    ("Jabón de tocador", "Perfumería", "Cuerpo", 10, 4_800, "perfumeria",
     "avena/glicerina/rosas/karité", _CHICO),
    ("Crema dental", "Perfumería", "Higiene bucal", 10, 11_200, "perfumeria",
     "menta/blanqueadora/infantil", _CHICO),
    ("Pañal", "Perfumería", "Bebé", 10, 46_000, "perfumeria",
     "talle P/talle M/talle G/talle XG", _UNIDAD),
    ("Caramelo", "Golosinas", "Caramelos", 10, 6_400, "golosinas",
     "frutal/de miel/de leche/ácido/mentolado", _POTE),
    ("Chocolate", "Golosinas", "Chocolates", 10, 12_300, "golosinas",
     "con leche/amargo/con maní/blanco", _CHICO),
    ("Alfajor", "Golosinas", "Alfajores", 10, 4_300, "golosinas",
     "de maicena/negro/blanco/triple", _CHICO),
    ("Maní", "Golosinas", "Snacks", 10, 6_900, "golosinas",
     "salado/con cáscara/garrapiñada/japonés", _CHICO),
    ("Papas fritas", "Golosinas", "Snacks", 10, 9_300, "golosinas",
     "clásicas/onduladas/sabor asado/con queso", _CHICO),
    ("Hamburguesa", "Congelados", "Carnes", 5, 21_700, "congelados",
     "vacuna/de pollo/mixta", _POTE),
    ("Filete de pescado", "Congelados", "Carnes", 5, 38_500, "congelados",
     "surubí/tilapia/pacú", _KILO),
    ("Chipa congelada", "Congelados", "Panificados", 10, 22_800, "congelados",
     "almidón/so'o/guasu", _KILO),
    ("Cuaderno", "Kiosco y librería", "Útiles", 10, 13_400, "kiosco",
     "tapa dura/tapa blanda/cuadriculado", _HOJAS),
    ("Libro de lectura", "Kiosco y librería", "Libros", 0, 45_000, "kiosco",
     "cuentos guaraníes/leyendas del Paraguay/poesía escolar/historia nacional", _TOMO),
    ("Revista", "Kiosco y librería", "Prensa", 0, 18_000, "kiosco",
     "educativa/de crucigramas/agropecuaria", _TOMO),
    ("Alimento para perro", "Mascotas", "Alimento", 10, 19_600, "mascotas",
     "adulto carne/cachorro/senior/razas pequeñas", _BOLSA),
    ("Alimento para gato", "Mascotas", "Alimento", 10, 24_300, "mascotas",
     "adulto pescado/gatito/castrado", _BOLSA),
)
# fmt: on

FAMILIAS: tuple[Familia, ...] = tuple(
    Familia(
        nombre,
        linea,
        grupo,
        tasa,
        precio,
        marcas,
        tuple(variedades.split("/")),
        tuple(Presentacion(*medida) for medida in medidas),
    )
    for nombre, linea, grupo, tasa, precio, marcas, variedades, medidas in _FILAS
)
# How an article is packed: units, and the % of their price that they cost together.
EMPAQUES: tuple[tuple[int, int], ...] = ((1, 100), (6, 97), (12, 95), (24, 93))
# Qualities of the same article, and the % that each costs.
CALIDADES: tuple[tuple[str, int], ...] = (("", 100), ("premium", 130))
