import type { Metadata } from "next";
import { currentUser } from "@/lib/auth/service";
import type { Role } from "@/lib/users/contract";

/**
 * A page's `generateMetadata`: its title for those who may see it. For others the page does not exist, and its title
 * must not say otherwise.
 */
export function pageTitle(title: string, ...roles: Role[]): () => Promise<Metadata> {
  return async () => {
    const user = await currentUser();
    return { title: user && roles.includes(user.role) ? title : "Not found" };
  };
}
