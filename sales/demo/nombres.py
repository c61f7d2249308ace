"""Names for the demo's shops and people, as one reads them in Paraguay. All invented."""

from __future__ import annotations

# fmt: off
MUJERES = (
    "María Liz", "Ramona", "Cármen Beatriz", "Lucía", "Fátima Noemí", "Nidia Concepción",
    "Zunilda", "Analía", "Liz Paola", "Rossana", "Sebastiana", "Petrona", "Celeste",
    "Norma Elizabeth", "Mirtha", "Juana de la Cruz",
)
VARONES = (
    "José Asunción", "Hugo César", "Blas Antonio", "Teófilo", "Derlis", "Óscar Ramón",
    "Christian Raúl", "Gumercindo", "Eulogio", "Miguel Ángel", "Arnaldo", "Édgar Daniel",
    "Wilfrido", "Cirilo", "Fulgencio", "Rigoberto",
)
APELLIDOS = (
    "Benítez", "González", "Ayala", "Giménez", "Ñamandú", "Acuña", "Villalba", "Cabañas",
    "Núñez", "Ortiz", "Candia", "Yegros", "Arévalo", "Caballero", "Ibáñez", "Mareco", "Chamorro",
    "Duarte", "Peña", "Saldívar", "Amarilla", "Cañete", "Franco", "Guerrero", "Insfrán", "Ocampo",
    "Quiñónez", "Rolón", "Servín", "Paredes", "Ucedo", "Vera", "Zárate", "Ñumbay", "Maidana",
    "Irala", "Careaga", "Bogado", "Espínola", "Leguizamón",
)
PROPIOS = (
    "San Cayetano", "Virgen de Caacupé", "8 de Diciembre", "Tupãrenda", "El Tereré", "Mbocaja",
    "La Esquina del Ñandutí", "Kuñataĩ", "Ykua Sati", "Tres Hermanos", "El Lapacho",
    "15 de Agosto", "Jasy Jatere", "Santa Librada", "La Cigüeña", "El Mangal", "Ko'ẽju",
    "Ára Porã", "San Blas", "La Bendición", "Ñande Róga", "El Trébol de Cuatro", "Paz del Chaco",
    "La Familia", "El Paraíso", "Mainumby", "Pa'i Pérez", "Panambí", "La Colmena", "Yvoty",
    "El Amanecer", "Sol Naciente",
)
BARRIOS = (
    "Barrio Obrero", "Sajonia", "Villa Morra", "Loma Pytã", "San Lorenzo", "Luque", "Capiatá",
    "Fernando de la Mora", "Ñemby", "Lambaré", "Itauguá", "Areguá", "Mariano Roque Alonso",
    "Limpio", "Villa Elisa", "Ypacaraí", "Ciudad del Este", "Hernandarias", "Presidente Franco",
    "Minga Guazú", "Caaguazú", "Coronel Oviedo", "Villarrica", "Encarnación", "Itá", "Paraguarí",
    "Barrio Boquerón", "Área 1", "Don Bosco", "Remansito", "km 4", "km 7 Acaray",
)
RAMOS = (
    "Comercial", "Distribuciones", "Inversiones", "Importadora", "Mercantil", "Agrocomercial",
    "Emprendimientos", "Alimentos",
)
SOCIEDADES = ("S.A.", "S.R.L.", "E.A.S.", "Cooperativa Ltda.")
# fmt: on
