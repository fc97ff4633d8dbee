import type { z } from "zod";
import type { Manifest } from "../tree/manifest.ts";
import { modelAddress } from "./model-address.ts";
import { child, recording } from "./recording.ts";
import { testRun } from "./test-run.ts";
import { type UnknownField, unknownFields } from "./unknown-fields.ts";

/** What is wrong with an object by the schema of its kind. Plain data: it crosses a thread's border. */
export interface Examination {
  /** False when nobody publishes a model of this kind. */
  readonly known: boolean;
  /** Wrong types, missing fields, values out of their range: sentences that begin with the path. */
  readonly wrong: readonly string[];
  readonly unknown: readonly UnknownField[];
}

interface Model {
  prototype: { validate(this: object): void };
}

/** Compares an object with the schema of its kind, strictly: a field that the schema does not know is reported. */
export async function examine(manifest: Manifest): Promise<Examination> {
  if (manifest.apiVersion === "k6.io/v1alpha1" && manifest.kind === "TestRun")
    return examineTestRun(manifest);
  const model = await modelOf(manifest);
  if (!model) return { known: false, wrong: [], unknown: [] };
  const { view, inspections } = recording(manifest);
  const wrong = problemsBy(() => model.prototype.validate.call(view));
  return { known: true, wrong, unknown: unknownFields(inspections) };
}

async function modelOf({ apiVersion, kind }: Manifest): Promise<Model | undefined> {
  try {
    const module = (await import(modelAddress(apiVersion, kind))) as Record<string, Model>;
    return module[kind];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED");

/** Ajv's errors, as the model's `validate` throws them. */
interface ValidationError extends Error {
  errors: { instancePath: string; message?: string; params: Record<string, unknown> }[];
}

function problemsBy(validate: () => void): string[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!(error instanceof Error && "errors" in error)) throw error;
    return (error as ValidationError).errors.map(
      ({ instancePath, message, params }) =>
        `${dotted(instancePath)} ${message ?? "is wrong"}${"allowedValues" in params ? ` (${String(params["allowedValues"])})` : ""}`,
    );
  }
}

/** `/spec/containers/0` as people write it. */
const dotted = (pointer: string): string =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, key) => child(path, key, /^\d+$/.test(key)), "") || "the object";

function examineTestRun(manifest: Manifest): Examination {
  const issues = testRun.safeParse(manifest).error?.issues ?? [];
  const at = ({ path }: z.core.$ZodIssue): string =>
    path.reduce<string>((before, key) => child(before, String(key), typeof key === "number"), "");
  return {
    known: true,
    wrong: issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? [] : [`${at(issue)}: ${issue.message}`],
    ),
    unknown: issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({ path: child(at(issue), key, false), known: [] }))
        : [],
    ),
  };
}
