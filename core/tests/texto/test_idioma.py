"""Everything people read is Spanish, with the numbers and dates of Paraguay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.template import Context, Template
from django.utils import formats

from core.texto.traducciones import compilar

ORIGEN = Path(settings.BASE_DIR) / "locale" / "es" / "LC_MESSAGES" / "django.po"
# Words that English and Spanish do not share, as the libraries name their models and fields.
INGLES = {"access", "attempt", "attempts", "result", "results", "task", "group", "failure", "date"}


def test_the_catalogue_compiles(tmp_path: Path) -> None:
    copia = tmp_path / "django.po"
    copia.write_bytes(ORIGEN.read_bytes())
    assert compilar(tmp_path) == [tmp_path / "django.mo"]
    assert compilar(tmp_path) == []


def test_every_entry_is_translated_with_its_placeholders() -> None:
    for entrada in polib.pofile(str(ORIGEN), check_for_duplicates=True):
        assert entrada.msgstr
        for hueco in ("%s", "%(name)s", "%(obj)s", "%(type_name)s", "%(verbose_name)s"):
            assert entrada.msgid.count(hueco) == entrada.msgstr.count(hueco)


def test_the_administration_lists_spanish_names() -> None:
    traducido = {e.msgid: e.msgstr for e in polib.pofile(str(ORIGEN))}
    for modelo in admin.site._registry:
        nombre = modelo._meta.verbose_name_raw
        assert not INGLES & set(traducido.get(nombre, str(modelo._meta.verbose_name)).split())


@pytest.mark.parametrize(
    ("valor", "texto"),
    [
        (1234567, "1.234.567"),
        (Decimal("1234.5"), "1.234,5"),
        (dt.date(2026, 11, 3), "03/11/2026"),
        (dt.datetime(2026, 11, 3, 14, 5, tzinfo=dt.UTC), "03/11/2026 11:05"),
    ],
)
def test_numbers_and_dates_of_paraguay(valor: object, texto: str) -> None:
    assert Template("{{ valor }}").render(Context({"valor": valor})) == texto


@pytest.mark.parametrize("escrito", ["03/11/2026", "2026-11-03"])
def test_dates_are_read_as_people_write_them(escrito: str) -> None:
    leido = {
        dt.datetime.strptime(escrito, formato).date()  # noqa: DTZ007  # a date, no zone
        for formato in formats.get_format("DATE_INPUT_FORMATS")
        if _entra(escrito, formato)
    }
    assert leido == {dt.date(2026, 11, 3)}


def _entra(escrito: str, formato: str) -> bool:
    try:
        dt.datetime.strptime(escrito, formato)  # noqa: DTZ007  # only whether it fits
    except ValueError:
        return False
    return True
