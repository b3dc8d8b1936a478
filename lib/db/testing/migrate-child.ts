import { migrateDatabase } from "../migrate";

// A process of its own, to be killed: migrates the database of its first argument.
await migrateDatabase(process.argv[2]!);
