import type { JSX } from "preact";
import type { TraceBadge } from "../../../src/api-types.ts";

const WORDS: Record<TraceBadge, readonly [word: string, why: string]> = {
  "no-root": ["no root", "No span without a parent has arrived: the beginning is missing."],
  "missing-spans": ["incomplete", "A span names a parent that has not arrived."],
  truncated: ["truncated", "The trace is longer than what is kept of one trace."],
  imported: ["imported", "Read from a file; it is in no rate."],
};

export const Badges = ({ badges }: { badges: readonly TraceBadge[] }): JSX.Element => (
  <>
    {badges.map((badge) => (
      <span key={badge} class="badge" title={WORDS[badge][1]}>
        {WORDS[badge][0]}
      </span>
    ))}
  </>
);
