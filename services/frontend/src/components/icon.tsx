const drawings = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.8 11.3L20 20",
  cart: "M3 4h2.5l2.2 11h10l2-8H6.3M9 20h.01M16.5 20h.01",
  heart: "M12 20s-7.5-4.6-7.5-10.2A4.2 4.2 0 0 1 12 7.3a4.2 4.2 0 0 1 7.5 2.5C19.5 15.4 12 20 12 20Z",
  orders: "M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9 8.5h6M9 12.5h6",
  profile: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  globe:
    "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17",
  card: "M3.5 6h17v12h-17zM3.5 10h17M6.5 14.5h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  bag: "M5 8h14l-1 12H6zM9 10V7a3 3 0 0 1 6 0v3",
  truck:
    "M3 6.5h11v10H3zM14 10h4l3 3.5v3h-7M7 19.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM17.5 19.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  shield: "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.2 2.2L15.2 10",
  lost: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM9 9.5h.01M15 9.5h.01M8.5 16c1-1.3 2.2-2 3.5-2s2.5.7 3.5 2",
  arrow: "M5 12h14M13 6l6 6-6 6",
} as const;

/** A line drawing beside a text that says the same, so it is hidden from screen readers. */
export const Icon = ({ name }: { name: keyof typeof drawings }) => (
  <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path d={drawings[name]} />
  </svg>
);
