// Loaded before a service's own code. When the launcher is gone, a service drains and ends by itself; one that is
// still starting, or stuck, is ended here, so that kill -9 of the launcher leaves nothing behind.
const graceMs = 2_500;

if (!process.connected) process.exit(1);
process.once("disconnect", () => {
  setTimeout(() => process.exit(1), graceMs).unref();
});
// Waiting for the launcher's end must not keep a process alive that has nothing else to do.
process.channel?.unref();
