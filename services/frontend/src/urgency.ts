import type { UrgencyOf } from "@mall/kit";

const entrances = /^\/($|categories\/|search$)/;
const tills = /^\/(cart|checkout|orders)(\/|$)/;

/**
 * In a crowd, who has just come waits outside, so that those who are inside get to the till: a journey of eight pages
 * of which any may be refused would hardly ever come to an order.
 */
export const urgencyOf: UrgencyOf = ({ method, path }) => {
  if (method !== "GET" || tills.test(path)) return "high";
  return entrances.test(path) ? "low" : "normal";
};
