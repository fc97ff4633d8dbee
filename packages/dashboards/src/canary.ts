import { buyersView } from "./canary/buyers-view.ts";
import { callersView } from "./canary/callers-view.ts";
import { ownView } from "./canary/own-view.ts";
import { rollout } from "./canary/rollout.ts";
import { createDashboard } from "./dashboard.ts";
import { common, oneService } from "./variables.ts";

export const canary = createDashboard({
  uid: "mall-canary",
  title: "Mall / Canary",
  description:
    "One service's new version beside the stable one: where its rollout stands, and what judges it.",
  from: "now-30m",
  variables: [...common, oneService],
  rows: [rollout, callersView, ownView, buyersView],
});
