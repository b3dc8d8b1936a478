"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { callApi } from "@/lib/http/client";
import type { UserSummary } from "@/lib/users/contract";
import { countedCustomers } from "./counted-customers";
import { handOver, type Successor, SuccessorSelect } from "./hand-over-form";

/**
 * Deactivates an account, after saying what that means and asking who gets the `owned` customers, or reactivates it.
 */
export function ActivitySwitch({
  user,
  owned,
  successors,
}: {
  user: UserSummary;
  owned: number;
  successors: Successor[];
}) {
  const [successor, setSuccessor] = useState("");
  const [asked, setAsked] = useState(false);
  const router = useRouter();
  const deactivated = user.state === "deactivated";
  const change = useMutation({
    mutationFn: async (active: boolean) => {
      if (!active && successor !== "") await handOver(user.id, successor);
      await callApi(`/api/v1/admin/users/${user.id}`, { method: "PATCH", body: { active } });
    },
    onSuccess: () => {
      setAsked(false);
      router.refresh();
    },
  });
  const problem = change.isError && (
    <div role="alert" className="mb-3">
      <Callout tone="danger">{change.error.message}</Callout>
    </div>
  );

  if (deactivated)
    return (
      <>
        {problem}
        <Button busy={change.isPending} onClick={() => change.mutate(true)}>
          Reactivate
        </Button>
      </>
    );
  return (
    <>
      <Button
        onClick={() => {
          change.reset();
          setAsked(true);
        }}
      >
        Deactivate
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={`Deactivate ${user.name}?`}>
        {problem}
        <p className="text-sm text-muted">
          {user.name} is signed out everywhere at once and cannot sign in; an open link stops working. What they did
          stays in the record, and you can reactivate the account.
        </p>
        {owned > 0 && (
          <div className="mt-4">
            <Field
              id="successor"
              label={`Who gets the ${countedCustomers(owned)} that ${user.name} owns?`}
              hint="Kept, they stay in the queue under this name, and you can hand them over later."
            >
              {(control) => (
                <SuccessorSelect
                  {...control}
                  successors={successors}
                  none={`${user.name} keeps them`}
                  value={successor}
                  onChange={(event) => setSuccessor(event.target.value)}
                />
              )}
            </Field>
          </div>
        )}
        <DialogActions>
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <Button look="danger" busy={change.isPending} onClick={() => change.mutate(false)}>
            Deactivate
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
