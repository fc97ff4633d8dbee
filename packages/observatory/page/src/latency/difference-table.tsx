import type { JSX } from "preact";
import type { Differences } from "../../../src/api-types.ts";
import { tracesHref } from "../frame/address.ts";
import { formatCount, formatShare } from "../format/quantities.ts";

type DifferenceTableProps = Differences & {
  readonly selection: Record<string, string>;
  readonly named: string;
};

export function DifferenceTable({
  selected,
  others,
  differences,
  selection,
  named,
}: DifferenceTableProps): JSX.Element {
  return (
    <>
      <p class="quiet" data-testid="differences-counts">
        {formatCount(selected)} {named}, against {formatCount(others)} others of their kind
      </p>
      {differences.length === 0 ? (
        <p>
          {selected === 0
            ? "No trace is in the selection."
            : "Nothing sets them apart by five points or more."}
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Differences table">
          <table class="differences">
            <thead>
              <tr>
                <th scope="col">Attribute</th>
                <th scope="col">In these</th>
                <th scope="col">In the others</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ key, value, selectedShare, otherShare }) => (
                <tr key={`${key}=${value}`}>
                  <th scope="row">
                    <code>{key}</code> = {value}{" "}
                    <a
                      class="row-action"
                      href={tracesHref({ ...selection, attr: `${key}=${value}` })}
                      aria-label={`find traces of these with this ${key}`}
                    >
                      find
                    </a>
                  </th>
                  <td>
                    <ShareBar share={selectedShare} kind="selected" />
                  </td>
                  <td>
                    <ShareBar share={otherShare} kind="others" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const ShareBar = ({ share, kind }: { share: number; kind: "selected" | "others" }): JSX.Element => (
  <span class="share">
    <span class="share-track" aria-hidden="true">
      <span class={`share-${kind}`} style={{ width: `${share * 100}%` }} />
    </span>
    <span class="number">{formatShare(share)}</span>
  </span>
);
