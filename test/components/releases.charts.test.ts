/** Every release, rendered by helm from the real chart. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import { validateObjects } from "../support/schemas.ts";
import { CHARTS, networksOnDisk } from "./releases.ts";

test.each(networksOnDisk())("what the charts render is valid: $name", async ({ plan, units, folder }) => {
  for (const unit of units) {
    if (unit.release === undefined) continue;
    const chart = CHARTS[unit.id]?.chart ?? unit.id;
    const chartDir = chartFolder(chart);
    if (chartDir === undefined)
      throw new Error("HOMELAB_NET_CHARTS is not set: it names the folder with the charts this check renders");
    const objects = await renderChart({
      chartDir,
      name: unit.release.name,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: "1.36.0",
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    expect(objects.length, unit.id).toBeGreaterThan(0);
    expect(validateObjects(objects, { nulls: "drop" }), unit.id).toEqual([]);
  }
});
