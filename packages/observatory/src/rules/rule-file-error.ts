/** A rules file that cannot be used; the message names the group and the rule. */
export class RuleFileError extends Error {
  override name = "RuleFileError";
}
