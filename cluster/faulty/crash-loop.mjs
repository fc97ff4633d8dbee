// Ends before it has begun; as a migration it still works.
if (!process.argv.includes("migrate")) throw new Error("This version cannot start.");
