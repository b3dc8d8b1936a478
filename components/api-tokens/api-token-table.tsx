"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ApiTokenSummary } from "@/lib/api-tokens/contract";
import { callApi } from "@/lib/http/client";

const TONES = { active: "good", expired: "warn", revoked: "neutral" } as const;

/** All tokens, newest first; those in force can be revoked, after a question. */
export function ApiTokenTable({ tokens, zone }: { tokens: ApiTokenSummary[]; zone: string }) {
  const [asked, setAsked] = useState<ApiTokenSummary | null>(null);
  const router = useRouter();
  const revoke = useMutation({
    mutationFn: (id: number) => callApi(`/api/v1/admin/api-tokens/${id}`, { method: "DELETE" }),
    onSuccess: () => {
      setAsked(null);
      router.refresh();
    },
  });
  if (tokens.length === 0)
    return (
      <EmptyState icon={KeyRound} title="No tokens yet">
        A program that sends files by itself needs one; files that people bring by hand do not.
      </EmptyState>
    );
  const instant = (iso: string | null, none: string) => (iso ? formatInstant(iso, zone) : none);
  return (
    <>
      <Table label="API tokens">
        <TableHead>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Source</HeaderCell>
          <HeaderCell>Begins with</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Last used</HeaderCell>
          <HeaderCell>Holds until</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {tokens.map((token) => (
            <Row key={token.id}>
              <Cell className="font-medium">{token.name}</Cell>
              <Cell className="whitespace-nowrap">{token.source}</Cell>
              <Cell className="whitespace-nowrap font-mono text-muted">{token.prefix}…</Cell>
              <Cell>
                <Badge tone={TONES[token.state]}>{token.state}</Badge>
              </Cell>
              <Cell className="whitespace-nowrap text-muted">{instant(token.lastUsedAt, "never")}</Cell>
              <Cell className="whitespace-nowrap text-muted">{instant(token.expiresAt, "revoked")}</Cell>
              <Cell className="whitespace-nowrap text-muted">{instant(token.createdAt, "")}</Cell>
              <Cell className="text-right">
                {token.state !== "revoked" && (
                  <Button
                    size="sm"
                    look="quiet"
                    aria-label={`Revoke ${token.name}`}
                    onClick={() => {
                      revoke.reset();
                      setAsked(token);
                    }}
                  >
                    Revoke
                  </Button>
                )}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <Dialog open={asked !== null} onClose={() => setAsked(null)} title={`Revoke ${asked?.name ?? "the token"}?`}>
        <div className="space-y-3 text-sm">
          {revoke.isError && (
            <div role="alert">
              <Callout tone="danger">{revoke.error.message}</Callout>
            </div>
          )}
          <p>Whatever uses this token is refused from now on. This cannot be undone: it would need a new token.</p>
          <DialogActions>
            <Button onClick={() => setAsked(null)}>Keep it</Button>
            <Button look="danger" busy={revoke.isPending} onClick={() => asked && revoke.mutate(asked.id)}>
              Revoke
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    </>
  );
}
