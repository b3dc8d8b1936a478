/** The stored parameters of priority as name and value, in the order they were stored; nested ones by their path. */
export function describePriority(parameters: unknown): { name: string; value: string }[] {
  return flatten(parameters, []);
}

function flatten(value: unknown, path: readonly string[]): { name: string; value: string }[] {
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([name, item]) => flatten(item, [...path, name]));
  }
  return [{ name: path.map(inWords).join(", "), value: String(value) }];
}

function inWords(name: string): string {
  return name
    .replace(/_/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
