/** Something the person or the workflow that called can mend: the message is one sentence that says what is wrong. */
export class DeliveryError extends Error {
  override name = "DeliveryError";
}

/** What was asked for has been overtaken: nothing is done, and nothing is wrong. */
export class Superseded extends DeliveryError {
  override name = "Superseded";
}
