import type { Finding, Rule } from "../../rule.ts";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import { own, type Scope, scopesOf } from "../../tree/scopes.ts";
import type { Tree } from "../../tree/tree.ts";
import { type HttpRoute, routesOf, serviceAt, subsetsOf } from "./hosts.ts";

export const routingRules: readonly Rule[] = [
  {
    name: "mesh/host",
    because: "A route or rule for a host that is not there sends requests into nothing (503 NC).",
    check: (tree) => [...eachDestination(tree, hostFindings), ...destinationRuleFindings(tree)],
  },
  {
    name: "mesh/subset",
    because: "A route to a subset that no DestinationRule defines answers 503 to everybody.",
    check: (tree) =>
      eachDestination(tree, ({ object, scope, host, subset }) =>
        subset === undefined || subsetsOf(scope, host, object).includes(subset)
          ? []
          : [
              {
                object,
                problem: `it routes to subset ${subset} of ${host}, which no DestinationRule defines`,
                mend: `Take one that is there (${subsetsOf(scope, host, object).join(", ") || "none"}), or define it.`,
              },
            ],
      ),
  },
  {
    name: "mesh/weights",
    because:
      "Weights are shares of their sum: what does not total 100 is not the percentage that people read.",
    check: (tree) =>
      eachRoute(tree, (object, { name = "without a name", route = [] }) => {
        const weights = route.map(({ weight }) => weight);
        const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
        if (route.length < 2 || (sum === 100 && !weights.includes(undefined))) return [];
        return [
          {
            object,
            problem: `the weights of route ${name} total ${sum}`,
            mend: "Write a weight for each destination, zeros too, that total 100.",
          },
        ];
      }),
  },
  {
    name: "mesh/retries-fit-timeout",
    because: "Retries that outlast the route's timeout are work for an answer that nobody waits for.",
    check: (tree) =>
      eachRoute(tree, (object, { name, timeout, retries }) => {
        const [whole, each] = [milliseconds(timeout), milliseconds(retries?.perTryTimeout)];
        if (whole === undefined || each === undefined || each <= whole) return [];
        return [
          {
            object,
            problem: `one try of route ${name ?? ""} may take ${retries?.perTryTimeout}, the whole only ${timeout}`,
            mend: "Shorten perTryTimeout below timeout.",
          },
        ];
      }),
  },
];

interface Target {
  object: RenderedKind<"VirtualService">;
  scope: Scope;
  host: string;
  subset: string | undefined;
}

const eachDestination = (tree: Tree, check: (target: Target) => Finding[]): Finding[] =>
  eachRoute(tree, (object, { route = [], mirror }, scope) =>
    [...route.map(({ destination }) => destination), mirror].flatMap((destination) =>
      destination ? check({ object, scope, host: destination.host, subset: destination.subset }) : [],
    ),
  );

const eachRoute = (
  tree: Tree,
  check: (object: RenderedKind<"VirtualService">, route: HttpRoute, scope: Scope) => Finding[],
): Finding[] =>
  scopesOf(tree).flatMap((scope) =>
    ofKind(own(scope), "VirtualService").flatMap((object) =>
      routesOf(object).flatMap((route) => check(object, route, scope)),
    ),
  );

const noSuchHost = (object: Target["object"] | RenderedKind<"DestinationRule">, host: string): Finding => ({
  object,
  problem: `there is no Service ${host}`,
  mend: "Name a Service of the same environment.",
});

const hostFindings = ({ object, scope, host }: Target): Finding[] =>
  serviceAt(scope, host, object) ? [] : [noSuchHost(object, host)];

function destinationRuleFindings(tree: Tree): Finding[] {
  return scopesOf(tree).flatMap((scope) =>
    ofKind(own(scope), "DestinationRule").flatMap((object) => {
      const host = object.manifest.spec?.host ?? "";
      return host.startsWith("*") || serviceAt(scope, host, object) ? [] : [noSuchHost(object, host)];
    }),
  );
}

/** Istio's durations: `1s`, `200ms`, `0s`; zero is no limit. */
function milliseconds(duration: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration ?? "") ?? [];
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit ?? ""];
  return amount && factor && Number(amount) > 0 ? Number(amount) * factor : undefined;
}
