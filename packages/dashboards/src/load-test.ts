import { createDashboard } from "./dashboard.ts";
import { mall } from "./load-test/mall.ts";
import { pages } from "./load-test/pages.ts";
import { verdict } from "./load-test/verdict.ts";
import { common, someServices, someTestRuns } from "./variables.ts";

export const loadTest = createDashboard({
  uid: "mall-load-test",
  title: "Mall / Load test",
  description:
    "A run of k6 beside what it did to the mall: the one scenario, whichever TestRun or Job began it.",
  from: "now-30m",
  variables: [...common, someServices, someTestRuns],
  rows: [verdict, pages, mall],
});
