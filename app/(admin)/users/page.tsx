import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/ui/page-header";
import { AwaitedOwners } from "@/components/users/awaited-owners";
import { InviteUser } from "@/components/users/invite-user";
import { UserTable } from "@/components/users/user-table";
import { requireUser } from "@/lib/auth/service";
import { countOwnedCustomers, listAwaitedOwners } from "@/lib/owners/service";
import { getSettings } from "@/lib/settings/service";
import { listUsers } from "@/lib/users/service";

export const generateMetadata = pageTitle("Users", "admin");

export default async function UsersPage() {
  const user = await requireUser("admin");
  const [users, owned, awaited, { zone }] = await Promise.all([
    listUsers(new Date()),
    countOwnedCustomers(),
    listAwaitedOwners(),
    getSettings(),
  ]);
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can sign in, and as what. People are invited by a link that you hand over."
        actions={<InviteUser />}
      />
      {awaited.length > 0 && <AwaitedOwners owners={awaited} />}
      <UserTable users={users} owned={owned} ownId={user.id} zone={zone} />
    </>
  );
}
