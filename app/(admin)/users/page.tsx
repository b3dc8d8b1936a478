import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/ui/page-header";
import { InviteUser } from "@/components/users/invite-user";
import { UserTable } from "@/components/users/user-table";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";
import { listUsers } from "@/lib/users/service";

export const generateMetadata = pageTitle("Users", "admin");

export default async function UsersPage() {
  const user = await requireUser("admin");
  const [users, { zone }] = await Promise.all([listUsers(new Date()), getSettings()]);
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can sign in, and as what. People are invited by a link that you hand over."
        actions={<InviteUser />}
      />
      <UserTable users={users} ownId={user.id} zone={zone} />
    </>
  );
}
