/**
 * Settings of the installation's own Postgres: one machine, bulk loads beside a web application, no replicas. A commit
 * is on disk before it is answered (synchronous_commit stays on).
 */
export function serverSettings(memoryBytes: number): Record<string, string> {
  const megabytes = memoryBytes / 2 ** 20;
  return {
    shared_buffers: `${clamp(megabytes / 8, 64, 512)}MB`,
    effective_cache_size: `${clamp(megabytes / 2, 256, 8192)}MB`,
    work_mem: `${clamp(megabytes / 128, 8, 64)}MB`,
    maintenance_work_mem: `${clamp(megabytes / 16, 64, 256)}MB`,
    max_connections: "60",
    // COPY into a table made in the same transaction skips the log; nobody reads it but crash recovery.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    // Compiling costs more than it saves in queries of this size.
    jit: "off",
    random_page_cost: "1.1",
    timezone: "UTC",
    log_timezone: "UTC",
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
