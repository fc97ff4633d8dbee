export { type TrafficOptions, runTraffic } from "./node/traffic.ts";
export type { TrafficResults } from "./node/results.ts";
export { journeyOf, type JourneyName } from "./scenario/journeys.ts";
