// What every page does; each part is a module of its own.

import { iniciarActualizacion } from "./actualizacion.js";
import { iniciarApariencia } from "./apariencia.js";
import { iniciarAvisos } from "./avisos.js";
import { cuidarFormularios } from "./formularios.js";
import { enfocarPrimerCampo } from "./primer_campo.js";
import { iniciarMenu } from "./menu.js";
import { iniciarPulso } from "./pulso.js";
import { iniciarSalida } from "./salir.js";
import { iniciarSesion } from "./sesion.js";
import { iniciarSondeo } from "./sondeo.js";
import { iniciarTeclado } from "./teclado.js";

iniciarApariencia();
iniciarAvisos();
cuidarFormularios();
enfocarPrimerCampo();
iniciarMenu();
iniciarPulso();
iniciarSalida();
iniciarSesion();
iniciarSondeo();
iniciarTeclado();
iniciarActualizacion();
