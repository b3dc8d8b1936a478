"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/**
 * A secret that was just made, to copy; where the browser forbids copying, its text is selected instead. `warning` says
 * what whoever has it can do.
 */
export function SecretOnce({
  label,
  warning,
  secret,
  onDone,
}: {
  label: string;
  warning: string;
  secret: string;
  onDone: () => void;
}) {
  const [copied, setCopied] = useState<"no" | "yes" | "by hand">("no");
  const id = useId();

  async function copy() {
    const done = await navigator.clipboard?.writeText(secret).then(
      () => true,
      () => false,
    );
    if (!done) (document.getElementById(id) as HTMLInputElement | null)?.select();
    setCopied(done ? "yes" : "by hand");
  }

  return (
    <div className="space-y-4">
      <Callout tone="warn">{warning}</Callout>
      <Field id={id} label={label}>
        {(control) => (
          <Input
            {...control}
            readOnly
            value={secret}
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <p role="status" className="text-sm text-muted">
        {copied === "yes" && "Copied."}
        {copied === "by hand" && "This browser does not let the page copy: the text is selected, copy it by hand."}
      </p>
      <DialogActions>
        <Button onClick={copy}>Copy</Button>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </div>
  );
}
