import type { Rule } from "./rule.ts";
import { applicationRules } from "./rules/argo-cd/delivery.ts";
import { projectContentRules } from "./rules/argo-cd/project-contents.ts";
import { projectRules } from "./rules/argo-cd/projects.ts";
import { argoCdSafetyRules } from "./rules/argo-cd/safety.ts";
import { versionRules } from "./rules/argo-cd/versions.ts";
import { analysisRules } from "./rules/canary/analysis.ts";
import { availabilityRules } from "./rules/availability.ts";
import { canaryReferenceRules } from "./rules/canary/references.ts";
import { releaseRouteRule } from "./rules/canary/release-route.ts";
import { canaryStepRules } from "./rules/canary/steps.ts";
import { canaryTrafficRules } from "./rules/canary/traffic.ts";
import { callerRules } from "./rules/code/callers.ts";
import { databaseRules } from "./rules/code/databases.ts";
import { environmentVariableRules } from "./rules/code/environment-variables.ts";
import { faultRules } from "./rules/code/faults.ts";
import { serviceFactRules } from "./rules/code/service-facts.ts";
import { listedRule } from "./rules/files/listed.ts";
import { fileRules } from "./rules/files/rules.ts";
import { imageEntryRules } from "./rules/images/entries.ts";
import { pinnedImageRules } from "./rules/images/pinned.ts";
import { releaseRules } from "./rules/images/releases.ts";
import { labelRules } from "./rules/labels.ts";
import { gatewayRule } from "./rules/mesh/gateway.ts";
import { routingRules } from "./rules/mesh/routing.ts";
import { meshSecurityRules } from "./rules/mesh/security.ts";
import { probeRules } from "./rules/pods/probes.ts";
import { podRunningRules } from "./rules/pods/running.ts";
import { podSecurityRules } from "./rules/pods/security.ts";
import { promqlRules } from "./rules/promql/rules.ts";
import { autoscalerRule } from "./rules/references/autoscaler.ts";
import { otherReferenceRules } from "./rules/references/other-references.ts";
import { podReferenceRules } from "./rules/references/pod-references.ts";
import { selectorRules } from "./rules/references/selectors.ts";
import { volumeRule } from "./rules/references/volumes.ts";
import { schemaRules } from "./rules/schema.ts";

/** Everything that the manifests must keep to, in the order in which it is told. */
export const rules: readonly Rule[] = [
  ...fileRules,
  listedRule,
  ...schemaRules,
  ...podReferenceRules,
  volumeRule,
  ...selectorRules,
  autoscalerRule,
  ...otherReferenceRules,
  ...routingRules,
  gatewayRule,
  ...meshSecurityRules,
  ...canaryReferenceRules,
  ...canaryStepRules,
  ...canaryTrafficRules,
  releaseRouteRule,
  ...analysisRules,
  ...pinnedImageRules,
  ...imageEntryRules,
  ...releaseRules,
  ...podSecurityRules,
  ...podRunningRules,
  ...probeRules,
  ...availabilityRules,
  ...serviceFactRules,
  ...environmentVariableRules,
  ...callerRules,
  ...databaseRules,
  ...faultRules,
  ...promqlRules,
  ...applicationRules,
  ...projectRules,
  ...projectContentRules,
  ...argoCdSafetyRules,
  ...versionRules,
  ...labelRules,
];
