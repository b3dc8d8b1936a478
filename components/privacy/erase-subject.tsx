"use client";

import { useMutation } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import type { ErasureReceipt, SubjectView } from "@/lib/privacy/contract";

/** Erases after its name was typed: it cannot be taken back. The server compares the name. */
export function EraseSubject({ view, onErased }: { view: SubjectView; onErased: (receipt: ErasureReceipt) => void }) {
  const [open, setOpen] = useState(false);
  const { subject, name } = view;
  const erase = useMutation({
    mutationFn: (typed: string) =>
      callApi<ErasureReceipt>("/api/v1/admin/privacy/erase", { body: { ...subject, name: typed } }),
    onSuccess: (receipt) => {
      setOpen(false);
      onErased(receipt);
    },
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    erase.mutate(String(new FormData(event.currentTarget).get("name")));
  }

  return (
    <>
      <Button
        look="danger"
        onClick={() => {
          erase.reset();
          setOpen(true);
        }}
      >
        <Eraser aria-hidden />
        Erase
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Erase the ${subject.kind} ${name}?`}>
        <form method="post" onSubmit={submit} className="space-y-4">
          <p className="text-sm text-muted">
            This cannot be undone. {WHAT_GOES[subject.kind]} Ids and facts stay, and later imports do not bring the rest
            back. Backups that were made before still hold it.
          </p>
          {erase.isError && (
            <div role="alert">
              <Callout tone="danger">{erase.error.message}</Callout>
            </div>
          )}
          <Field id="erase-name" label="Name" hint={`Type ${name}`}>
            {(control) => <Input {...control} name="name" autoComplete="off" required maxLength={500} />}
          </Field>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" look="danger" busy={erase.isPending}>
              Erase for ever
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}

const WHAT_GOES: Record<SubjectView["subject"]["kind"], string> = {
  contact: "Name, e-mail address, phone number and job title are replaced, also in rows that imports set aside.",
  customer:
    "All names the customer had, its texts, and all its people are replaced, also in rows that imports set aside.",
};
