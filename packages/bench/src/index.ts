export { median } from "./measure/statistics.ts";
