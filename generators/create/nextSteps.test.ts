/** What is left to do: routers stand where somebody cannot go on without them. */
import { describe, expect, test } from "vitest";
import { emitted } from "../../test/fixtures/emitted.ts";
import { API_AND_SERVICES_BGP, API_BGP, OVER_BGP } from "../../test/fixtures/overBgp.ts";
import { wayVariations } from "../../test/fixtures/wayVariations.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edited, type Edit } from "../../test/rules/edits.ts";
import { nextSteps } from "./nextSteps.ts";

const forwarded = wayVariations["the address of the house at Hetzner"] ?? "";
const ROUTER = "tell router about the nodes:  routers/router/README.md; then ";
const CLUSTER = "make the machines a cluster:  docs/bootstrap.md";

const stepsOf = (edits: readonly Edit[]): readonly string[] =>
  nextSteps({ plan: emitted(edited(reference, edits)).plan, secrets: 1, shown: "net", git: undefined });

describe("routers are told", () => {
  test("with the resolver, where only Services are behind them", () => {
    const steps = stepsOf(OVER_BGP);
    expect(steps).toContain(CLUSTER);
    expect(steps.at(-1)?.startsWith(`${ROUTER}tell your resolver`)).toBe(true);
  });
  test.each([{ edits: API_BGP }, { edits: API_AND_SERVICES_BGP }])(
    "before the machines, which join by the API behind them, and once",
    ({ edits }) => {
      const steps = stepsOf(edits);
      expect(steps).toContain(`${ROUTER}${CLUSTER}`);
      expect(steps.filter((step) => step.includes("about the nodes"))).toHaveLength(1);
      expect(steps.length).toBeLessThan(7);
    },
  );
  test("of the ports they forward, with the page that says how", () => {
    const steps = nextSteps({ plan: emitted(forwarded).plan, secrets: 1, shown: "net", git: undefined });
    expect(steps.at(-1)).toContain("forward ports 80 and 443 of the router to 172.16.1.62:  docs/port-forward.md");
    expect(stepsOf([]).join()).not.toContain("forward");
  });
  test("by nobody, where nobody speaks with one", () => {
    expect(stepsOf([]).join()).not.toContain("about the nodes");
  });
});
