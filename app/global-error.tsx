"use client";

/** When even the frame fails: no styles or fonts of ours may be counted on. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body
        style={{ fontFamily: "system-ui, sans-serif", maxWidth: "32rem", margin: "4rem auto", padding: "0 1.5rem" }}
      >
        <h1 style={{ fontSize: "1.25rem" }}>Tideline cannot show this page</h1>
        <p>The server had a fault. Its log says more{error.digest ? ` under reference ${error.digest}` : ""}.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
