"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import type { UserSummary } from "@/lib/users/contract";
import type { NewLink } from "@/lib/users/link-contract";
import { LinkOnce } from "./link-once";
import { linkWords } from "./link-words";

/** Makes a link for an account, after saying what it does, shows it once, and revokes the one that is open. */
export function LinkActions({ user }: { user: UserSummary }) {
  const [asked, setAsked] = useState(false);
  const router = useRouter();
  const path = `/api/v1/admin/users/${user.id}/link` as const;
  const make = useMutation({ mutationFn: () => callApi<NewLink>(path, { method: "POST" }) });
  const revoke = useMutation({
    mutationFn: () => callApi(path, { method: "DELETE" }),
    onSuccess: () => router.refresh(),
  });
  const purpose = user.state === "invited" ? "invite" : "reset";
  const words = linkWords(purpose);

  function close() {
    setAsked(false);
    if (make.isSuccess) router.refresh();
    make.reset();
  }

  return (
    <div className="space-y-3">
      {revoke.isError && (
        <div role="alert">
          <Callout tone="danger">{revoke.error.message}</Callout>
        </div>
      )}
      <div className="mb-0 flex flex-wrap gap-2">
        <Button onClick={() => setAsked(true)}>{words.make}</Button>
        {user.link && (
          <Button busy={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke the open link
          </Button>
        )}
      </div>
      <Dialog open={asked} onClose={close} title={make.isSuccess ? "Hand this link over" : `${words.make}?`}>
        {make.isSuccess ? (
          <LinkOnce link={make.data} name={user.name} onDone={close} />
        ) : (
          <>
            {make.isError && (
              <div role="alert" className="mb-3">
                <Callout tone="danger">{make.error.message}</Callout>
              </div>
            )}
            <p className="text-sm text-muted">
              {purpose === "invite"
                ? `By it ${user.name} sets a password. It ${words.lasts}.`
                : `By it ${user.name} sets another password, which signs them out in every browser. The present password works until then. It ${words.lasts}.`}
              {user.link && " The link that is open now stops working."}
            </p>
            <DialogActions>
              <Button onClick={close}>Cancel</Button>
              <Button look="primary" busy={make.isPending} onClick={() => make.mutate()}>
                Make the link
              </Button>
            </DialogActions>
          </>
        )}
      </Dialog>
    </div>
  );
}
