import type { ComponentChildren, JSX } from "preact";
import type { Business } from "../../../src/api-types.ts";
import { HealthShape } from "../format/health-mark.tsx";
import { formatBurnRate, formatMoney, formatPercent, formatPerMinute } from "./amounts.ts";
import { burnStateOf } from "./burn-state.ts";
import { Amounts } from "./currency-amounts.tsx";

/** The six figures; rates are over two minutes, and a dash is "not measured". */
export function BusinessFigures({ business }: { business: Business }): JSX.Element {
  const { revenue, orders, checkout } = business;
  const [first, ...others] = orders;
  const burn = burnStateOf(business);
  const missed =
    checkout.success !== null && checkout.objective !== null && checkout.success < checkout.objective;
  return (
    <dl class="business-figures" data-testid="business">
      <Figure name="Revenue per minute">
        <Amounts
          amounts={revenue.map(({ currency, minorUnitsPerMinute }) => ({
            currency,
            text: formatMoney(minorUnitsPerMinute, currency),
            isEmpty: (minorUnitsPerMinute ?? 0) === 0,
          }))}
        />
      </Figure>
      <Figure
        name="Orders per minute"
        note={others.map(({ state, perMinute }) => `${formatPerMinute(perMinute)} ${state}`).join(", ")}
      >
        {formatPerMinute(first?.perMinute ?? null)}{" "}
        {first === undefined ? null : <span class="business-unit">{first.state}</span>}
      </Figure>
      <Figure name="Average order">
        <Amounts
          amounts={revenue.map(({ currency, averageOrderMinorUnits }) => ({
            currency,
            text: formatMoney(averageOrderMinorUnits, currency),
            isEmpty: (averageOrderMinorUnits ?? 0) === 0,
          }))}
        />
      </Figure>
      <Figure
        name="Checkout success"
        note={`objective ${formatPercent(checkout.objective)}, last 5 minutes`}
        isWrong={missed}
      >
        {formatPercent(checkout.success)}
      </Figure>
      <Figure
        name="Error budget left"
        note="of 30 days, by what is remembered (6 h)"
        isWrong={(checkout.budgetLeft ?? 1) <= 0}
      >
        {formatPercent(checkout.budgetLeft)}
      </Figure>
      <Figure
        name="Budget"
        note={checkout.burnRates
          .filter(({ rate }) => rate !== null)
          .map(({ window, rate }) => `${window} ${formatBurnRate(rate)}`)
          .join(" · ")}
      >
        <span class={`burn burn-${burn.health}`} data-testid="burn-state" title={burn.why}>
          <svg viewBox="-7 -7 14 14" aria-hidden="true">
            <HealthShape health={burn.health} />
          </svg>
          {burn.word}
        </span>
      </Figure>
    </dl>
  );
}

type FigureProps = {
  readonly name: string;
  readonly note?: string;
  readonly isWrong?: boolean;
  readonly children: ComponentChildren;
};

const Figure = ({ name, note = "", isWrong = false, children }: FigureProps): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd class={isWrong ? "wrong" : undefined}>{children}</dd>
    {note === "" ? null : <dd class="business-note">{note}</dd>}
  </div>
);
