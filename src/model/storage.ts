/** Classes of volumes that pods may ask for, as those who offer them say. */
import { chosenIn } from "./chosen.ts";
import type { Plan } from "./plan.ts";

const STORAGE = "storage";

export interface StorageClass {
  /** `metadata.name` of the StorageClass. */
  readonly name: string;
  /**
   * A volume is a folder of a file server. Nothing that keeps a database of its own may stand there, Prometheus and Loki
   * among them (Prometheus documentation, Storage: "non-POSIX compliant filesystems are not supported").
   */
  readonly shared: boolean;
  /** A volume is a folder of one node: the pod that has it starts nowhere else. */
  readonly bound: boolean;
  /** Whoever asks gets the state of a volume at one moment, where there is a controller for that. */
  readonly snapshots?: true;
}

type Uses = Pick<Plan, "chosen" | "settings">;

/** In the order of the catalog. */
export const storageClassesOf = (plan: Plan): readonly StorageClass[] =>
  plan.chosen.flatMap(({ component, options }) => component.storageClasses?.(plan, options) ?? []);

/** Where something that keeps a database asks for its volume; none when every class is shared, or there is none. */
export const diskClassOf = (plan: Plan): StorageClass | undefined =>
  storageClassesOf(plan).find(({ shared }) => !shared);

/** A volume that something keeps a database of its own on. */
export interface Disk {
  /** `metrics`. */
  readonly what: string;
  /** Name of a class that somebody wrote, which need not be one of the catalog: clusters that run already have others. */
  readonly written: string | undefined;
  /** The option it stands in. */
  readonly key: string;
}

/** What has nowhere to be kept but on a class that nobody wrote. */
export const keptSomewhere = (plan: Plan): readonly string[] =>
  plan.chosen.flatMap(({ component, options }) =>
    (component.disks?.(options) ?? []).flatMap(({ what, written }) => (written === undefined ? [what] : [])),
  );

/** The class that such a volume is asked for with; none where its pod keeps it as long as it lives. */
export const classNameFor = (plan: Plan, written: string | undefined): string | undefined =>
  written ?? diskClassOf(plan)?.name;

/** Whether a class of homelab.yaml takes the place of one that the distribution brings. */
export const choosesClasses = (plan: Pick<Plan, "chosen">): boolean =>
  chosenIn(plan, STORAGE).some(({ component }) => component.storageClasses !== undefined);

export const wantedDefault = ({ settings }: Pick<Uses, "settings">): string | undefined =>
  settings.get(STORAGE)?.["default"] as string | undefined;

/** The class that a volume is of which names none: one, where there is any at all. */
export function defaultClassOf(plan: Plan): StorageClass | undefined {
  const classes = storageClassesOf(plan);
  const wanted = wantedDefault(plan);
  return classes.find(({ name }) => name === wanted) ?? diskClassOf(plan) ?? classes[0];
}

export const isDefaultClass = (plan: Plan, name: string): boolean => defaultClassOf(plan)?.name === name;
