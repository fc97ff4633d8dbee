import { join } from "node:path";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { leavesIn } from "@mall/delivery";
import { kubectl } from "../../kubectl.ts";
import { repository } from "../../paths.ts";
import { expect } from "../expect.ts";
import type { Scenario } from "../scenario.ts";
import { mallNamespace } from "../watch-service.ts";
import type { World } from "../world.ts";

const declared = z.object({
  mall: z.object({ calls: z.array(z.string()), delivers: z.array(z.string()).default([]) }),
});
/** Everybody has it, and it changes nothing. */
const path = "/openapi.json";

export const mesh: Scenario = {
  name: "mesh",
  title: "Of all ordered pairs of services exactly the declared calls pass; without an identity nothing does",

  async run(world) {
    const services = leavesIn(repository, "local")
      .map(({ service }) => service)
      .filter((service) => service !== "loadgenerator");
    const wrong: string[] = [];
    for (const caller of services) {
      const answers = await callAll(caller, services);
      const allowed = callsOf(caller);
      for (const callee of services.filter((each) => each !== caller)) {
        const expected = allowed.has(callee) ? "200" : "403";
        if (answers[callee] !== expected)
          wrong.push(`${caller} → ${callee}: ${answers[callee]}, not ${expected}`);
      }
      world.timeline.note(
        "mesh",
        `${caller} reaches ${[...allowed].join(", ") || "nobody"}, and is refused by the rest`,
      );
    }
    const strangers = await callWithoutIdentity(world, services);

    world.figures["pairs tried"] = String(services.length * (services.length - 1));
    world.figures["answers to a stranger in plain text"] = [...new Set(Object.values(strangers))].join(", ");
    const some = wrong.slice(0, 5).join("; ");
    expect(wrong.length === 0, `every pair is as declared: ${wrong.length} are not, such as ${some}`);
    expect(
      Object.values(strangers).every((answer) => answer === "refused"),
      `who has no identity reaches nobody: ${JSON.stringify(strangers)}`,
    );
  },
};

function callsOf(service: string): Set<string> {
  const file = join(repository, "services", service, "package.json");
  const { calls, delivers } = declared.parse(JSON.parse(readFileSync(file, "utf8"))).mall;
  return new Set([...calls, ...delivers]);
}

/** Asks each service once, and prints its status, or that the connection was refused, by name. */
const script = `
const [names, path] = [process.argv[1].split(","), process.argv[2]];
const ask = async (url) => fetch(url, { signal: AbortSignal.timeout(5000) }).then(({ status }) => String(status), () => "refused");
const answers = await Promise.all(names.map(async (name) => [name.split("=")[0], await ask("http://" + (name.split("=")[1] ?? name) + path)]));
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
`;
const answersSchema = z.record(z.string(), z.string());

/** From inside a service's own pod, with its identity. */
async function callAll(caller: string, services: readonly string[]): Promise<Record<string, string>> {
  const inPod = ["exec", `--namespace=${mallNamespace}`, "--container=service", await podOf(caller), "--"];
  const program = ["node", "--input-type=module", "--eval", script, services.join(","), path];
  return answersSchema.parse(JSON.parse(await kubectl([...inPod, ...program])));
}

/** From this machine, which is in no mesh, straight to the pods. */
async function callWithoutIdentity(
  world: World,
  services: readonly string[],
): Promise<Record<string, string>> {
  world.timeline.note("e2e", "calls every pod in plain text, without an identity");
  const ask = async (service: string): Promise<string> => {
    const fields =
      "--output=jsonpath={.status.podIP}:{.spec.containers[?(@.name=='service')].ports[0].containerPort}";
    const address = await kubectl([`--namespace=${mallNamespace}`, "get", await podOf(service), fields]);
    return fetch(`http://${address}${path}`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ status }) => String(status),
      () => "refused",
    );
  };
  return Object.fromEntries(
    await Promise.all(services.map(async (service) => [service, await ask(service)] as const)),
  );
}

/** As `pod/name`. */
async function podOf(service: string): Promise<string> {
  const selector = `--selector=app.kubernetes.io/name=${service}`;
  const running = "--field-selector=status.phase=Running";
  const names = await kubectl([
    `--namespace=${mallNamespace}`,
    "get",
    "pods",
    selector,
    running,
    "--output=name",
  ]);
  const [first] = names.trim().split("\n");
  if (!first) throw new Error(`No pod of ${service} runs.`);
  return first;
}
