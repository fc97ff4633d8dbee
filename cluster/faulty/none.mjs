// A good version: nothing is changed.
export const fault = "none";
