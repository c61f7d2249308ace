// Whether the browser keeps what is here, or may throw it away when it wants the room; and how old
// the catalogue is that one goes on with. Pure but for the storage manager it is given.

import { plural } from "../comun/textos.js";

const HORA = 60 * 60_000;
const DIA = 24 * HORA;

/**
 * Ask not to have it thrown away; a browser that was asked already only answers. "" when it cannot
 * say (no HTTPS).
 * @param {Pick<StorageManager, "persist" | "persisted"> | undefined} gestor navigator.storage
 * @returns {Promise<"conserva" | "puede_borrar" | "">}
 */
export async function pedirPermanencia(gestor) {
  if (!gestor?.persist) return "";
  try {
    return (await gestor.persisted()) || (await gestor.persist()) ? "conserva" : "puede_borrar";
  } catch {
    return "";
  }
}

/**
 * "de hace 3 días", in the biggest unit that is whole; "" under an hour, or without a date.
 * @param {string | null} generado ISO
 * @param {number} ahora milliseconds
 */
export function edad(generado, ahora) {
  const pasado = ahora - Date.parse(generado ?? "");
  if (!(pasado >= HORA)) return "";
  if (pasado < DIA) return `de hace ${plural(Math.floor(pasado / HORA), "hora", "horas")}`;
  return `de hace ${plural(Math.floor(pasado / DIA), "día", "días")}`;
}
