import { PageHeader } from "@/components/ui/page-header";

/** On an installation of the demo: that there is nothing to set up, and how to begin with data of one's own. */
export function DemoHere() {
  return (
    <>
      <PageHeader title="Set-up" description="This installation holds the demo company, which is set up already." />
      <section className="max-w-prose space-y-3 text-sm text-ink">
        <h2 className="text-base font-semibold">Begin with your own data</h2>
        <p>
          Simulated data never mixes with yours, so the demo takes no imports. On the machine that Tideline runs on,
          call
        </p>
        <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">npm run reset -- --empty</pre>
        <p>
          It asks, removes the demo with everything in it, starts again empty, and prints the sign-in of the first
          administrator. To keep the demo beside it, start a second installation with another data folder and port:
        </p>
        <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
          TIDELINE_DATA_DIR=.own PORT=3001 npm start -- --empty
        </pre>
      </section>
    </>
  );
}
