import type { JSX } from "preact";

/** The mall has more currencies than a glance can take in. */
const SHOWN = 3;

type Amount = { readonly currency: string; readonly text: string; readonly isEmpty: boolean };

/** An amount for each currency, those that are not zero first; never added up, for nothing says at which rate. */
export function Amounts({ amounts }: { amounts: readonly Amount[] }): JSX.Element {
  const sorted = amounts.toSorted((a, b) => Number(a.isEmpty) - Number(b.isEmpty));
  const [shown, more] = [sorted.slice(0, SHOWN), sorted.slice(SHOWN)];
  if (shown.length === 0) return <>–</>;
  return (
    <>
      {shown.map((amount) => (
        <Line key={amount.currency} amount={amount} />
      ))}
      {more.length === 0 ? null : (
        <details class="business-more">
          <summary>{more.length} more</summary>
          {more.map((amount) => (
            <Line key={amount.currency} amount={amount} />
          ))}
        </details>
      )}
    </>
  );
}

const Line = ({ amount: { currency, text } }: { amount: Amount }): JSX.Element => (
  <span class="business-amount" data-currency={currency}>
    {text} <span class="business-unit">{currency}</span>
  </span>
);
