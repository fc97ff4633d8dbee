import { allWell } from "../deliver/applications.ts";
import { applicationCount } from "../deliver/first-delivery.ts";
import { type FileChange, listServed, readServed } from "../git/repository.ts";
import { kubectl } from "../kubectl.ts";
import { waitFor } from "../machine/wait-for.ts";
import { applyText } from "../platform/apply.ts";
import { minute } from "./rollout-steps.ts";
import { namespaceOf } from "./watch-service.ts";
import type { World } from "./world.ts";

const folders = ["overlays/local", "base/environments/local"];
/** What local has beyond what every environment has, and what runs only when somebody asks for it. */
const leftOut = /^overlays\/local\/(observatory|loadtest)\//;

const services = "base/environments/local/service/kustomization.yaml";
/** One machine carries one mall. */
const atRest = `patches:
  - target:
      kind: Rollout
    patch: |-
      - op: add
        path: /spec/replicas
        value: 0
`;

/**
 * Brings up an environment for as long as the work takes, while local has no pods: its folders are filled with what local
 * has, under its own name, and what releases they say is kept from there. Its own canary, database and shoppers.
 * @param adapt changes a file further, by its path
 */
export async function withEnvironmentInstead<Result>(
  world: World,
  environment: string,
  work: () => Promise<Result>,
  adapt: (path: string, text: string) => string,
): Promise<Result> {
  const paths = (await listServed(...folders)).filter((path) => !leftOut.test(path));
  const files = paths.map(async (path): Promise<FileChange> => {
    const renamed = renamedFile(path, environment);
    return { path: renamed, text: adapt(renamed, renamedText(await readAwake(path), environment)) };
  });
  const { commit } = await world.write(`Let ${environment} run here, and local rest`, [
    ...(await Promise.all(files)),
    { path: services, text: (await readAwake(services)) + atRest },
  ]);
  for (const kind of ["appproject", "applicationset"]) await applyText(await copyOf(kind, environment));
  try {
    await allWell(applicationCount() - 1, { commit, environment, timeoutMs: 8 * minute });
    world.timeline.note("argo cd", `${environment} is up`);
    return await work();
  } finally {
    await takeDown(environment);
  }
}

/** A file of local as it is while local has pods. */
const readAwake = async (path: string): Promise<string> => (await readServed(path)).replace(atRest, "");

const renamedFile = (path: string, environment: string): string =>
  path.replace(/^(overlays|base\/environments)\/local\//, `$1/${environment}/`);

const renamedText = (text: string, environment: string): string =>
  text
    .replaceAll("mall-local", namespaceOf(environment))
    .replaceAll("environments/local/", `environments/${environment}/`)
    .replace("\n  name: local\n", `\n  name: ${environment}\n`)
    .replace('hosts:\n    - "*"', `hosts:\n    - storefront.${namespaceOf(environment)}.svc.cluster.local`);

/** Local's own object in Argo CD, under another name. */
async function copyOf(kind: string, environment: string): Promise<string> {
  const name = namespaceOf("local");
  const text = await kubectl(["--namespace=argocd", "get", kind, name, "--output=json"]);
  const { apiVersion, kind: fullKind, spec } = JSON.parse(text) as Record<string, unknown>;
  const copy = { apiVersion, kind: fullKind, metadata: { name, namespace: "argocd" }, spec };
  return JSON.stringify(copy)
    .replaceAll(name, namespaceOf(environment))
    .replaceAll("overlays/local/", `overlays/${environment}/`)
    .replaceAll('"mall/environment":"local"', `"mall/environment":"${environment}"`);
}

async function takeDown(environment: string): Promise<void> {
  const name = namespaceOf(environment);
  await kubectl(["--namespace=argocd", "delete", "applicationset", name]);
  await confirmDeletion(`${name}-platform`);
  const left = async () => {
    const selector = `--selector=mall/environment=${environment}`;
    return kubectl(["--namespace=argocd", "get", "applications.argoproj.io", selector, "--output=name"]);
  };
  await waitFor(`the end of ${environment}'s Applications`, async () => (await left()) === "", {
    timeoutMs: 5 * minute,
    everyMs: 1_000,
  });
  await kubectl(["--namespace=argocd", "delete", "appproject", name]);
  await kubectl(["delete", "namespace", name, "--ignore-not-found", "--timeout=180s"]);
}

/** Says yes to the end of an environment's data, as a person does in Argo CD: nothing else lets it go. */
async function confirmDeletion(application: string): Promise<void> {
  const place = ["--namespace=argocd"];
  const found = await kubectl([...place, "get", "application", application, "--ignore-not-found"]);
  if (found === "") return; // it never came to be
  const field = "--output=jsonpath={.metadata.deletionTimestamp}";
  const asked = async () => (await kubectl([...place, "get", "application", application, field])) !== "";
  await waitFor(`Argo CD's question whether ${application} is to be deleted`, asked, { timeoutMs: minute });
  const yes = `argocd.argoproj.io/deletion-approved=${new Date().toISOString()}`;
  await kubectl([...place, "annotate", "application", application, yes]);
}
