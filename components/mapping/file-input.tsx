import type { ComponentProps } from "react";

/** The browser's own choice of files, its button like the others. It can be asked for the same file again. */
export function FileInput({
  onFiles,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "onChange"> & { onFiles: (files: File[]) => void }) {
  return (
    <input
      {...rest}
      type="file"
      className="max-w-full text-sm text-muted file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink hover:file:bg-sunken"
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = "";
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
