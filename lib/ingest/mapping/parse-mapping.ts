import { ImportError } from "../contract";
import { findMappingFaults } from "./check-mapping";
import { type Mapping, MappingSchema } from "./contract";

/** Reads a mapping that somebody wrote. @throws ImportError that names the first place that is wrong, and how many more. */
export function parseMapping(value: unknown): Mapping {
  const parsed = MappingSchema.safeParse(value);
  const faults = parsed.success
    ? findMappingFaults(parsed.data)
    : parsed.error.issues.map((issue) => ({ place: issue.path.join("."), message: issue.message }));
  const [first, ...more] = faults;
  if (first !== undefined) {
    const rest = more.length > 0 ? ` (and ${more.length} more)` : "";
    throw new ImportError(`mapping, ${first.place}: ${first.message}${rest}`);
  }
  return parsed.data as Mapping;
}
