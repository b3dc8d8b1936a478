"use client";

import { useMutation } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import {
  type ErasureReceipt,
  SEARCH_LENGTH_MIN,
  type SearchResult,
  type Subject,
  type SubjectView,
} from "@/lib/privacy/contract";
import { SearchHits } from "./search-hits";
import { SubjectCard } from "./subject-card";

/** Search, the one that was opened, and what can be done with it. Nothing of it stands in the address. */
export function PrivacyDesk({ zone }: { zone: string }) {
  const [text, setText] = useState("");
  /** of the erasure that was done just now, of the one that is open */
  const [receipt, setReceipt] = useState<ErasureReceipt | null>(null);
  const search = useMutation({
    mutationFn: (asked: string) => callApi<SearchResult>("/api/v1/admin/privacy/search", { body: { text: asked } }),
  });
  const view = useMutation({
    mutationFn: (subject: Subject) => callApi<SubjectView>("/api/v1/admin/privacy/subject", { body: subject }),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    view.reset();
    setReceipt(null);
    search.mutate(text);
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="w-full max-w-md">
          <Field id="privacy-search" label="Name, e-mail address, phone number, or the source's id">
            {(control) => (
              <Input
                {...control}
                type="search"
                autoComplete="off"
                required
                minLength={SEARCH_LENGTH_MIN}
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button type="submit" look="primary" busy={search.isPending}>
          <Search aria-hidden />
          Search
        </Button>
      </form>
      {(search.error ?? view.error) && (
        <div role="alert">
          <Callout tone="danger">{(search.error ?? view.error)?.message}</Callout>
        </div>
      )}
      {view.data && (
        <SubjectCard
          key={`${view.data.subject.kind} ${view.data.subject.id}`}
          view={view.data}
          zone={zone}
          receipt={receipt}
          onErased={(done) => {
            setReceipt(done);
            view.mutate(view.data.subject);
            search.reset();
          }}
        />
      )}
      {search.data && (
        <SearchHits
          result={search.data}
          zone={zone}
          openSubject={view.variables ?? null}
          onOpen={(subject) => {
            setReceipt(null);
            view.mutate(subject);
          }}
        />
      )}
      {!search.data && !search.isPending && view.isIdle && (
        <EmptyState title="Nobody is shown yet">
          Search for the person or the company that asks. Part of a name is enough.
        </EmptyState>
      )}
    </>
  );
}
