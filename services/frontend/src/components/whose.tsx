/** Ends the words of a button for whoever does not see which of the things in a list it belongs to. */
export const Whose = ({ name }: { name: string }) => <span class="visually-hidden">{`: ${name}`}</span>;
