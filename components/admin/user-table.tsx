"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { callApi } from "@/lib/http/client";
import { ROLE_LABELS, type UserSummary } from "@/lib/users/contract";

/** All accounts, with a switch to deactivate and reactivate; `ownId` cannot be switched off by oneself. */
export function UserTable({ users, ownId, zone }: { users: UserSummary[]; ownId: number; zone: string }) {
  const router = useRouter();
  const change = useMutation({
    mutationFn: ({ id, active }: { id: number; active: boolean }) =>
      callApi(`/api/v1/admin/users/${id}`, { method: "PATCH", body: { active } }),
    onSuccess: () => router.refresh(),
  });
  return (
    <div className="space-y-3">
      {change.isError && (
        <div role="alert">
          <Callout tone="danger">{change.error.message}</Callout>
        </div>
      )}
      <Table label="Users">
        <TableHead>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>E-mail</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Password changed</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {users.map((user) => {
            const active = user.deactivatedAt === null;
            return (
              <Row key={user.id}>
                <Cell className="whitespace-nowrap font-medium">{user.name}</Cell>
                <Cell className="whitespace-nowrap text-muted">{user.email}</Cell>
                <Cell className="whitespace-nowrap">{ROLE_LABELS[user.role]}</Cell>
                <Cell>{active ? <Badge tone="good">active</Badge> : <Badge>deactivated</Badge>}</Cell>
                <Cell className="whitespace-nowrap text-muted">
                  {user.passwordChangedAt ? formatInstant(user.passwordChangedAt, zone) : "never"}
                </Cell>
                <Cell className="whitespace-nowrap text-muted">{formatInstant(user.createdAt, zone)}</Cell>
                <Cell className="text-right">
                  {user.id !== ownId && (
                    <Button
                      size="sm"
                      look="quiet"
                      aria-label={`${active ? "Deactivate" : "Reactivate"} ${user.name}`}
                      busy={change.isPending && change.variables.id === user.id}
                      onClick={() => change.mutate({ id: user.id, active: !active })}
                    >
                      {active ? "Deactivate" : "Reactivate"}
                    </Button>
                  )}
                </Cell>
              </Row>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
