import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { UserPage } from "@/components/users/user-page";
import { currentUser, requireUser } from "@/lib/auth/service";
import { countOwnedCustomers } from "@/lib/owners/service";
import { getSettings } from "@/lib/settings/service";
import { mayOwnCustomers, UserIdSchema } from "@/lib/users/contract";
import { findUser, listUsers } from "@/lib/users/service";

type Props = { params: Promise<{ userId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const viewer = await currentUser();
  const user = viewer?.role === "admin" ? await readUser((await params).userId) : null;
  return { title: user?.name ?? "Not found" };
}

export default async function OneUserPage({ params }: Props) {
  const viewer = await requireUser("admin");
  const [user, users, owned, { zone }] = await Promise.all([
    readUser((await params).userId),
    listUsers(new Date()),
    countOwnedCustomers(),
    getSettings(),
  ]);
  if (!user) notFound();
  const successors = users.filter((other) => other.id !== user.id && mayOwnCustomers(other));
  return (
    <>
      <PageHeader title={user.name} description={user.email} back={{ href: "/users", label: "Users" }} />
      <UserPage
        user={user}
        own={user.id === viewer.id}
        owned={owned.get(user.id) ?? 0}
        successors={successors.map(({ id, name }) => ({ id, name }))}
        zone={zone}
      />
    </>
  );
}

/** Read once for title and page; null where there is no such account. */
const readUser = cache(async (userId: string) => {
  const id = UserIdSchema.safeParse({ userId });
  return id.success ? findUser(id.data.userId, new Date()) : null;
});
