import { faultFile } from "@mall/kit/faults";
import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";

interface FlagFile {
  readonly flags: Readonly<Record<string, { variants: object; defaultVariant: string }>>;
}

const file = "base/faults/faults.flagd.json";

export const faultRules: readonly Rule[] = [
  {
    name: "code/fault-flags",
    because:
      "A service without its switches cannot be broken on purpose, and a commit that tries has no effect.",
    check: (tree) => {
      const written = asFlags(tree.files.get(file));
      const wanted = wantedFlags(tree);
      return [...new Set([...Object.keys(written), ...Object.keys(wanted)])]
        .filter((name) => JSON.stringify(written[name]) !== JSON.stringify(wanted[name]))
        .map((name) => ({
          file,
          problem: `the flag ${name} ${wanted[name] ? (written[name] ? "is not as the kit reads it" : "is missing") : "is no service's"}`,
          mend: "Run node base/faults/write-flags.ts.",
        }));
    },
  },
  {
    name: "code/fault-variant",
    because: "A fault that is switched to a variant which its flag has not stays off.",
    check: (tree) =>
      ofKind(ownObjects(tree), "ConfigMap").flatMap((object) =>
        Object.entries(object.manifest.data ?? {})
          .filter(([key]) => key.endsWith(".flagd.json"))
          .flatMap(([, text]) => Object.entries(asFlags(text)))
          .filter(([, { variants, defaultVariant }]) => !(defaultVariant in variants))
          .map(([name, { variants, defaultVariant }]): Finding => ({
            object,
            problem: `${name} is switched to ${defaultVariant}`,
            mend: `Choose one of ${Object.keys(variants).join(", ")} in overlays/<env>/platform/faults.`,
          })),
      ),
  },
];

const asFlags = (text = '{"flags":{}}'): FlagFile["flags"] => (JSON.parse(text) as FlagFile).flags;

function wantedFlags({ services }: Tree): FlagFile["flags"] {
  const consumers = new Set(services.flatMap(({ delivers }) => delivers));
  const targets = services.map(({ name, database }) => ({
    name,
    database,
    consumesEvents: consumers.has(name),
  }));
  return asFlags(JSON.stringify(faultFile(targets)));
}
