/** What controllers and commands see of the cluster. */
import type { Files } from "./build.ts";
import type { Key, LiveObject, Objects } from "./objects.ts";

export interface Cluster extends Objects {
  /** What the remote has. */
  pushed: Files;
  /** What source-controller fetched last; it outlives its controller. */
  fetched: Files;
  /** Objects of a release that Helm has installed. */
  readonly releases: Map<string, readonly Key[]>;
  install(namespace: string, name: string): void;
  uninstall(namespace: string, name: string): void;
  chart(namespace: string, name: string): readonly LiveObject[];
  /** Types that a step takes from another repository. */
  remote(name: string): readonly LiveObject[];
  isRunning(kind: string, namespace: string, name: string): boolean;
  /** Every controller that runs, until none has anything left to do. */
  settle(): void;
}
