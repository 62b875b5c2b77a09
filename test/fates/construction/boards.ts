/** Boards, and what does not start on their kernels. */
import { asMap, at } from "../../../src/model/unknown.ts";
import { replaced, specOf, unless, valuesOf, type Check } from "./check.ts";

export const boards: readonly Check[] = [
  {
    id: "cilium-runs-no-envoy-where-it-does-not-start",
    says: "where a kernel of a board has too few bits of addresses for Envoy, Cilium installs none",
    about: (files) => valuesOf(files, "cilium") !== undefined,
    check(files) {
      const nodes = asMap(at(specOf(files), "cluster", "nodes"));
      const usual = at(specOf(files), "cluster", "nodeDefaults", "os");
      const hardware = at(specOf(files), "cluster", "nodeDefaults", "hardware");
      const few = Object.values(nodes).some(
        (node) =>
          (at(node, "hardware") ?? hardware) !== "bare-metal" && (at(node, "os") ?? usual) === "raspberry-pi-os",
      );
      const off =
        at(valuesOf(files, "cilium"), "envoy", "enabled") === false &&
        at(valuesOf(files, "cilium"), "l7Proxy") === false;
      return unless(
        few === off,
        few ? "Cilium runs Envoy on a board" : "Cilium runs no Envoy, and nothing speaks against it",
      );
    },
    broken: (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, /^envoy:\n {2}enabled: false\n/m, ""),
  },
];
