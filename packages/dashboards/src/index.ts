import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { business } from "./business.ts";
import { canary } from "./canary.ts";
import { loadTest } from "./load-test.ts";
import { mesh } from "./mesh.ts";
import { service } from "./service.ts";

export type { Dashboard };

/** Each is written to a file named by its uid. */
export const dashboards: readonly Dashboard[] = [business, service, canary, loadTest, mesh];
