// What a test reads of a command's output has no colors, wherever it runs: picocolors asks once, as it is loaded, and
// takes a CI for a terminal.
process.env["NO_COLOR"] = "1";
