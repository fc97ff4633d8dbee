/**
 * State of which a process has one. The preload and the service are bundled apart, each with its own copy of every
 * module, so a variable of a module would be two.
 */
export function processWide<State extends object>(name: string, initial: State): State {
  const holder = globalThis as unknown as Record<symbol, State | undefined>;
  return (holder[Symbol.for(`mall.${name}`)] ??= initial);
}
