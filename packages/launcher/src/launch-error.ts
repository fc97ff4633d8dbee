/** Something the person at the terminal can mend: the message is one sentence that names what to do. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
