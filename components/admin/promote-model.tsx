"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import { type ModelVersionView, PROMOTION_REASON_LENGTH_MIN, type Promote } from "@/lib/model-registry/contract";

/** Makes a version the champion, with a written reason; says plainly when gates were not passed. */
export function PromoteModel({
  version,
}: {
  version: Pick<ModelVersionView, "id" | "number" | "gates" | "gatesPassed">;
}) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const promote = useMutation({
    mutationFn: (body: Promote) => callApi("/api/v1/admin/model-versions/promote", { body }),
    onSuccess: () => {
      setOpen(false);
      router.refresh();
    },
  });
  const failed = version.gates.filter((gate) => !gate.passed).map((gate) => gate.label);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    promote.mutate({ modelVersionId: version.id, reason });
  }

  return (
    <>
      <Button
        size="sm"
        aria-label={`Make champion: model ${version.number}`}
        onClick={() => {
          promote.reset();
          setOpen(true);
        }}
      >
        Make champion
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Make model ${version.number} the champion?`}>
        <form method="post" onSubmit={submit} className="space-y-4">
          <p className="text-sm text-muted">
            From the next scoring on, all predictions come from this model. The queue that is published stays as it is
            until then.
          </p>
          {failed.length > 0 && (
            <Callout tone="warn" title="Not all gates were passed">
              {failed.join(", ")}. The reason that you give is shown on every page for as long as this model is in use.
            </Callout>
          )}
          {promote.isError && (
            <div role="alert">
              <Callout tone="danger">{promote.error.message}</Callout>
            </div>
          )}
          <Field
            id={`reason-${version.id}`}
            label="Reason"
            hint={`At least ${PROMOTION_REASON_LENGTH_MIN} characters; kept in the history and the audit.`}
          >
            {(control) => (
              <Textarea {...control} name="reason" minLength={PROMOTION_REASON_LENGTH_MIN} maxLength={1000} required />
            )}
          </Field>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" look="primary" busy={promote.isPending}>
              Make champion
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
