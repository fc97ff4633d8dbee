import { pageOf, paging } from "@mall/kit";
import { z } from "zod";
import { locales, mailStates, templates } from "./mail.ts";

/** The bodies that this service gives; its OpenAPI document is made from them. */

export const taken = z.object({
  id: z.uuid().meta({ description: "Of the mail, which is the event's" }),
  duplicate: z.boolean().meta({ description: "The event had been taken before, so nothing happened" }),
});

export const listQuery = z.object({ orderId: z.uuid().optional(), ...paging });

export const mailPage = pageOf(
  z
    .object({
      id: z.uuid(),
      eventId: z.uuid(),
      orderId: z.uuid(),
      template: z.enum(templates),
      locale: z.enum(locales),
      to: z.string(),
      subject: z.string(),
      text: z.string(),
      state: z.enum(mailStates),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: "Mail" }),
);
