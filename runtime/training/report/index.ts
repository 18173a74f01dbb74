export { coefficientChart } from './coefficient-chart.js';
export { inputsChart } from './inputs-chart.js';
export { movementChart, type MovementOptions } from './movement-chart.js';
export { shapeChart, type ShapeOptions } from './shape-chart.js';
export { trainingReport, type ReportOptions } from './training-report.js';
