"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SourceSchema } from "@/lib/ingest/mapping/contract";

/** Names the source, which the mapping is kept under. */
export function NewMapping() {
  const router = useRouter();
  const [error, setError] = useState<string | null>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const source = String(new FormData(event.currentTarget).get("source")).trim().toLowerCase();
    if (SourceSchema.safeParse(source).success) return router.push(`/mappings/${source}`);
    setError("Expected lower-case letters, digits and hyphens, a letter first, at most 40: such as billing.");
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="max-w-md space-y-3">
      <Field
        id="mapping-source"
        label="Source"
        hint="The system that the files come from, such as billing or help-desk. Its mapping is kept under this name."
        error={error}
      >
        {(control) => <Input {...control} name="source" autoComplete="off" maxLength={40} />}
      </Field>
      <Button type="submit" look="primary">
        Make a mapping
      </Button>
    </form>
  );
}
