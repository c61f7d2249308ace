// static/vendor/alpine-csp.js as the modules use it.
declare const Alpine: {
  data(nombre: string, componente: () => object): void;
  start(): void;
};
export default Alpine;
