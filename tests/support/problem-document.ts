import type { RawAnswer } from "./raw-requests.ts";

/** Whether it is an RFC 9457 document; `field` null: it need not name one, undefined: any one. */
export function isProblem(
  { status, type, text }: RawAnswer,
  expected: number,
  field: string | null | undefined,
): boolean {
  if (status !== expected || type !== "application/problem+json") return false;
  const document = JSON.parse(text) as Record<string, unknown> & {
    errors?: { field: string; message: string }[];
  };
  const told = [document["type"], document["title"], document["detail"]];
  if (document["status"] !== status || told.some((each) => typeof each !== "string" || each === ""))
    return false;
  const fields = (document.errors ?? []).map((error) => error.field);
  if (field === null) return true;
  return field === undefined ? fields.length > 0 && fields.every(Boolean) : fields.includes(field);
}
