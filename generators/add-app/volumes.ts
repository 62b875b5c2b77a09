/** `--volume /config=1Gi`: a folder of the container that outlives it. */
import { UserError } from "../../src/model/errors.ts";
import { parseLabel, type Label } from "../../src/model/names.ts";
import type { Volume } from "../../src/compose/newApp/app.ts";

const VOLUME = /^((?:\/[\w.@+-]+)+)=(\d{1,6}(?:Ki|Mi|Gi|Ti))$/;
const SYSTEM = /^\/(proc|sys|dev|bin|sbin|lib|lib64|usr\/bin|usr\/lib|etc)$/;

export function parseVolumes(texts: readonly string[]): readonly Volume[] {
  const mounts = texts.map((text) => {
    const [, path, size] = VOLUME.exec(text) ?? [];
    if (path === undefined || size === undefined || /\/\.{1,2}(\/|$)/.test(path))
      throw new UserError(`--volume ${text} is not PATH=SIZE`, "such as --volume /config=1Gi; Mi, Gi or Ti");
    if (SYSTEM.test(path))
      throw new UserError(
        `--volume ${text}: an empty volume would hide what the image has in ${path}`,
        "name the folder the app keeps its data in; the page of the image says which",
      );
    return { path, size };
  });
  const twice = mounts.find(({ path }, index) => mounts.findIndex((other) => other.path === path) !== index);
  if (twice !== undefined) throw new UserError(`--volume ${twice.path} stands twice`, "give it once");
  const taken = new Set<Label>();
  return mounts.map(({ path, size }) => {
    const name = nameOf(path, taken);
    taken.add(name);
    return { name, path, size };
  });
}

/** After the last folder; after the whole path where two end alike, or where the name is taken by ours (`tmp`). */
function nameOf(path: string, taken: ReadonlySet<Label>): Label {
  const parts = path.slice(1).split("/");
  const candidates = [parts.at(-1) ?? "", parts.join("-")].map(asLabel);
  const free = candidates.find((name) => name !== undefined && name !== "tmp" && !taken.has(name));
  return free ?? numbered(taken);
}

const asLabel = (text: string): Label | undefined =>
  parseLabel(
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 40),
  );

function numbered(taken: ReadonlySet<Label>): Label {
  for (let number = 1; ; number++) {
    const name = parseLabel(`data-${number}`);
    if (name !== undefined && !taken.has(name)) return name;
  }
}
