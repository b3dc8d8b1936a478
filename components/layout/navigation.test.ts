import { expect, test } from "vitest";
import { ROLES } from "@/lib/users/contract";
import { homeOf, navigationFor } from "./navigation";

test.each(ROLES)("the start page of %s is in its menu", (role) => {
  const hrefs = navigationFor(role).flatMap((section) => section.items.map((item) => item.href));
  expect(hrefs).toContain(homeOf(role));
});

test("a CSM's menu holds the queue, those leaving and all customers, and no empty section", () => {
  expect(navigationFor("csm")).toEqual([
    {
      title: "Customers",
      items: [
        { href: "/queue", label: "Risk queue", icon: "queue" },
        { href: "/leaving", label: "Leaving", icon: "leaving" },
        { href: "/customers", label: "All customers", icon: "customers" },
      ],
    },
  ]);
});
