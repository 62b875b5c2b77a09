import { z } from "zod";

/** The class of what keeps a database of its own. */
export const storageClassOption = (what: string) =>
  z
    .string()
    // Kubernetes documentation, Object Names and IDs: DNS subdomain names.
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, "expected the name of a StorageClass")
    .optional()
    .describe(
      `StorageClass of its ${what}, one that is no file server; the first of the network that is none when absent`,
    )
    .meta({ kind: "the name of a StorageClass", example: "local-path" });
