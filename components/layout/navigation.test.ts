import { expect, test } from "vitest";
import { ROLES } from "@/lib/users/contract";
import { homeOf, navigationFor } from "./navigation";

test.each(
  ROLES.flatMap(
    (role) =>
      [
        [role, false],
        [role, true],
      ] as const,
  ),
)("the start page of %s, being set up: %s, is in its menu", (role, beingSetUp) => {
  const hrefs = navigationFor(role).flatMap((section) => section.items.map((item) => item.href));
  expect(hrefs).toContain(homeOf(role, beingSetUp));
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

test("admins begin with set-up until there is a queue, others never", () => {
  expect(ROLES.filter((role) => homeOf(role, true) === "/setup")).toEqual(["admin"]);
  expect(ROLES.filter((role) => homeOf(role, false) === "/setup")).toEqual([]);
});
