export type * from "./api-types.ts";
export { createObservatory, type Observatory, type ObservatoryOptions } from "./observatory.ts";
export { serveObservatory, type RunningObservatory } from "./server.ts";
