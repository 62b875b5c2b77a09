/** kustomize-controller and helm-controller of the pinned Flux as programs beside a control plane. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ControlPlane } from "../controlPlane.ts";
import { startDaemon } from "../daemons.ts";
import { checkout } from "../paths.ts";
import { temporaryFolder } from "../workspace.ts";

export interface Controllers {
  /** The end of what each of them said. */
  log(): string;
  stop(): Promise<void>;
}

export async function startControllers({ kubeconfig }: Pick<ControlPlane, "kubeconfig">): Promise<Controllers> {
  const { fluxControllers } = (await import(pathToFileURL(join(checkout, "scripts/goTools.mjs")).href)) as {
    fluxControllers(): string;
  };
  const daemons = ["kustomize-controller", "helm-controller"].map((name) => {
    const executable = join(fluxControllers(), name);
    if (!existsSync(executable)) throw new Error(`${executable} is not there; npm run test:cluster builds it`);
    const folder = temporaryFolder(name);
    const flags = ["--metrics-addr=0", "--health-addr=0", "--events-addr=", "--requeue-dependency=1s"];
    return startDaemon(executable, flags, {
      folder,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        TMPDIR: folder,
        KUBECONFIG: kubeconfig,
        RUNTIME_NAMESPACE: "flux-system",
      },
    });
  });
  return {
    log: () => daemons.map(({ name, log }) => `${name}\n${log()}`).join("\n"),
    stop: async () => void (await Promise.all(daemons.map((daemon) => daemon.stop()))),
  };
}
