import { z } from "zod";
import type { Component } from "../model/component.ts";

/** Nothing is installed: bootstrap/secrets.sh asks, and the cluster keeps. */
export const clusterSecrets: Component<Record<string, never>> = {
  id: "cluster-secrets",
  slot: "secrets",
  provider: "cluster",
  title: "Secrets in the cluster alone",
  summary: "asked for once and in no file; a cluster that is built anew asks again",
  options: z.strictObject({}),
  units: () => [],
  docs: { template: "components/cluster-secrets/docs.md", view: () => ({}) },
};
