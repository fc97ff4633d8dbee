import { isCurrencyCode } from "@mall/kit";
import { z } from "zod";
import { isLocale } from "../i18n/locale.ts";
import type { FieldProblem } from "./field-problem.ts";

const because = (problem: FieldProblem) => ({ error: problem });

/** Text that must be there. Control characters, which nobody types, would be trouble in a mail. */
export const neededText = (most: number) =>
  z
    .string()
    .trim()
    .min(1, because("required"))
    .max(most, because("tooLong"))
    .regex(/^\P{Cc}*$/u, because("refused"));

export const emailText = neededText(200).pipe(z.email(because("email")));

/** Served or not is for the shipping service to say; this only tells what can be no country. */
export const countryText = z.string().regex(/^[A-Z]{2}$/, because("country"));

export const languageChoice = z.string().refine(isLocale);

/** The number in a quantity's field: 1 to 99. */
export const quantityText = z
  .string()
  .trim()
  .regex(/^[1-9]\d?$/, because("quantity"))
  .transform(Number);

/** A form's field as it comes: anything that somebody may have typed, kept to be shown again. */
export const typedText = z.string().max(1_000).default("");

/** The lengths that fields accept, for the schema and the page alike. */
export const lengths = { name: 100, email: 200, line1: 200, city: 100, postalCode: 20 } as const;

export const currencyChoice = z.string().refine(isCurrencyCode, because("currency"));
