import type { TemplateId, View } from "./unit.ts";

/** A file of objects that a control plane starts with, before there is an API to apply them to. */
export interface NodeManifest {
  /** Of the file, without its ending: `kube-vip`. */
  readonly name: string;
  readonly template: TemplateId;
  readonly view: View;
}
