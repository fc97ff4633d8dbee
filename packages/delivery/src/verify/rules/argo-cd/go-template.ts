import { DeliveryError } from "../../../delivery-error.ts";

/**
 * Fills the parameters of a Git directory generator into an Application's template, as Argo CD would.
 * Throws a DeliveryError for an expression of another form: what is not understood is not judged.
 */
export function fillIn<T>(template: T, folder: string): T {
  const segments = folder.split("/");
  const value = (expression: string): string => {
    const index = /^index \.path\.segments (\d+)$/.exec(expression)?.[1];
    if (index !== undefined) return segments[Number(index)] ?? "";
    if (expression === ".path.path") return folder;
    if (expression === ".path.basename") return segments.at(-1) ?? "";
    throw new DeliveryError(`An ApplicationSet uses {{ ${expression} }}, which verify does not know.`);
  };
  const filled = (node: unknown): unknown => {
    if (typeof node === "string")
      return node.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => value(expression));
    if (Array.isArray(node)) return node.map(filled);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, filled(child)]));
  };
  return filled(template) as T;
}
