import { z } from "zod";
import { countryText, emailText, lengths, neededText, typedText } from "./text-rules.ts";

/** Who buys and where it goes, as checkout and the profile ask for it. */
export const addressFields = {
  email: emailText,
  name: neededText(lengths.name),
  line1: neededText(lengths.line1),
  city: neededText(lengths.city),
  postalCode: neededText(lengths.postalCode),
  country: countryText,
};

export const typedAddress = {
  email: typedText,
  name: typedText,
  line1: typedText,
  city: typedText,
  postalCode: typedText,
  country: typedText,
};

const typed = z.object(typedAddress);
export type TypedAddress = z.output<typeof typed>;
