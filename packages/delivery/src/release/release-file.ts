import { isScalar, parseDocument, type Document, type Scalar } from "yaml";
import { DeliveryError } from "../delivery-error.ts";
import { isCommit, isDigest, type Release, versionOf } from "./release.ts";

const paths = {
  image: ["images", 0, "newName"],
  commit: ["images", 0, "newTag"],
  digest: ["images", 0, "digest"],
  version: ["labels", 0, "pairs", "app.kubernetes.io/version"],
} as const;

type Field = keyof typeof paths;

/** Reads `release/kustomization.yaml`. Throws a DeliveryError that names the file when it is not of the one form. */
export function parseRelease(text: string, file: string): Release {
  const document = parse(text, file);
  const value = (field: Field): string => String(scalar(document, field, file).value);
  const release = { image: value("image"), commit: value("commit"), digest: value("digest") };
  const wrong = [
    isCommit(release.commit) ? [] : [`newTag is not a commit of 40 hexadecimal digits`],
    isDigest(release.digest) ? [] : [`digest is not "sha256:" and 64 hexadecimal digits`],
    value("version") === versionOf(release.commit)
      ? []
      : [`the version label is not the commit's first 12 digits`],
  ].flat();
  if (wrong.length > 0) throw new DeliveryError(`${file}: ${wrong.join(", and ")}.`);
  return release;
}

/**
 * The same text with the release's four values in the places of the old ones; every other byte is as it was, so that a
 * person's comments and layout stay. Tag and version are quoted: digits alone would be a number to YAML.
 */
export function withRelease(text: string, release: Release, file: string): string {
  const document = parse(text, file);
  const values: Record<Field, string> = {
    image: release.image,
    commit: JSON.stringify(release.commit),
    digest: release.digest,
    version: JSON.stringify(versionOf(release.commit)),
  };
  const edits = (Object.keys(paths) as Field[])
    .map((field) => ({ value: values[field], range: rangeOf(scalar(document, field, file)) }))
    .toSorted((one, other) => other.range.start - one.range.start);
  return edits.reduce((edited, { value, range }) => {
    return edited.slice(0, range.start) + value + edited.slice(range.end);
  }, text);
}

function parse(text: string, file: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new DeliveryError(`${file} is not YAML: ${error.message.split("\n")[0]}`);
  return document;
}

function scalar(document: Document, field: Field, file: string): Scalar {
  const node = document.getIn(paths[field], true);
  // A plain number would have lost its digits already.
  if (!isScalar(node) || typeof node.value !== "string")
    throw new DeliveryError(`${file} has no text at ${paths[field].join(".")}.`);
  return node;
}

function rangeOf({ range }: Scalar): { start: number; end: number } {
  if (!range) throw new Error("a node that was parsed has a range");
  return { start: range[0], end: range[1] };
}
