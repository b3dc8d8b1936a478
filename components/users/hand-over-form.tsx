"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ComponentProps, FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import type { HandOver, UserSummary } from "@/lib/users/contract";
import { countedCustomers } from "./counted-customers";

/** Somebody who may take customers over. */
export type Successor = { id: number; name: string };

const NOBODY = "nobody";

/** Gives all customers of an account to somebody else, or to nobody. */
export function HandOverForm({
  user,
  owned,
  successors,
}: {
  user: UserSummary;
  owned: number;
  successors: Successor[];
}) {
  const router = useRouter();
  const give = useMutation({
    mutationFn: (successor: string) => handOver(user.id, successor),
    onSuccess: () => router.refresh(),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    give.mutate(String(new FormData(event.currentTarget).get("to")));
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-3">
      {give.isError && (
        <div role="alert">
          <Callout tone="danger">{give.error.message}</Callout>
        </div>
      )}
      <Field id="hand-over-to" label={`Hand ${countedCustomers(owned)} over to`}>
        {(control) => (
          <SuccessorSelect {...control} name="to" successors={successors} none="Choose…" defaultValue="" required />
        )}
      </Field>
      <Button type="submit" busy={give.isPending}>
        Hand over
      </Button>
    </form>
  );
}

/** Who may take over, and nobody; `none` is said where nothing is chosen. */
export function SuccessorSelect({
  successors,
  none,
  ...rest
}: Omit<ComponentProps<typeof Select>, "children"> & { successors: Successor[]; none: string }) {
  return (
    <Select {...rest}>
      <option value="">{none}</option>
      {successors.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      <option value={NOBODY}>Nobody: without an owner</option>
    </Select>
  );
}

/** @param successor a value of SuccessorSelect, not the empty one */
export async function handOver(userId: number, successor: string): Promise<void> {
  const body: HandOver = { toId: successor === NOBODY ? null : Number(successor) };
  await callApi(`/api/v1/admin/users/${userId}/hand-over`, { body });
}
