import { createDashboard } from "./dashboard.ts";
import { calls } from "./service/calls.ts";
import { dependencies } from "./service/dependencies.ts";
import { latency, requestsByRoute } from "./service/requests.ts";
import { saturation } from "./service/saturation.ts";
import { versions } from "./service/versions.ts";
import { common, oneService, someReplicaSets } from "./variables.ts";

export const service = createDashboard({
  uid: "mall-service",
  title: "Mall / Service",
  description: "One service: rate, errors and duration of its requests, its calls, and what it is short of.",
  from: "now-1h",
  variables: [...common, oneService, someReplicaSets],
  rows: [requestsByRoute, latency, versions, calls, saturation, dependencies],
});
