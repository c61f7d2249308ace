// static/vendor/chart.js as the modules use it.
declare class Chart {
  constructor(lienzo: HTMLCanvasElement, configuracion: object);
  destroy(): void;
}
export default Chart;
