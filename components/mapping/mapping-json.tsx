"use client";

import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Textarea } from "@/components/ui/input";
import { type Mapping, MappingSchema } from "@/lib/ingest/mapping/contract";
import { FileInput } from "./file-input";
import { Labelled } from "./labelled";

/** The mapping as the file that it is: to read, copy, keep, or put in from elsewhere. */
export function MappingJson({ mapping, onLoad }: { mapping: Mapping; onLoad: (mapping: Mapping) => void }) {
  const [copied, setCopied] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const text = JSON.stringify(mapping, null, 2);
  const isEmpty = mapping.files.length === 0;

  async function load(file: File) {
    const read = readMapping(await file.text(), mapping.source);
    setFault(typeof read === "string" ? `${file.name}: ${read}` : null);
    if (typeof read !== "string") onLoad(read);
  }

  return (
    <Card
      title="As JSON"
      description="The same mapping as a file, for npm run import -- DIR --mapping FILE and for other installations."
    >
      <div className="space-y-3">
        <div className="flex flex-wrap items-end gap-2">
          <Button
            disabled={isEmpty}
            onClick={() => {
              void navigator.clipboard.writeText(text).then(() => setCopied(true));
            }}
          >
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {copied ? "Copied" : "Copy"}
          </Button>
          <Button disabled={isEmpty} onClick={() => download(`${mapping.source}.mapping.json`, text)}>
            <Download aria-hidden /> Download
          </Button>
          <Labelled label="Take a mapping from a file">
            {(control) => (
              <FileInput
                {...control}
                accept=".json,application/json"
                onFiles={([file]) => {
                  if (file) void load(file);
                }}
              />
            )}
          </Labelled>
        </div>
        {fault && (
          <div role="alert">
            <Callout tone="danger">{fault}</Callout>
          </div>
        )}
        {!isEmpty && (
          <details>
            <summary className="cursor-pointer text-sm text-muted">Show</summary>
            <Textarea
              readOnly
              aria-label="The mapping as JSON"
              className="mt-2 min-h-80 font-mono text-xs"
              value={text}
            />
          </details>
        )}
      </div>
    </Card>
  );
}

/** @returns the mapping, under the source of this page, or what is wrong with the text. */
function readMapping(text: string, source: string): Mapping | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "expected JSON";
  }
  const parsed = MappingSchema.safeParse(json);
  if (parsed.success) return { ...parsed.data, source };
  const issue = parsed.error.issues[0];
  return `${issue?.path.map(String).join(".") || "the file"}: ${issue?.message ?? "not a mapping"}`;
}

function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
