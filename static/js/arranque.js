// Starts Alpine with the desk's component, and the keys that work everywhere on the page.

import Alpine from "../vendor/alpine-csp.js";
import { mesa } from "./mesa.js";

Alpine.data("mesa", mesa);
Alpine.start();
