import { expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import type { Host } from "../model/plan.ts";
import { routerSections } from "./forwardingRouters.ts";

const sectionsFor = (...software: readonly string[]): readonly string[] => {
  const { lan } = planOf({});
  const host = { name: "router", ip: lan.gateway, ips: [lan.gateway], software } as unknown as Host;
  const sections = routerSections({ lan: { ...lan, hosts: [host] } });
  return Object.keys(sections).filter((id) => sections[id] === true);
};

test("steps are those of the router, all where nobody said what it is, none where they are those of any", () => {
  expect(sectionsFor("OPNsense")).toEqual(["opnsense"]);
  expect(sectionsFor("nfs")).toEqual(["unifi", "opnsense", "mikrotik", "fritzbox"]);
  expect(sectionsFor("vyos")).toEqual([]);
});
