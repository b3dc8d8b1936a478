const DISTINCT_CHARACTERS_MIN = 5;
const LOCAL_PART_LENGTH_MIN = 4;

/**
 * What is wrong with a password beyond its length (which the contract checks), or null where nothing is.
 * Length and the absence of the obvious are what counts; classes of characters are not asked for (NIST SP 800-63B, 3.1.1.2).
 */
export function passwordProblem(args: { password: string; email: string; name: string }): string | null {
  const password = args.password.toLowerCase();
  if (new Set(password).size < DISTINCT_CHARACTERS_MIN)
    return `expected at least ${DISTINCT_CHARACTERS_MIN} different characters`;
  const localPart = args.email.split("@")[0]?.toLowerCase() ?? "";
  if (localPart.length >= LOCAL_PART_LENGTH_MIN && password.includes(localPart))
    return "expected a password that does not contain the e-mail address";
  const spoken = args.name.toLowerCase().replaceAll(/\s/g, "");
  if (spoken.length >= LOCAL_PART_LENGTH_MIN && password.replaceAll(/\s/g, "").includes(spoken))
    return "expected a password that does not contain the name";
  return null;
}
