import type { Finding, Rule } from "../../rule.ts";
import type { RenderedKind } from "../../tree/kinds.ts";
import { canaryOf, eachRollout } from "./rollouts.ts";

/** One release at any depth (issue 5): `baggage: mall.release=cart:canary` reaches the canary of cart, and nothing else. */
export const releaseRouteRule: Rule = {
  name: "canary/release-route",
  because: "A header route that matches another service's name sends its testers to the wrong version.",
  check: (tree) => eachRollout(tree, (rollout) => releaseRouteFindings(rollout)),
};

function releaseRouteFindings(rollout: RenderedKind<"Rollout">): Finding[] {
  const { name } = rollout.manifest.metadata;
  const matches = (canaryOf(rollout)?.steps ?? []).flatMap(
    ({ setHeaderRoute }) => setHeaderRoute?.match ?? [],
  );
  const patterns = matches.flatMap(({ headerName, headerValue }) =>
    headerName.toLowerCase() === "baggage" && headerValue?.regex ? [headerValue.regex] : [],
  );
  if (patterns.length === 0)
    return [
      {
        object: rollout,
        problem: "no header route leads to its canary",
        mend: "Set one by the header baggage before the first weight.",
      },
    ];
  // The mesh compares the whole value.
  const reached = (baggage: string): boolean =>
    patterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(baggage));
  return [
    ...requestsTo(name)
      .filter((baggage) => !reached(baggage))
      .map((baggage) => `baggage ${baggage} does not reach its canary`),
    ...requestsPast(name)
      .filter(reached)
      .map((baggage) => `baggage ${baggage} reaches its canary`),
  ].map((problem) => ({
    object: rollout,
    problem,
    mend: `Match the member mall.release where it names ${name}:canary, its colon percent-encoded or not.`,
  }));
}

const requestsTo = (name: string): string[] => [
  `mall.release=${name}:canary`,
  `mall.release=${name}%3Acanary`,
  `mall.release=another:canary.${name}:canary`,
  `mall.release=${name}%3Acanary.another%3Acanary`,
  `session=1,mall.release=${name}:canary,user=2`,
  `session=1, mall.release=${name}:canary;ttl=1`,
];

const requestsPast = (name: string): string[] => [
  "session=1",
  `mall.release=${name}:stable`,
  `mall.release=${name}s:canary`,
  `mall.release=pre${name}:canary`,
  `mall.release=another:canary`,
  `release=${name}:canary`,
];
