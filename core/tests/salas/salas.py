"""The rooms' table: whom each asks inside its app, and its doors. Map: docs/arquitectura.md."""

from __future__ import annotations

from core.tests.salas.reglas import Sala

SALAS = {
    "core/acceso": Sala(
        usa=("entrada", "texto", "web"),
        puertas=(
            "claves",
            "credenciales",
            "cuentas",
            "dispositivos",
            "guardado",
            "mis_sesiones",
            "portero",
            "puerta",
            "respaldo",
            "sesiones",
            "usuarios",
        ),
    ),
    "core/administracion": Sala(
        usa=("acceso", "planillas", "rest", "texto"),
        puertas=("consulta", "exportacion", "filas", "filas_por_empresa", "paginas", "sesiones"),
    ),
    "core/datos": Sala(
        usa=("texto",),
        puertas=(
            "buscador",
            "busqueda",
            "cache",
            "cola",
            "conjuntos",
            "funciones",
            "redisdb",
            "reintentos",
        ),
    ),
    "core/entrada": Sala(
        usa=("web",),
        puertas=(
            "consulta_acotada",
            "cuerpo",
            "direcciones",
            "partida",
            "presupuesto_json",
            "quien",
            "tamanos",
        ),
    ),
    "core/formatos": Sala(puertas=(".",)),
    "core/lz": Sala(puertas=(".", "alphabets", "encoder", "errors")),
    "core/planillas": Sala(
        puertas=("celdas", "descarga", "inerte", "libro", "separado", "tablas", "tramos"),
    ),
    "core/procesos": Sala(
        usa=("datos",),
        puertas=("aparte", "latido", "memoria", "recolector", "registros", "salud", "sentry"),
    ),
    "core/rest": Sala(
        usa=("datos", "entrada", "texto", "web"),
        puertas=(
            "autenticacion",
            "campos",
            "consulta",
            "documentacion",
            "escritores",
            "esquema",
            "filtros",
            "lectores",
            "limites",
            "navegable",
            "respuestas",
            "rutas",
            "token",
        ),
    ),
    "core/texto": Sala(
        puertas=(
            "campos",
            "cifras",
            "citas",
            "frases_de_cifra",
            "limpieza",
            "normal",
            "numeros",
            "parecido",
            "visible",
        )
    ),
    "core/web": Sala(
        puertas=(
            "contexto",
            "demostracion",
            "errores_http",
            "estaticos",
            "htmx",
            "listas",
            "navegacion",
            "precarga",
            "zona",
            "sin_linea",
        )
    ),
    "gestion_precios/articulos": Sala(puertas=("busqueda", "choques", "ean")),
    "gestion_precios/demo": Sala(
        usa=("articulos", "motor"), puertas=("carga", "distribuidora", "propias")
    ),
    "gestion_precios/listas": Sala(
        usa=("motor",),
        puertas=(
            "avisos",
            "duplicado",
            "historial",
            "linea_tiempo",
            "mover_fechas",
            "orden_reglas",
            "tablas",
            "vencimientos",
        ),
    ),
    "gestion_precios/motor": Sala(
        puertas=(
            "cotizacion",
            "cotizador",
            "explicacion",
            "faltantes",
            "frases_regla",
            "pisos",
            "reglamentos",
            "reglamentos_tocados",
            "reglas",
            "respuestas",
            "vigencia",
        )
    ),
    "gestion_precios/paginas": Sala(
        usa=("articulos", "listas", "motor", "personas", "planillas"),
        puertas=(
            "combinaciones",
            "edicion",
            "historia",
            "intercambio",
            "listas",
            "precios",
            "regla_formulario",
            "reglas",
            "simulador/paginas",
        ),
    ),
    "gestion_precios/personas": Sala(puertas=("alcance", "filas", "palabras", "permisos")),
    "gestion_precios/planillas": Sala(
        puertas=(
            "celdas",
            "hechas",
            "intercambio",
            "lectura/columnas",
            "lectura/limites",
            "rechazos",
            "tablas",
        )
    ),
    "gestion_precios/rest": Sala(
        usa=("listas",), puertas=("ejemplos", "filtros", "parametros", "resultados")
    ),
    "sales/cambios": Sala(puertas=("lectura", "registro")),
    "sales/catalogo": Sala(
        usa=("precios",),
        puertas=("asgi", "cabeceras", "programacion", "publicacion", "secciones", "vigente"),
    ),
    "sales/clientes": Sala(puertas=("busqueda", "frases_de_numero", "ruc", "tributario")),
    "sales/demo": Sala(
        usa=("catalogo", "clientes", "lotes", "pedidos", "personas", "precios"),
        puertas=("borrado", "carga", "gente", "trafico", "vida"),
    ),
    "sales/documentos": Sala(
        usa=("pedidos",),
        puertas=(
            "archivo",
            "carga",
            "correo",
            "hoja_de_carga",
            "impresos",
            "seleccion",
            "texto",
        ),
    ),
    "sales/exportacion": Sala(
        usa=("lotes", "pantalla", "pedidos"), puertas=("lineas", "lotes", "pedidos")
    ),
    "sales/importacion": Sala(
        usa=("catalogo", "clientes", "personas"),
        puertas=("campos", "hechos", "pantalla", "plantillas", "trabajo"),
    ),
    "sales/lotes": Sala(
        usa=("cambios", "payload", "precios"),
        puertas=("bandeja", "fallos", "filas_tarea", "ingesta", "situacion"),
    ),
    "sales/pantalla": Sala(
        usa=("documentos", "lotes", "pedidos", "personas", "precios"),
        puertas=(
            "compartir",
            "imprimir",
            "lote",
            "opciones",
            "panel",
            "parametros",
            "pedido",
            "periodo",
            "resultados",
            "tendencias",
        ),
    ),
    "sales/payload": Sala(puertas=(".", "recibos")),
    "sales/pedidos": Sala(
        usa=("cambios", "precios"),
        puertas=(
            "anulacion",
            "confirmacion",
            "estados",
            "historia",
            "lo_permitido",
            "manuales",
            "revision",
            "tabla_de_estados",
            "totales",
        ),
    ),
    "sales/personas": Sala(
        puertas=(
            "derechos",
            "filas",
            "formularios",
            "gestion",
            "grupos",
            "historia",
            "invitaciones",
            "permisos",
            "roles",
            "vinculos",
        )
    ),
    "sales/precios": Sala(usa=("payload",), puertas=("iva", "sistema", "valoracion")),
    "sales/views": Sala(
        usa=(
            "cambios",
            "catalogo",
            "clientes",
            "documentos",
            "exportacion",
            "importacion",
            "lotes",
            "pantalla",
            "pedidos",
            "personas",
        ),
        puertas=(
            "api_cambios",
            "api_lotes",
            "api_pedidos",
            "datos",
            "entrada",
            "exportaciones",
            "inicio",
            "invitacion",
            "paginas_documentos",
            "paginas_hechos",
            "paginas_importaciones",
            "paginas_lotes",
            "paginas_pedidos",
            "paginas_personas",
        ),
    ),
    "realtime/demo": Sala(usa=("tarjetas",), puertas=("vida",)),
    "realtime/en_vivo": Sala(puertas=("boletos", "emisora", "eventos", "version")),
    "realtime/paginas": Sala(
        usa=("en_vivo", "personas", "rest", "tarjetas"),
        puertas=("exportaciones", "pedido", "tablero"),
    ),
    "realtime/personas": Sala(puertas=("filas", "permisos")),
    "realtime/rest": Sala(usa=("personas", "tarjetas"), puertas=("filtros", "vistas")),
    "realtime/tarjetas": Sala(
        usa=("en_vivo",),
        puertas=(
            "acciones",
            "encuesta",
            "historia",
            "movimientos",
            "recepcion",
            "repaso",
            "vencidas",
        ),
    ),
    "static/js/catalogo": Sala(
        usa=("comun", "lectura", "motor"), puertas=("adelanto", "caja", "catalogo")
    ),
    "static/js/comun": Sala(
        usa=("pestanas",),
        puertas=(
            "almacen",
            "combobox",
            "conexion",
            "dinero",
            "dom",
            "frases",
            "identificador",
            "limites",
            "momento",
            "rechazos",
            "red",
            "reloj",
            "retroceso",
            "textos",
        ),
    ),
    "static/js/cuaderno": Sala(
        usa=("comun", "motor"), puertas=("archivo", "libreta", "lotes", "pedidos", "reprecio")
    ),
    "static/js/documento": Sala(usa=("comun", "pagina")),
    "static/js/envio": Sala(usa=("comun", "cuaderno", "pestanas"), puertas=("envio",)),
    "static/js/lectura": Sala(
        usa=("comun",),
        puertas=("cifras", "codigos", "frases_de_cifra", "importes", "normal", "parecido"),
    ),
    "static/js/mesa": Sala(
        usa=(
            "catalogo",
            "comun",
            "cuaderno",
            "envio",
            "lectura",
            "motor",
            "pagina",
            "pestanas",
            "sin_linea",
        )
    ),
    "static/js/motor": Sala(puertas=("faltantes", "iva", "motor", "precios_de_canal")),
    "static/js/pagina": Sala(
        usa=("catalogo", "comun", "pestanas"), puertas=("avisos", "sesion", "sonido")
    ),
    "static/js/panel": Sala(),
    "static/js/pestanas": Sala(puertas=("orden", "titular")),
    "static/js/precios": Sala(usa=("comun", "lectura", "pagina")),
    "static/js/sin_linea": Sala(usa=("comun", "cuaderno"), puertas=("parametros", "permanencia")),
    "static/js/tablero": Sala(usa=("comun", "pagina")),
}
