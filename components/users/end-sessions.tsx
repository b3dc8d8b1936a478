"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { callApi } from "@/lib/http/client";

/** Ends every session of an account: `userId` null for one's own, which leads to the sign-in page. */
export function EndSessions({ userId, name }: { userId: number | null; name: string }) {
  const end = useMutation({
    mutationFn: () =>
      callApi(userId === null ? "/api/v1/users/me/end-sessions" : `/api/v1/admin/users/${userId}/end-sessions`, {
        method: "POST",
      }),
    onSuccess: () => {
      // A full load: nothing made for the session that has ended stays in the browser.
      if (userId === null) window.location.assign("/sign-in");
    },
  });
  return (
    <div className="space-y-3">
      {end.isError && (
        <div role="alert">
          <Callout tone="danger">{end.error.message}</Callout>
        </div>
      )}
      {end.isSuccess && (
        <div role="status">
          <Callout tone="good">{name} is signed out in every browser.</Callout>
        </div>
      )}
      <Button busy={end.isPending} onClick={() => end.mutate()}>
        Sign out everywhere
      </Button>
    </div>
  );
}
