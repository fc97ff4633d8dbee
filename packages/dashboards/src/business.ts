import { checkoutObjective } from "./business/checkout-objective.ts";
import { now } from "./business/now.ts";
import { placing } from "./business/placing-orders.ts";
import { sales } from "./business/sales.ts";
import { serviceObjectives } from "./business/service-objectives.ts";
import { createDashboard } from "./dashboard.ts";
import { common, someServices } from "./variables.ts";

export const business = createDashboard({
  uid: "mall-business",
  title: "Mall / Business",
  description: "What the mall sells, whether buyers can buy, and how much of the error budget is left.",
  from: "now-3h",
  variables: [...common, someServices],
  rows: [now, sales, checkoutObjective, placing, serviceObjectives],
});
