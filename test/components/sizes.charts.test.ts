/**
 * Whether what a network begins with fits the machines people have: real charts, rendered with the values of homes as
 * people begin, and the table of it in sizes.txt. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS.
 */
import { describe, expect, it } from "vitest";
import { emitted } from "../fixtures/emitted.ts";
import { homes } from "../fixtures/homes.ts";
import { objectsOf } from "./started.ts";
import { isCrowded, roomOf, totalOf, workloadsOf } from "./sizes.ts";

/** Half of a machine is for the system, for Kubernetes and for the apps somebody has a cluster for. */
const SHARE = 0.5;

describe("what a network begins with", () => {
  const rows: string[] = [];

  it.each(Object.entries(homes))("fits %s", async (name, specText) => {
    const home = emitted(specText);
    const workloads = (await objectsOf(home)).flatMap((object) => workloadsOf(object, home.plan));
    expect(workloads.length).toBeGreaterThan(5);
    expect(workloads.filter(isCrowded)).toEqual([]);
    const [total, room] = [totalOf(workloads), roomOf(home.plan)];
    expect(total.cpu).toBeLessThanOrEqual(room.cpu * SHARE);
    expect(total.memory).toBeLessThanOrEqual(room.memory * SHARE);
    const most = Math.max(...workloads.map(({ nodesNeeded }) => nodesNeeded));
    rows.push(
      [
        name,
        home.plan.nodes.length,
        total.pods,
        most,
        `${total.cpu}m of ${room.cpu}m`,
        `${Math.round(total.memory)} of ${room.memory} MiB`,
      ].join(" | "),
    );
  });

  it("is told in a table", async () => {
    const head = ["home", "machines", "pods", "machines needed", "CPU requested", "memory requested"].join(" | ");
    await expect(`${[head, ...rows].join("\n")}\n`).toMatchFileSnapshot("sizes.txt");
  });
});
