/**
 * Where a text carries a version of something we pinned: `tag: 1.18.4` below the chart it belongs to,
 * `image: ghcr.io/org/app:v2.1.0@sha256:…`, a line under its `# renovate:` comment.
 */
import type { Pin } from "../model/unit.ts";
import { linesOf } from "./lines.ts";

/** A version in a text. `line` is 0-based, `start` the column in it. */
export interface PinToken {
  readonly line: number;
  readonly start: number;
  readonly text: string;
}

export interface Replacement {
  readonly token: PinToken;
  readonly version: string;
}

/** What stands before the version on its line, without indentation; finds the same line in another text. */
export interface PinShape {
  readonly pin: Pin;
  readonly prefix: string;
}

/** A version and the name it belongs to are no further apart than this in anything we emit. */
const REACH = 5;
const DIGEST = "@sha256:[0-9a-f]{64}";
const TOKEN = new RegExp(`^v?\\d+(?:\\.\\d+)*(?:[-+.][0-9A-Za-z]+)*(?:${DIGEST})?`);

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * `oci://quay.io/cilium/charts/cilium` also stands as `quay.io/cilium/…` and, the registry apart, as
 * `cilium/charts/cilium`; a tool goes by its short name in mise's configuration.
 */
function namesOf({ id, kind, source, depName }: Pin): readonly string[] {
  const address = source.replace(/^[a-z+]+:\/\//, "").replace(/\/$/, "");
  const [first = "", ...rest] = address.split("/");
  const names = new Set([address, depName]);
  if (first.includes(".") && rest.length > 1) names.add(rest.join("/"));
  if (kind === "tool") names.add(id);
  return [...names];
}

/** For each line the pins it names. */
function mentionsIn(lines: readonly string[], pins: readonly Pin[]): readonly (readonly Pin[])[] {
  const patterns = pins.map((pin) => ({
    pin,
    pattern: new RegExp(`(?<![\\w.-])(?:${namesOf(pin).map(literally).join("|")})(?![\\w-]|/\\w)`),
  }));
  return lines.map((line, index) => {
    const said = `${line} ${inRegistry(lines, index)}`;
    return patterns.filter(({ pattern }) => pattern.test(said)).map(({ pin }) => pin);
  });
}

/** Argo CD parts the address of a chart in two: `repoURL: quay.io/cilium/charts` above, `chart: cilium` below. */
function inRegistry(lines: readonly string[], index: number): string {
  const [, chart] = /^[ -]*chart: *["']?([\w./-]+)/.exec(lines[index] ?? "") ?? [];
  const [, registry] = /^[ -]*repoURL: *["']?([\w./:-]+)/.exec(lines[index - 1] ?? "") ?? [];
  return chart === undefined || registry === undefined ? "" : `${registry}/${chart}`;
}

/** The pins named nearest to a line; of two equally near lines, the one above. */
function nearest(mentions: readonly (readonly Pin[])[], line: number): readonly Pin[] {
  for (let distance = 0; distance <= REACH; distance++) {
    const above = mentions[line - distance];
    if (above !== undefined && above.length > 0) return above;
    const below = mentions[line + distance];
    if (below !== undefined && below.length > 0) return below;
  }
  return [];
}

/** The shapes of the pins a freshly generated text carries: there the versions are known. */
export function pinShapes(generated: string, pins: readonly Pin[]): readonly PinShape[] {
  const lines = linesOf(generated);
  const mentions = mentionsIn(lines, pins);
  const shapes = new Map<string, PinShape>();
  lines.forEach((line, index) => {
    for (const pin of nearest(mentions, index)) {
      const bare = literally(pin.version.replace(/^v/, ""));
      const match = new RegExp(`(?<![\\w.+-])v?${bare}(?![\\w+-]|\\.\\w)`).exec(line);
      if (match === null) continue;
      const prefix = line.slice(0, match.index).trimStart();
      if (prefix !== "") shapes.set(`${pin.id} ${prefix}`, { pin, prefix });
    }
  });
  return [...shapes.values()];
}

/** The versions of one shape in any text, in order. */
export function pinTokens(text: string, { pin, prefix }: PinShape, pins: readonly Pin[]): readonly PinToken[] {
  const lines = linesOf(text);
  const mentions = mentionsIn(lines, pins);
  return lines.flatMap((line, index) => {
    const indentation = line.length - line.trimStart().length;
    if (!line.startsWith(prefix, indentation) || !nearest(mentions, index).includes(pin)) return [];
    const start = indentation + prefix.length;
    const match = TOKEN.exec(line.slice(start));
    return match === null ? [] : [{ line: index, start, text: match[0] }];
  });
}

/** `text` with other versions in the given places, each place once. */
export function replaceTokens(text: string, replacements: readonly Replacement[]): string {
  const lines = linesOf(text);
  const rightmostFirst = [...replacements].sort((a, b) => b.token.start - a.token.start);
  for (const {
    token: { line, start, text: before },
    version: after,
  } of rightmostFirst) {
    const old = lines[line] ?? "";
    lines[line] = old.slice(0, start) + after + old.slice(start + before.length);
  }
  return lines.map((line) => `${line}\n`).join("");
}
