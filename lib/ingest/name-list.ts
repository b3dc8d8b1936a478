const NAMES_SHOWN_MAX = 30;
const NAME_LENGTH_SHOWN_MAX = 60;

/** Headers may have hundreds of columns, and what is no header may be long: a message stays readable. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN_MAX).map(shortened).join(", ");
  return names.length > NAMES_SHOWN_MAX ? `${shown} and ${names.length - NAMES_SHOWN_MAX} more` : shown;
}

/** As much of a name as can be read. */
export function shortened(name: string): string {
  return name.length > NAME_LENGTH_SHOWN_MAX ? `${name.slice(0, NAME_LENGTH_SHOWN_MAX)}…` : name;
}
