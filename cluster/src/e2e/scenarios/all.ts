import type { Scenario } from "../scenario.ts";
import { argoCdRoles } from "./argo-cd-roles.ts";
import { badPushes } from "./bad-push.ts";
import { circuitBreaker } from "./circuit-breaker.ts";
import { controllersDie, metricsDie } from "./controllers-die.ts";
import { drift } from "./drift.ts";
import { failingMigration } from "./failing-migration.ts";
import { faultByCommit } from "./fault-by-commit.ts";
import { goodPush } from "./good-push.ts";
import { loadTest } from "./load-test.ts";
import { mesh } from "./mesh.ts";
import { multiServiceCanary } from "./multi-service-canary.ts";
import { revertDuringCanary, secondPush, twoServices } from "./overlapping-pushes.ts";
import { promotion } from "./promotion.ts";
import { purchase } from "./purchase.ts";
import { scale } from "./scale.ts";

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [
  purchase,
  goodPush,
  ...badPushes,
  failingMigration,
  secondPush,
  revertDuringCanary,
  twoServices,
  promotion,
  argoCdRoles,
  loadTest,
  mesh,
  circuitBreaker,
  multiServiceCanary,
  faultByCommit,
  drift,
  controllersDie,
  metricsDie,
  scale,
];
