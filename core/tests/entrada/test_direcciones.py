"""How an address is read, and whose it is: everything unreadable leaves what is known."""

from __future__ import annotations

import pytest

from core.entrada.direcciones import Confianza, Origen, leer_direccion, leer_redes, red_de, resolver

UNO = Confianza(1)
DOS = Confianza(2)
REMOTO = Confianza(1, leer_redes(["10.0.0.5", "fd00::/8"]))
CADENA = Confianza(2, leer_redes(["10.0.0.5", "203.0.113.8/31"]))


@pytest.mark.parametrize(
    ("texto", "leida"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7\t", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("2001:DB8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:80", "fe80::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:1", "203.0.113.7"),
        *(
            (malo, None)
            for malo in (
                "",
                "unknown",
                "_oculto",
                "unix:",
                "-",
                "ejemplo.com",
                "203.0.113.7/32",
                "203.0.113.07",
                "203.0.113.7 1",
                "203.0.113",
                "3405803783",
                "0xcb.0.113.7",
                "2001:db8::1]:80",
                "[2001:db8::1",
                "[2001:db8::1]x",
                "２03.0.113.7",
                "203.0.113.7\x00",
                "1" * 5000,
                '"203.0.113.7"',
            )
        ),
    ],
)
def test_an_address_is_read_in_every_way_proxies_write_it(texto: str, leida: str | None) -> None:
    assert (str(leer_direccion(texto)) if leida else leer_direccion(texto)) == leida


@pytest.mark.parametrize(
    ("confianza", "vecino", "cadena", "direccion"),
    [
        # Nobody is believed.
        (Confianza(), "127.0.0.1", "6.6.6.6", "127.0.0.1"),
        (Confianza(), "203.0.113.7", "6.6.6.6", "203.0.113.7"),
        (Confianza(), None, "6.6.6.6", "127.0.0.1"),
        (Confianza(), "testclient", "6.6.6.6", "0.0.0.0"),
        (Confianza(), "::ffff:203.0.113.7", "", "203.0.113.7"),
        # One proxy, counted: what it wrote is the last entry, whatever stands before.
        (UNO, "127.0.0.1", "203.0.113.7", "203.0.113.7"),
        (UNO, "127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (UNO, "127.0.0.1", "6.6.6.6," * 5000 + "203.0.113.7:99", "203.0.113.7"),
        (UNO, None, "[2001:db8::1]:99", "2001:db8::1"),
        (UNO, "192.168.1.1", "203.0.113.7", "203.0.113.7"),
        (UNO, "::1", "203.0.113.7", "203.0.113.7"),
        (UNO, "127.0.0.1", "", "127.0.0.1"),
        (UNO, "127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        (UNO, "127.0.0.1", "203.0.113.7,", "127.0.0.1"),
        # A stranger who comes past it speaks for himself only.
        (UNO, "198.51.100.9", "203.0.113.7", "198.51.100.9"),
        (UNO, "100.64.0.1", "203.0.113.7", "100.64.0.1"),
        # Two, counted: one entry is too few.
        (DOS, "127.0.0.1", "203.0.113.7, 10.0.0.5", "203.0.113.7"),
        (DOS, "127.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.5", "203.0.113.7"),
        (DOS, "127.0.0.1", "203.0.113.7", "127.0.0.1"),
        (DOS, "127.0.0.1", "basura, 10.0.0.5", "127.0.0.1"),
        # Named: each one that speaks must be one of them.
        (REMOTO, "10.0.0.5", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (REMOTO, "fd00::1%eth0", "203.0.113.7", "203.0.113.7"),
        (REMOTO, "10.0.0.6", "203.0.113.7", "10.0.0.6"),
        (REMOTO, "127.0.0.1", "203.0.113.7", "127.0.0.1"),
        (REMOTO, "10.0.0.5", "unknown", "10.0.0.5"),
        (CADENA, "10.0.0.5", "6.6.6.6, 203.0.113.7, 203.0.113.9", "203.0.113.7"),
        # Past the outer one: the inner wrote the last entry, and it is nobody's of ours.
        (CADENA, "10.0.0.5", "6.6.6.6, 198.51.100.9", "198.51.100.9"),
        (CADENA, "10.0.0.5", "unknown, 203.0.113.9", "203.0.113.9"),
        (CADENA, "10.0.0.5", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_who_is_counted(
    confianza: Confianza, vecino: str | None, cadena: str, direccion: str
) -> None:
    assert resolver(vecino, cadena, "", confianza).direccion == direccion


@pytest.mark.parametrize(
    ("confianza", "vecino", "cadena", "dicho", "esquema"),
    [
        (Confianza(), "127.0.0.1", "203.0.113.7", "https", None),
        (UNO, "127.0.0.1", "203.0.113.7", "https", "https"),
        (UNO, "127.0.0.1", "", " HTTPS ", "https"),
        (UNO, "127.0.0.1", "203.0.113.7", "http", "http"),
        (UNO, "127.0.0.1", "203.0.113.7", "https, http", "http"),
        (UNO, "127.0.0.1", "203.0.113.7", "http, https", "https"),
        (UNO, "127.0.0.1", "203.0.113.7", "", None),
        (UNO, "127.0.0.1", "203.0.113.7", "wss", None),
        (UNO, "127.0.0.1", "203.0.113.7", "https\x00", None),
        (UNO, "198.51.100.9", "203.0.113.7", "https", None),
        (DOS, "127.0.0.1", "203.0.113.7, 10.0.0.5", "https", "https"),
        (DOS, "127.0.0.1", "203.0.113.7, 10.0.0.5", "http, https, http", "https"),
        (REMOTO, "10.0.0.6", "203.0.113.7", "https", None),
        (REMOTO, "10.0.0.5", "203.0.113.7", "https", "https"),
        (CADENA, "10.0.0.5", "198.51.100.9", "https, http", "http"),
    ],
)
def test_https_counts_only_from_a_trusted_proxy(
    confianza: Confianza, vecino: str, cadena: str, dicho: str, esquema: str | None
) -> None:
    assert resolver(vecino, cadena, dicho, confianza).esquema == esquema


def test_a_believed_answer_says_so() -> None:
    assert resolver("::1", "203.0.113.7", "", UNO) == Origen("203.0.113.7", None, creido=True)
    assert not resolver("8.8.8.8", "203.0.113.7", "", UNO).creido


@pytest.mark.parametrize(
    ("direccion", "red"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("nada", "0.0.0.0"),
    ],
)
def test_an_ipv6_network_counts_as_one(direccion: str, red: str) -> None:
    assert red_de(direccion) == red
