import { annotate, currencyExponent, NotFound, ok, type Route, route } from "@mall/kit";
import { z } from "zod";
import { convert } from "./conversion.ts";
import { currencies, type Currency, findCurrency, ratesDate } from "./currencies.ts";
import { conversionBody, conversionInput, currencyBody, currencyList } from "./currency-api.ts";

export const routes: readonly Route[] = [
  route({
    method: "get",
    path: "/currencies",
    summary: "The currencies that the mall sells in, with their rates",
    answers: { 200: currencyList },
    handle: () => ok({ items: currencies.map(toBody), next: null }),
  }),
  route({
    method: "get",
    path: "/currencies/{code}",
    summary: "One currency",
    params: z.object({ code: z.string().max(100) }),
    answers: { 200: currencyBody },
    problems: [404],
    handle({ params: { code } }) {
      const found = findCurrency(code);
      if (!found) throw new NotFound(`The mall does not sell in "${code}".`);
      return ok(toBody(found));
    },
  }),
  route({
    method: "post",
    path: "/conversions",
    summary: "Convert amounts into one currency; changes nothing",
    body: conversionInput,
    answers: { 200: conversionBody },
    handle({ body: { to, amounts } }) {
      annotate({ "mall.conversion.count": amounts.length });
      return ok(convert(to, amounts));
    },
  }),
];

const toBody = (currency: Currency) => ({
  ...currency,
  exponent: currencyExponent(currency.code),
  date: ratesDate,
});
