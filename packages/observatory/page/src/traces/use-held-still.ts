import { useRef, useState } from "preact/hooks";

type Holding = {
  readonly onMouseEnter: () => void;
  readonly onMouseLeave: () => void;
  readonly onFocusIn: () => void;
  readonly onFocusOut: () => void;
};

/**
 * A list must not move under the pointer or the keyboard's focus: while either is in it, what was shown stays. `reset`
 * names what is listed; another selection is shown at once.
 */
export function useHeldStill<Value>(
  value: Value,
  reset = "",
): { shown: Value; held: boolean; holding: Holding } {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const last = useRef({ value, reset });
  const held = hovered || focused;
  const isOther = last.current.reset !== reset || last.current.value === null;
  if (!held || isOther) last.current = { value, reset };
  return {
    shown: last.current.value,
    held,
    holding: {
      onMouseEnter: () => setHovered(true),
      onMouseLeave: () => setHovered(false),
      onFocusIn: () => setFocused(true),
      onFocusOut: () => setFocused(false),
    },
  };
}
