import { child, type Inspection } from "./recording.ts";

export interface UnknownField {
  readonly path: string;
  /** What the schema knows in this place. */
  readonly known: readonly string[];
}

// The models are of Rollouts 1.9 and Argo CD 3.5 (a few fields behind 3.5.1: tagPrefix, sourceIntegrity, syncOverrun, and
// syncSource.repoURL, none of which the mall uses), compared field by field with the CRDs of the pinned modules.
//
// What an API leaves to others on purpose (`x-kubernetes-preserve-unknown-fields`, RawExtension): its schema stops here.
const leftToOthers = [
  /^spec\.(template\.spec\.)?sources?(\[\d+\])?\.helm\.valuesObject$/, // Application: the chart's own schema
  /^spec\.versions\[\d+\]\.schema\.openAPIV3Schema\b/, // CustomResourceDefinition: a schema of schemas
  /^spec\.strategy\.canary\.steps\[\d+\]\.plugin\.config$/, // Rollout: the plugin's own
];

// The models' generator throws every field away that is named like JSON Schema's own `description`.
const lostByTheModels = [
  /^spec\.(roles\[\d+\]\.|syncWindows\[\d+\]\.)?description$/, // AppProject: types.go of Argo CD 3.5
];

/** The fields that are there and that the validator never asked for. */
export function unknownFields(inspections: readonly Inspection[]): UnknownField[] {
  return inspections.flatMap(({ path, value, asked, enumerated }) => {
    if (enumerated || leftToOthers.some((pattern) => pattern.test(path))) return [];
    const isList = Array.isArray(value);
    const known = [...asked].filter((name) => !isList && name !== "length" && name !== "toJSON").toSorted();
    return Object.keys(value)
      .filter((key) => !asked.has(key))
      .map((key) => ({ path: child(path, key, isList), known }))
      .filter((field) => !lostByTheModels.some((pattern) => pattern.test(field.path)));
  });
}
