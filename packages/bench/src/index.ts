export { benchJourney, type JourneyPlan, type JourneyResults } from "./journey/journey-bench.ts";
