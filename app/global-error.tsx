"use client";

/** When even the frame fails: no styles or fonts of ours may be counted on. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{ fontFamily: "system-ui, sans-serif", maxWidth: "32rem", margin: "4rem auto", padding: "0 1.5rem" }}
      >
        <h1 style={{ fontSize: "1.25rem" }}>Tideline cannot show this page</h1>
        <p>The server had a fault. Its log says more{error.digest ? ` under reference ${error.digest}` : ""}.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
