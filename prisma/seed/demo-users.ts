/** A person of the demo company; invented, under a domain that cannot exist. */
export type DemoUser = { readonly email: string; readonly name: string; readonly role: DemoRole };

type DemoRole = "csm" | "vp" | "admin" | "data_scientist";

/** Who can sign in to the demo. The CSMs look after the customers, in this order. */
export const DEMO_USERS: readonly DemoUser[] = [
  { email: "amara.lindqvist@techflow.example", name: "Amara Lindqvist", role: "csm" },
  { email: "ben.okonkwo@techflow.example", name: "Ben Okonkwo", role: "csm" },
  { email: "carmen.vidal@techflow.example", name: "Carmen Vidal", role: "csm" },
  { email: "deniz.aydin@techflow.example", name: "Deniz Aydin", role: "csm" },
  { email: "erik.sandoval@techflow.example", name: "Erik Sandoval", role: "csm" },
  { email: "fiona.marchetti@techflow.example", name: "Fiona Marchetti", role: "vp" },
  { email: "gabriel.stone@techflow.example", name: "Gabriel Stone", role: "admin" },
  { email: "hana.kobayashi@techflow.example", name: "Hana Kobayashi", role: "admin" },
  { email: "ivo.petrov@techflow.example", name: "Ivo Petrov", role: "data_scientist" },
];
