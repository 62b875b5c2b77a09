import { z } from "zod";
import type { Component } from "../model/component.ts";
import { choosesClasses } from "../model/storage.ts";
import { LOCAL_PATH } from "./local-path-provisioner.ts";

/** As K3s calls it in `disable` (K3s documentation, Packaged Components). */
const ID = "local-storage";

/** K3s v1.36, manifests/local-storage.yaml and pkg/deploy. */
const FOLDER = "/var/lib/rancher/k3s/storage";

/** The provisioner a distribution brings: it stays where homelab.yaml names no class, and gives way to any that it names. */
export const localStorage: Component<Record<string, never>> = {
  id: ID,
  title: "Storage of K3s",
  summary: "a volume is a folder of the node whose pod asked first; comes with K3s",
  options: z.strictObject({}),
  brought: true,
  needed: (plan) => plan.cluster.traits.brings.includes(ID) && !choosesClasses(plan),
  storageClasses: () => [{ name: LOCAL_PATH, shared: false, bound: true }],
  units: () => [],
  docs: { template: `components/${ID}/docs.md`, view: () => ({ name: LOCAL_PATH, folder: FOLDER }) },
};
