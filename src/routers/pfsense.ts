import { brand, FRR_CONFIGURATION } from "./files.ts";

/** pfSense with its package FRR (pfsense/FreeBSD-ports, net/pfSense-pkg-frr), which takes values page by page, or a file. */
export const pfsense = brand({
  id: "pfsense",
  title: "pfSense",
  software: ["pfsense"],
  configurations: FRR_CONFIGURATION,
});
