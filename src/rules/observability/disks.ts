/** What keeps a database of its own, and where. */
import { classNameFor, diskClassOf, storageClassesOf } from "../../model/storage.ts";
import type { Rule } from "../rule.ts";

export const diskOwn: Rule = {
  id: "DISK-SHARED",
  severity: "error",
  title: "what keeps a database of its own has a disk and no file server",
  because:
    "A file server promises less about what is written than a disk: the database is damaged, and its program stops.",
  source:
    "Prometheus documentation, Storage: non-POSIX compliant filesystems are not supported; SQLite documentation, FAQ 5",
  *check(plan) {
    const classes = storageClassesOf(plan);
    for (const { component, options, path = "" } of plan.chosen) {
      for (const { what, written, key } of component.disks?.(options) ?? []) {
        if (!classes.some(({ name, shared }) => name === written && shared)) continue;
        const other = diskClassOf(plan);
        yield {
          message: `${component.title} would keep ${what} on volumes of the class ${written}, which are folders of a file server`,
          paths: [`${path}.${key}`],
          fix:
            other === undefined
              ? `leave ${key} out: they are kept as long as the pod lives then`
              : `${key}: ${other.name}`,
        };
      }
    }
  },
};

export const diskLasts: Rule = {
  id: "DISK-NONE",
  severity: "warning",
  title: "what keeps a database of its own has a volume",
  because: "It lies in a folder of the pod, and is gone when the pod moves or is made anew.",
  source: "Kubernetes documentation, Volumes: emptyDir",
  *check(plan) {
    for (const { component, options, path = "" } of plan.chosen) {
      const lost = (component.disks?.(options) ?? []).filter(
        ({ written }) => classNameFor(plan, written) === undefined,
      );
      if (lost.length === 0) continue;
      yield {
        message: `${component.title} has no volume for ${lost.map(({ what }) => what).join(" and ")}: no class of this network is on a disk`,
        paths: [path],
        fix: "a class of volumes on disks under storage, or live without what was there before the pod",
      };
    }
  },
};
