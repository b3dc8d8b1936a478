"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import type { UserSummary } from "@/lib/users/contract";

/** Deactivates an account, after saying what that means, or reactivates it. */
export function ActivitySwitch({ user }: { user: UserSummary }) {
  const [asked, setAsked] = useState(false);
  const router = useRouter();
  const deactivated = user.state === "deactivated";
  const change = useMutation({
    mutationFn: (active: boolean) => callApi(`/api/v1/admin/users/${user.id}`, { method: "PATCH", body: { active } }),
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
