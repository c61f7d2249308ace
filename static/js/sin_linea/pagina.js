// The page for when there is no line: a way to the desk, if somebody's is on this computer.

import { buscar } from "./parametros.js";

const hayMesa = buscar(() => localStorage) !== null;
const mesa = document.querySelector("[data-mesa]");
mesa?.toggleAttribute("hidden", !hayMesa);
document.querySelector("[data-nadie]")?.toggleAttribute("hidden", hayMesa || !mesa);
document.querySelector("[data-reintentar]")?.addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());
