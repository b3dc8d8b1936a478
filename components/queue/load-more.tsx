"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/http/client";

/** The end of an endless list: loads by itself when it comes near, and by a button for those who don't scroll. */
export function LoadMore({
  hasMore,
  loading,
  error,
  onLoad,
  shown,
}: {
  hasMore: boolean;
  loading: boolean;
  error: Error | null;
  onLoad: () => void;
  shown: number;
}) {
  const sentinel = useRef<HTMLDivElement>(null);
  const load = useRef(onLoad);
  load.current = onLoad;
  const waiting = hasMore && !loading && !error;

  useEffect(() => {
    const element = sentinel.current;
    if (!element || !waiting) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load.current();
      },
      { rootMargin: "400px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [waiting]);

  const stale = error instanceof ApiError && error.code === "conflict";
  return (
    <div ref={sentinel} className="flex flex-wrap items-center justify-between gap-2 px-1 text-sm text-muted">
      <p role="status">{error ? error.message : hasMore ? `${shown} shown` : `${shown} shown, that is all`}</p>
      {stale && <Button onClick={() => window.location.reload()}>Reload</Button>}
      {!stale && hasMore && (
        <Button size="sm" busy={loading} onClick={onLoad}>
          {error ? "Try again" : "Show more"}
        </Button>
      )}
    </div>
  );
}
