/** What components need of the machines that pods run on, in the words of each system they may have. */
import type { Plan } from "./plan.ts";

export interface NodeNeeds {
  /** Packages of Debian and what is made of it, each with the program by which another Linux shows that it has them. */
  readonly packages?: readonly NodePackage[];
  /** Official extensions of Talos. */
  readonly extensions?: readonly string[];
  /** Folders of its own on the disk of a machine whose system keeps all others to itself: their last part. */
  readonly folders?: readonly string[];
  /** Container runtimes keep the layers of images that they unpack, and look for mirrors (`Traits.mirrors`). */
  readonly sharesImages?: true;
}

export interface NodePackage {
  readonly name: string;
  readonly program: string;
  /** Service of systemd that has to run. */
  readonly service?: string;
}

/** Where systems that keep their disk to themselves have folders for volumes (Talos 1.13 documentation, User Volumes). */
export const VOLUME_FOLDERS = "/var/mnt";

export const NFS_CLIENT: NodePackage = { name: "nfs-common", program: "mount.nfs" };

type Lists = Omit<NodeNeeds, "sharesImages">;
type Together = { readonly [Key in keyof Lists]-?: NonNullable<Lists[Key]> } & { readonly sharesImages: boolean };

/** Of everything in use, each once. */
export function nodeNeeds(plan: Plan): Together {
  const all = plan.chosen.flatMap(({ component, options }) => component.onNodes?.(plan, options) ?? []);
  const packages = new Map(all.flatMap((needs) => needs.packages ?? []).map((one) => [one.name, one]));
  return {
    packages: [...packages.values()],
    extensions: [...new Set(all.flatMap(({ extensions = [] }) => extensions))],
    folders: [...new Set(all.flatMap(({ folders = [] }) => folders))],
    sharesImages: all.some(({ sharesImages }) => sharesImages === true),
  };
}
