// HTTP of the desk: JSON in and out, this session's CSRF token read at the moment of sending.

const ESPERA = 20_000;
// The slowest line that counts as one, in characters per millisecond: 16 kbit/s.
const LINEA_LENTA = 2;

/** No answer at all: refused, cut, timed out. */
export class SinRed extends Error {}

export class Red {
  /** `alFechar(date)` hears each answer's Date header. */
  constructor({
    cookieCsrf,
    buscar = (...args) => fetch(...args),
    galletas = () => document.cookie,
    alFechar = () => {},
  }) {
    this.cookieCsrf = cookieCsrf;
    this.alFechar = alFechar;
    this.buscar = buscar;
    this.galletas = galletas;
  }

  pedir(url) {
    return this.llamar(url, { headers: { Accept: "application/json" } });
  }

  /** POST; a big body gets the time that a bad line needs for it. */
  enviar(url, cuerpo) {
    const texto = JSON.stringify(cuerpo);
    const opciones = {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.csrf(),
      },
      body: texto,
    };
    return this.llamar(url, opciones, ESPERA + Math.ceil(texto.length / LINEA_LENTA));
  }

  /** A fragment, parsed; null when the answer is another thing, or there is none. */
  async fragmento(url) {
    const respuesta = this.llamar(url, { headers: { "HX-Request": "true" } });
    const { estado, texto } = await respuesta.catch(soloSinRed);
    return estado === 200 ? new DOMParser().parseFromString(texto, "text/html") : null;
  }

  /** `{estado, cuerpo, esperar}`: status, parsed JSON or {}, seconds of Retry-After or 0. */
  async llamar(url, opciones, espera = ESPERA) {
    let respuesta;
    let texto;
    try {
      const signal = AbortSignal.timeout(espera);
      const base = { credentials: "same-origin", redirect: "manual", cache: "no-store", signal };
      respuesta = await this.buscar(url, { ...base, ...opciones });
      texto = await respuesta.text();
    } catch (error) {
      throw new SinRed(error.name, { cause: error });
    }
    this.alFechar(respuesta.headers.get("Date"));
    // A redirect of an API is the login page: the session is over.
    const estado = respuesta.type === "opaqueredirect" ? 401 : respuesta.status;
    const esperar = Number(respuesta.headers.get("Retry-After")) || 0;
    return { estado, cuerpo: interpretar(texto), esperar, texto };
  }

  // Signing in changes the token: a page that stayed open must not send its old one.
  csrf() {
    return galleta(this.galletas(), this.cookieCsrf);
  }
}

function soloSinRed(error) {
  if (!(error instanceof SinRed)) throw error;
  return {};
}

/** The value of a cookie, "" when there is none; pure. */
export function galleta(galletas, nombre) {
  const par = galletas.split("; ").find((una) => una.startsWith(`${nombre}=`));
  return par ? decodeURIComponent(par.slice(nombre.length + 1)) : "";
}

function interpretar(texto) {
  try {
    return JSON.parse(texto) ?? {};
  } catch {
    return {};
  }
}
