import { brand, FRR_CONFIGURATION } from "./files.ts";

/**
 * OPNsense with its plugin os-frr, which writes a configuration of FRR from what stands in its pages (opnsense/plugins
 * 26.7, net/frr 1.54): its values are told page by page, and frr.conf is what they should come to.
 */
export const opnsense = brand({
  id: "opnsense",
  title: "OPNsense",
  software: ["opnsense"],
  configurations: FRR_CONFIGURATION,
});
