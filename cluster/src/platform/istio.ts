import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { run } from "../machine/run.ts";
import { manifestPath, repository, statePath } from "../paths.ts";
import { programPaths } from "../toolchain/build.ts";
import { applyManifest, applyText, createNamespace, rolledOut } from "./apply.ts";
import { merge, type Value } from "./merge.ts";

type Values = { [key: string]: Value };

/** istiod by the charts inside istioctl, with production's values and the few that differ here. */
export async function installIstio(): Promise<void> {
  const { istioctl = "" } = await programPaths();
  const operator = statePath("rendered/istio-operator.yaml");
  await mkdir(dirname(operator), { recursive: true });
  await writeFile(operator, stringify(await istioOperator()));
  await createNamespace("istio-system");
  await applyText(await run(istioctl, ["manifest", "generate", "--filename", operator]));
  await rolledOut("istio-system", "deployment/istiod");
}

/** The gateway's pod is completed by istiod's webhook, so it comes after. */
export async function installGateway(): Promise<void> {
  await applyManifest("gateway.yaml");
  await rolledOut("istio-ingress", "deployment/istio-ingress");
}

async function istioOperator(): Promise<object> {
  const chart = parse(await readFile(join(repository, "apps/platform/istiod/values.yaml"), "utf8")) as Values;
  const local = parse(await readFile(manifestPath("istiod-values.yaml"), "utf8")) as Values;
  // The chart takes istiod's own settings at its top level, the operator under `pilot`. What stands under `base` keeps
  // Argo CD from seeing drift; here it does not manage istiod.
  const { meshConfig = {}, global = {}, base: _base, ...pilot } = chart;
  const { meshConfig: mesh, ...values } = merge({ meshConfig, global, pilot }, local) as Values;
  return {
    apiVersion: "install.istio.io/v1alpha1",
    kind: "IstioOperator",
    spec: { profile: "minimal", meshConfig: mesh, values },
  };
}
