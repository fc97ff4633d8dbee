import type { Finding, Rule } from "../rule.ts";
import { examinationsOf } from "../schema/examinations.ts";
import type { Tree } from "../tree/tree.ts";

export const schemaRules: readonly Rule[] = [
  {
    name: "schema/kind",
    because: "An object of a kind that nobody installs stops the whole sync.",
    check: async (tree) =>
      (await examinationsOf(tree)).flatMap(({ object, examination }) =>
        examination.known
          ? []
          : [
              {
                object,
                problem: `there is no kind ${object.manifest.kind} in ${object.manifest.apiVersion}`,
                mend: "Correct apiVersion and kind, or add the kind's schema to packages/delivery/src/verify/schema.",
              },
            ],
      ),
  },
  {
    name: "schema/type",
    because: "The API server refuses a value of the wrong type, and the sync ends there.",
    check: typeFindings,
  },
  {
    name: "schema/unknown-field",
    because: "A misspelt field is dropped without a word: the canary step that says setWieght never happens.",
    check: async (tree) =>
      (await examinationsOf(tree)).flatMap(({ object, examination }) =>
        examination.unknown.map(({ path, known }) => ({
          object,
          problem: `${path} is no field of ${object.manifest.kind}`,
          mend: `Correct its spelling or its place${known.length > 0 ? `: known there are ${known.join(", ")}` : ""}.`,
        })),
      ),
  },
];

async function typeFindings(tree: Tree): Promise<Finding[]> {
  return (await examinationsOf(tree)).flatMap(({ object, examination }) =>
    examination.wrong.map((problem) => ({
      object,
      problem,
      mend: `Write it as the reference of ${object.manifest.kind} says (kubectl explain ${object.manifest.kind.toLowerCase()}).`,
    })),
  );
}
