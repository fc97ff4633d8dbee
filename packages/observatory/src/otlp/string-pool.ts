/** Gives back one shared copy of a string, or of a list of strings, that was seen before. */
export type StringPool = {
  (text: string): string;
  /** Equal lists become the same one, so that what is found out about it once holds for every span that has it. */
  readonly list: (texts: readonly string[]) => readonly string[];
};

/** SQL texts and routes are shorter; what is longer is rarely said twice. */
const LONGEST_SHARED = 256;

/** The lists that begin alike: one of them ends here. */
type ListNode = { list: readonly string[] | null; readonly next: Map<string, ListNode> };

const newNode = (): ListNode => ({ list: null, next: new Map() });

/**
 * Telemetry repeats itself: the same keys, routes and statements in every span. Sharing them halves the store's
 * memory. The pool forgets everything when it is full, so unique values (ids) cannot make it grow.
 */
export function createStringPool({ capacity = 20_000 }: { capacity?: number } = {}): StringPool {
  let strings = new Map<string, string>();
  let lists = newNode();
  let nodes = 0;

  function share(text: string): string {
    if (text.length > LONGEST_SHARED) return text;
    const known = strings.get(text);
    if (known !== undefined) return known;
    if (strings.size >= capacity) strings = new Map();
    strings.set(text, text);
    return text;
  }

  function list(texts: readonly string[]): readonly string[] {
    if (nodes + texts.length > capacity) {
      lists = newNode();
      nodes = 0;
    }
    let node = lists;
    for (const text of texts) {
      const next = node.next.get(text) ?? newNode();
      if (!node.next.has(text)) {
        node.next.set(text, next);
        nodes += 1;
      }
      node = next;
    }
    return (node.list ??= texts);
  }

  return Object.assign(share, { list });
}
