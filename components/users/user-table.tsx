import Link from "next/link";
import { formatCount, formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { ROLE_LABELS, type UserSummary } from "@/lib/users/contract";
import { AccountStateBadge } from "./account-state";

/** All accounts; each leads to the page where it is changed. `owned` counts customers by account. */
export function UserTable({
  users,
  owned,
  ownId,
  zone,
}: {
  users: UserSummary[];
  owned: ReadonlyMap<number, number>;
  ownId: number;
  zone: string;
}) {
  return (
    <Table label="Users">
      <TableHead>
        <HeaderCell>Name</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Role</HeaderCell>
        <HeaderCell numeric>Customers</HeaderCell>
        <HeaderCell>E-mail</HeaderCell>
        <HeaderCell>Last sign-in</HeaderCell>
        <HeaderCell>Since</HeaderCell>
      </TableHead>
      <TableBody>
        {users.map((user) => (
          <Row key={user.id}>
            <Cell className="whitespace-nowrap font-medium">
              <Link href={`/users/${user.id}`} className="text-accent-text hover:underline">
                {user.name}
              </Link>
              {user.id === ownId && <span className="ml-1.5 font-normal text-faint">you</span>}
            </Cell>
            <Cell>
              <AccountStateBadge user={user} />
            </Cell>
            <Cell className="whitespace-nowrap">{ROLE_LABELS[user.role]}</Cell>
            <Cell numeric>{formatCount(owned.get(user.id) ?? 0)}</Cell>
            <Cell className="whitespace-nowrap text-muted">{user.email}</Cell>
            <Cell className="whitespace-nowrap text-muted">
              {user.lastSignInAt ? formatInstant(user.lastSignInAt, zone) : "never"}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(user.createdAt, zone)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
