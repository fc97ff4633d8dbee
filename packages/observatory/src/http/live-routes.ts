import type { Graph, HeatMap, Overview, Services } from "../api-types.ts";
import type { EventStream } from "./event-stream.ts";
import { sendJson } from "./respond.ts";
import type { Route } from "./router.ts";
import { parseServiceQuery } from "./trace-query.ts";

/** What the mall is doing right now. */
export function createLiveRoutes({
  overview,
  graph,
  services,
  heatMap,
  stream,
}: {
  overview: () => Overview;
  graph: () => Graph;
  services: (service?: string) => Services;
  heatMap: (selection: { service?: string; route?: string }) => HeatMap;
  stream: EventStream;
}): Route[] {
  return [
    { method: "GET", path: "/api/overview", handle: ({ response }) => sendJson(response, overview()) },
    { method: "GET", path: "/api/graph", handle: ({ response }) => sendJson(response, graph()) },
    {
      method: "GET",
      path: "/api/services",
      handle: ({ query, response }) => sendJson(response, services(parseServiceQuery(query).service)),
    },
    {
      method: "GET",
      path: "/api/heatmap",
      handle: ({ query, response }) => sendJson(response, heatMap(parseServiceQuery(query))),
    },
    { method: "GET", path: "/api/stream", handle: (exchange) => stream.open(exchange) },
  ];
}
