/** The name with its mark: a line of water under a rising sun's arc. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight text-ink">
      <svg aria-hidden viewBox="0 0 24 24" className="size-5 text-accent" fill="none">
        <path d="M5 11a7 7 0 0 1 14 0" stroke="currentColor" strokeWidth="2" strokeLinecap="round" opacity=".45" />
        <path
          d="M2 15c2.5 0 2.5 1.6 5 1.6S9.5 15 12 15s2.5 1.6 5 1.6S19.5 15 22 15"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <path
          d="M6 20c1.5 0 1.5.8 3 .8s1.5-.8 3-.8 1.5.8 3 .8 1.5-.8 3-.8"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      Tideline
    </span>
  );
}
