export { type TrafficOptions, runTraffic } from "./node/traffic.ts";
export type { StepResult, Timings, TrafficResults, VisitResult } from "./node/results.ts";
export { buyFromCart, journeyOf, type JourneyName } from "./scenario/journeys.ts";
export { createRandom } from "./scenario/random.ts";
