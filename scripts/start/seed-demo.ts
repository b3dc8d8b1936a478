import { z } from "zod";
import { runChild } from "./children";

const MessageSchema = z.object({
  step: z.string(),
  fraction: z.number().min(0).max(1).optional(),
  message: z.string().optional(),
});

/** How far the seeding is. */
export type SeedProgress = z.infer<typeof MessageSchema>;

/**
 * Makes the demo company in a process of its own, or goes on where a killed one was.
 * @param args.options such as ["--customers", "200"]
 */
export function seedDemo(args: {
  options: readonly string[];
  env: Readonly<Record<string, string>>;
  onProgress: (progress: SeedProgress) => void;
  /** Gets what the seeding prints: its steps, and how good the model is. */
  onLine: (line: string) => void;
  /** Ends it: it fails then, and what it has made so far stays. */
  signal: AbortSignal;
}): Promise<void> {
  return runChild({
    name: "Making the demo company",
    script: "prisma/seed/seed-demo.ts",
    nodeOptions: ["--import", "tsx", "--conditions=react-server"],
    arguments: args.options,
    env: args.env,
    onLine: args.onLine,
    signal: args.signal,
    onMessage: (message) => {
      const progress = MessageSchema.safeParse(message);
      if (progress.success) args.onProgress(progress.data);
    },
  });
}
