// Only its migration fails; it never comes to serving.
if (process.argv.includes("migrate")) throw new Error("This version's migration fails.");
