// Preloaded into child processes of a start: work whose result nobody waits for any more must not go on. A process whose
// parent is gone gets another one.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 500).unref();
