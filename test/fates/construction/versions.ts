/** Versions that the emitted files carry, held against the windows of their makers. */
import { at } from "../../../src/model/unknown.ts";
import { objects, replaced, type Check, type Files } from "./check.ts";
import { setting } from "./machines.ts";

const minorOf = (text: unknown): number => Number(/v?\d+\.(\d+)\./.exec(String(text))?.[1] ?? Number.NaN);

const kubernetes = (files: Files): number =>
  minorOf(/^kubernetes_version=(\S+)$/m.exec(files.get("bootstrap/talos.sh") ?? "")?.[1]);

// Kubernetes minors by the minor of Talos (siderolabs/talos, Support Matrix) and of Flux 2 (release notes).
const TALOS: Readonly<Record<number, readonly [number, number]>> = { 12: [30, 35], 13: [31, 36] };
const FLUX: Readonly<Record<number, readonly [number, number]>> = { 9: [33, 36] };

function outside(what: string, window: readonly [number, number] | undefined, files: Files): readonly string[] {
  const minor = kubernetes(files);
  if (window === undefined) return [`nothing is known of ${what}`];
  return minor >= window[0] && minor <= window[1] ? [] : [`${what} and Kubernetes 1.${minor}`];
}

const older = (files: Files): Files =>
  replaced(files, /^bootstrap\/talos\.sh$/, /^kubernetes_version=.*$/m, "kubernetes_version=v1.29.0");

export const versions: readonly Check[] = [
  {
    id: "flux-runs-on-this-kubernetes",
    says: "the version of Kubernetes is one the version of Flux is made for",
    check: (files) =>
      objects(files, "FluxInstance").flatMap(({ object }) => {
        const version = at(object, "spec", "distribution", "version");
        return outside(`Flux ${String(version)}`, FLUX[minorOf(version)], files);
      }),
    broken: older,
  },
  {
    id: "talos-runs-this-kubernetes",
    says: "the version of Kubernetes is one the version of Talos runs",
    check(files) {
      const version = String(setting(files, "machine", "install", "image"))
        .split(":")
        .at(-1);
      return outside(`Talos ${String(version)}`, TALOS[minorOf(version)], files);
    },
    broken: older,
  },
];
