/** The server's settings as command-line options: they hold for data of any age, unlike a file made by initdb. */
export function serverSettings(port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "", // a socket's path may have 107 characters, a project's folder more
    max_connections: 200,
    shared_buffers: "64MB",
    io_method: "sync", // saves three processes; the mall's data are in memory
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off", // the mall's statements are short, compiling them is not
    // A fresh WAL segment is extended rather than filled with zeros: creating the databases takes half as long.
    wal_init_zero: "off",
    // After a crash every file is synchronised: one call instead of thousands, where there is such a call.
    ...(process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
