import type { Rule } from "../../rule.ts";
import { eachContainer, eachServing } from "./containers.ts";

export const probeRules: readonly Rule[] = [
  {
    name: "pods/probes",
    because: "Without probes a pod gets traffic before it can answer, and keeps it after it has died.",
    check: (tree) =>
      eachServing(tree, ({ startupProbe, readinessProbe, livenessProbe, ports = [] }) => {
        if (ports.length === 0) return []; // nobody calls it
        return Object.entries({ startupProbe, readinessProbe, livenessProbe })
          .filter(([, probe]) => probe === undefined)
          .map(([name]) => ({
            problem: `has no ${name}`,
            mend: "Add it: started, ready and alive are three questions.",
          }));
      }),
  },
  {
    name: "pods/probe-ports",
    because: "A probe of a port that the container does not have kills it again and again.",
    check: (tree) =>
      eachContainer(tree, ({ startupProbe, readinessProbe, livenessProbe, ports = [] }) => {
        const there = new Set(
          ports.flatMap(({ name, containerPort }) => [name ?? containerPort, containerPort]),
        );
        return [startupProbe, readinessProbe, livenessProbe]
          .flatMap((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? [])
          .filter((port) => !there.has(port))
          .map((port) => ({
            problem: `is probed at port ${port}, which it has not`,
            mend: "Name one of its ports.",
          }));
      }),
  },
  {
    name: "pods/liveness-is-not-readiness",
    because: "A liveness probe that asks for the database restarts every pod when the database has a hiccup.",
    check: (tree) =>
      eachContainer(tree, ({ readinessProbe, livenessProbe }) => {
        const [ready, alive] = [readinessProbe?.httpGet?.path, livenessProbe?.httpGet?.path];
        return ready !== undefined && ready === alive
          ? [
              {
                problem: `is asked for ${ready} by both probes`,
                mend: "Ask /healthz whether it is alive and /readyz whether it is ready.",
              },
            ]
          : [];
      }),
  },
];
