import type { LinkPurpose } from "@/lib/users/contract";
import { LINK_HOURS } from "@/lib/users/link-contract";

/** What pages say of a link: what it is, what makes one, and how long it holds. */
export function linkWords(purpose: LinkPurpose): { noun: string; make: string; lasts: string } {
  const hours = LINK_HOURS[purpose];
  const lasts = `holds for ${hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`}`;
  return purpose === "invite"
    ? { noun: "Invitation", make: "Make a new invitation link", lasts }
    : { noun: "Link to reset the password", make: "Make a link to reset the password", lasts };
}
