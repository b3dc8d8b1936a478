"use client";

import clsx from "clsx";
import { FileUp, X } from "lucide-react";
import { type DragEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/components/ui/format";

/** Files to choose or to drop, many at once; one of a name that is there already replaces it. */
export function FilePicker({
  files,
  problem,
  disabled,
  onChange,
}: {
  files: readonly File[];
  problem: string | null;
  disabled: boolean;
  onChange: (files: File[]) => void;
}) {
  const [over, setOver] = useState(false);

  function add(more: Iterable<File>) {
    const byName = new Map(files.map((file) => [file.name, file]));
    for (const file of more) byName.set(file.name, file);
    onChange([...byName.values()]);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!disabled) add(event.dataTransfer.files);
  }

  return (
    <div className="space-y-2">
      <p className="text-sm font-medium text-ink">Files</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a further way to what the button does */}
      <div
        className={clsx(
          "relative flex flex-col items-center gap-2 rounded-lg border border-dashed px-4 py-6 text-center",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-sunken/40",
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileUp aria-hidden strokeWidth={1.5} className="size-6 text-faint" />
        <p className="text-sm text-muted">Drop CSV files here, all that belong together, or</p>
        <input
          id="delivery-files"
          type="file"
          multiple
          accept=".csv,text/csv"
          disabled={disabled}
          aria-describedby={problem ? "delivery-files-error" : undefined}
          aria-invalid={problem ? true : undefined}
          className="peer sr-only"
          onChange={(event) => {
            add(event.target.files ?? []);
            // So that the same file can be chosen again after it was changed.
            event.target.value = "";
          }}
        />
        <label
          htmlFor="delivery-files"
          className="inline-flex h-8 cursor-pointer items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium text-ink hover:bg-sunken peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2 peer-disabled:cursor-not-allowed peer-disabled:opacity-55"
        >
          Choose files
        </label>
      </div>
      {problem && (
        <p id="delivery-files-error" role="alert" className="text-sm text-danger-text">
          {problem}
        </p>
      )}
      {files.length > 0 && (
        <ul aria-label="Chosen files" className="divide-y divide-line rounded-lg border border-line bg-surface">
          {files.map((file) => (
            <li key={file.name} className="flex items-center gap-3 px-3 py-1.5 text-sm">
              <span className="min-w-0 flex-1 break-all font-medium text-ink">{file.name}</span>
              <span className="whitespace-nowrap text-muted tabular-nums">{formatBytes(file.size)}</span>
              <Button
                size="sm"
                look="quiet"
                disabled={disabled}
                aria-label={`Leave out ${file.name}`}
                onClick={() => onChange(files.filter((other) => other !== file))}
              >
                <X aria-hidden strokeWidth={1.75} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
