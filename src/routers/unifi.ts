import { brand, FRR_CONFIGURATION } from "./files.ts";

/** A gateway of UniFi. It runs FRR and takes its configuration as a file; everything else is typed into its pages. */
export const unifi = brand({
  id: "unifi",
  title: "UniFi",
  software: ["unifi", "unifi-network", "udm"],
  configurations: FRR_CONFIGURATION,
});
