"use client";

import clsx from "clsx";
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { THEME_COOKIE, type Theme } from "./theme";

const YEAR_SECONDS = 31_536_000;
const CHOICES = [
  { theme: "system", label: "As the system", icon: Monitor },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
] as const;

/** Light, dark or as the system; kept in a cookie, so that the server renders the page right at once. */
export function ThemeChoice({ initial }: { initial: Theme }) {
  const [chosen, setChosen] = useState<Theme>(initial);

  function choose(theme: Theme) {
    setChosen(theme);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }

  return (
    <fieldset className="flex rounded-md bg-sunken p-0.5">
      <legend className="sr-only">Colours</legend>
      {CHOICES.map(({ theme, label, icon: Icon }) => (
        <button
          key={theme}
          type="button"
          aria-pressed={chosen === theme}
          aria-label={label}
          title={label}
          onClick={() => choose(theme)}
          className={clsx(
            "flex h-7 flex-1 items-center justify-center rounded",
            chosen === theme ? "bg-surface text-ink shadow-sm" : "text-muted hover:text-ink",
          )}
        >
          <Icon aria-hidden className="size-4" strokeWidth={1.75} />
        </button>
      ))}
    </fieldset>
  );
}
