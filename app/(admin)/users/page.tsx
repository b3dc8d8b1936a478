import { pageTitle } from "@/app/page-title";
import { AddUser } from "@/components/admin/add-user";
import { UserTable } from "@/components/admin/user-table";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";
import { listUsers } from "@/lib/users/service";

export const generateMetadata = pageTitle("Users", "admin");

export default async function UsersPage() {
  const user = await requireUser("admin");
  const [users, { zone }] = await Promise.all([listUsers(), getSettings()]);
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can sign in, and as what. Deactivating ends all sessions of an account at once."
        actions={<AddUser />}
      />
      <UserTable users={users} ownId={user.id} zone={zone} />
    </>
  );
}
