"""The demo's shops of Lima and Arequipa, with the RUC of Peru. All invented. Pure: no Django."""

from __future__ import annotations

from typing import Final

from stdnum.pe.ruc import calc_check_digit

from sales.demo.clientes import AUTOSERVICIOS, GASTRONOMIA, ClienteDemo

# The channels that have a list in each branch: ECOMMERCE in Lima, TIENDA in Arequipa.
# RUC without its check digit (10: a person, by their DNI; 20: a company), owner, shop
LIMA: Final = (
    ("2060012345", "Inversiones Huaylas S.A.C.", "Bodega Huaylas - Chorrillos"),
    ("2060123458", "Comercial Rímac E.I.R.L.", "Minimarket Rímac - San Martín de Porres"),
    ("2055198760", "Distribuidora Pachacútec S.A.", "Pachacútec Mayorista - Villa El Salvador"),
    ("1041237896", "Rosa Quispe Mamani", "Bodega Doña Rosa - Surquillo"),
    ("1009876543", "Julio Huamán Ccori", "Chifa Buen Sabor - Lince"),
    ("1045612378", "Milagros Ñaupari Rojas", "Juguería Milagros - Breña"),
    ("2050876541", "Panificadora El Trigal S.R.L.", "Panadería El Trigal - Jesús María"),
    ("1070123459", "Óscar Chávez Núñez", "Sanguchería Don Óscar - Barranco"),
)
AREQUIPA: Final = (
    ("2045500123", "Comercial Misti S.A.C.", "Autoservicio Misti - Cayma"),
    ("2060455567", "Mercantil Characato E.I.R.L.", "Minimarket Characato - Yanahuara"),
    ("1029456781", "Nélida Apaza Condori", "Bodega La Blanca - Cerro Colorado"),
    ("1042987654", "Fredy Zegarra Begazo", "Abarrotes Don Fredy - Paucarpata"),
)


def clientes_de_peru() -> list[ClienteDemo]:
    """The shops of both branches, always the same ones."""
    canales = ((GASTRONOMIA, LIMA), (AUTOSERVICIOS, AREQUIPA))
    return [
        ClienteDemo(base + calc_check_digit(base), razon, fantasia, canal, pais="PE")
        for canal, tiendas in canales
        for base, razon, fantasia in tiendas
    ]
