export { median } from "./measure/statistics.ts";
export { reportFile, toJson, writeReport } from "./commands/options.ts";
export { barPlot } from "./report/bar-plot.ts";
export { linePlot } from "./report/line-plot.ts";
export { page, plots, printed } from "./report/page.ts";
