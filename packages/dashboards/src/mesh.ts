import { createDashboard } from "./dashboard.ts";
import { istio } from "./mesh/istio.ts";
import { proxies } from "./mesh/proxies.ts";
import { serviceGraph } from "./mesh/service-graph.ts";
import { common, someServices } from "./variables.ts";

export const mesh = createDashboard({
  uid: "mall-mesh",
  title: "Mall / Mesh",
  description: "Who calls whom, how well, and what the proxies between them do.",
  from: "now-1h",
  variables: [...common, someServices],
  rows: [serviceGraph, proxies, istio],
});
