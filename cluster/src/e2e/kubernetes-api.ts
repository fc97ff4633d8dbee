import { readFile } from "node:fs/promises";
import { Agent } from "undici";
import { parse } from "yaml";
import { z } from "zod";
import { kubeconfigPath } from "../bare/certificates.ts";

const kubeconfig = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.url(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([
    z.object({ user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }) }),
  ]),
});

/** An object of the API, of which a reader parses what it needs. */
export type KubernetesObject = Record<string, unknown> & {
  metadata: { name: string; resourceVersion: string };
};

export type KubernetesApi = Awaited<ReturnType<typeof connectToApi>>;

/** The API server itself: a process of kubectl for every look would cost more than what is looked at. */
export async function connectToApi() {
  const config = kubeconfig.parse(parse(await readFile(kubeconfigPath("admin"), "utf8")));
  const [{ cluster }] = config.clusters;
  const [{ user }] = config.users;
  const decode = (base64: string) => Buffer.from(base64, "base64");
  const agent = new Agent({
    bodyTimeout: 0, // a watch is silent while nothing changes
    connect: {
      ca: decode(cluster["certificate-authority-data"]),
      cert: decode(user["client-certificate-data"]),
      key: decode(user["client-key-data"]),
    },
  });
  const request = (path: string, signal?: AbortSignal) =>
    agent.request({ origin: cluster.server, path, method: "GET", ...(signal && { signal }) });

  async function get(path: string): Promise<unknown> {
    const { statusCode, body } = await request(path);
    const answer = await body.text();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${answer.slice(0, 300)}`);
    return JSON.parse(answer);
  }

  /** Calls for every object as it is and whenever it changes, until the signal; watches again when the server hangs up. */
  async function watch(
    path: string,
    signal: AbortSignal,
    onObject: (object: KubernetesObject) => void,
  ): Promise<void> {
    while (!signal.aborted) {
      const list = (await get(path)) as { items: KubernetesObject[]; metadata: { resourceVersion: string } };
      for (const object of list.items) onObject(object);
      const query = `watch=1&resourceVersion=${list.metadata.resourceVersion}`;
      const { body } = await request(`${path}${path.includes("?") ? "&" : "?"}${query}`, signal);
      try {
        for await (const line of linesOf(body)) {
          const event = JSON.parse(line) as { type: string; object: KubernetesObject };
          if (event.type === "ERROR") break; // its version is too old by now: list again
          if (event.type !== "DELETED") onObject(event.object);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  return { get, watch, close: () => agent.close() };
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line !== "");
  }
}
