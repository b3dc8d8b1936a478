import { startScheduler } from "../scheduler";

// A server's scheduler alone in a process that can be killed; its log goes to the parent.
startScheduler({ log: (line) => process.send?.(line) });
