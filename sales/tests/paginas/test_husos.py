"""The company's clock as the browser gets it: the installed rules, whatever the system's are."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.checks import datos_horarios
from sales.pantalla.husos import ADELANTE, ATRAS, husos

HOY = date(2026, 11, 30)
AHORA = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zona", "cuantos"),
    [
        ("America/Asuncion", 1),
        ("America/Lima", 1),
        ("America/Santiago", 7),
        ("America/St_Johns", 8),
        ("Europe/Madrid", 8),
        ("Asia/Kolkata", 1),
    ],
)
def test_every_moment_has_its_offset(zona: str, cuantos: int) -> None:
    lista = husos(zona, HOY)
    assert len(lista) == cuantos
    azar = random.Random(7)
    segundos = int((ATRAS + ADELANTE).total_seconds()) - 1
    inicio = AHORA - ATRAS
    momentos = [inicio + timedelta(seconds=azar.randint(0, segundos)) for _ in range(300)]
    momentos += [datetime.fromtimestamp(ms / 1000, UTC) for ms, _ in lista]
    momentos += [datetime.fromtimestamp(ms / 1000 - 1, UTC) for ms, _ in lista[1:]]
    for momento in momentos:
        ms = momento.timestamp() * 1000
        minutos = [m for desde, m in lista if desde <= ms][-1]
        suyo = momento.astimezone(ZoneInfo(zona)).utcoffset()
        assert suyo == timedelta(minutes=minutos), momento
    assert momentos[0] < AHORA + ADELANTE


def test_paraguay_keeps_its_summer_clock() -> None:
    assert husos("America/Asuncion", HOY)[0][1] == -180


def test_the_systems_own_data_are_not_asked() -> None:
    codigo = (
        "import django, zoneinfo; django.setup();"
        "print(zoneinfo.TZPATH, zoneinfo.ZoneInfo('America/Asuncion'))"
    )
    hecho = subprocess.run(
        [sys.executable, "-c", codigo],
        env={"DJANGO_SETTINGS_MODULE": "core.settings", "PYTHONTZPATH": "/usr/share/zoneinfo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert hecho.stdout.strip() == "() America/Asuncion"


def test_old_data_stop_the_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    assert datos_horarios() == []
    monkeypatch.setattr("core.checks.ZoneInfo", lambda _zona: ZoneInfo("America/Santiago"))
    [error] = datos_horarios()
    assert (error.id, error.hint) == ("core.E002", "Install the requirements again: tzdata.")
