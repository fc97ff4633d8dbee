import { randomUUID } from "node:crypto";
import { z } from "zod";
import { countryOf } from "../../countries.ts";
import { addressFields, typedAddress } from "../../forms/address-form.ts";
import type { FieldProblem } from "../../forms/field-problem.ts";
import { currencyChoice, typedText } from "../../forms/text-rules.ts";
import type { Profile } from "../../profile.ts";
import type { Visit } from "../../visit.ts";

const because = (problem: FieldProblem) => ({ error: problem });

/** The form as it comes, whatever has been typed. */
export const typedCheckout = z.object({
  ...typedAddress,
  cardId: typedText,
  currency: typedText,
  /** Only when buying now. */
  quantity: typedText,
  /** One per form that was shown: posting the form twice makes one order. */
  idempotencyKey: typedText,
  /** The total that was shown. */
  expectedAmount: typedText,
  expectedCurrency: typedText,
  remember: typedText,
  /** Which button was pressed. The Enter key presses the first one, which orders nothing. */
  intent: z.enum(["update", "place"]).default("update").catch("update"),
});
export type TypedCheckout = z.output<typeof typedCheckout>;

/** The form when it can be ordered with. */
export const checkoutForm = z.object({
  ...addressFields,
  cardId: z.string().min(1, because("card")).max(100, because("card")),
  currency: currencyChoice,
  idempotencyKey: z.uuid(),
  expectedAmount: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  expectedCurrency: z.string(),
});
export type CheckoutForm = z.output<typeof checkoutForm>;

export const newIdempotencyKey = (): string => randomUUID();

/** A form that nobody has typed into yet. */
export const untouched = (
  { locale, currency }: Visit,
  profile: Profile | undefined,
  quantity: string,
): TypedCheckout => ({
  email: profile?.email ?? "",
  name: profile?.name ?? "",
  line1: profile?.line1 ?? "",
  city: profile?.city ?? "",
  postalCode: profile?.postalCode ?? "",
  country: profile?.country || countryOf[locale],
  cardId: "",
  currency,
  quantity,
  idempotencyKey: "",
  expectedAmount: "",
  expectedCurrency: "",
  remember: "",
  intent: "update",
});
