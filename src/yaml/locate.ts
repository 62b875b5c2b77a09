/** A path of keys and indexes → the node that stands there. */
import { isCollection, isMap, isNode, isScalar, isSeq, type Node } from "yaml";

export type Part = "key" | "value";

export interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

const asNode = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

export const rootOf = (contents: unknown): Found => ({ key: undefined, value: asNode(contents) });

function child(node: Node | undefined, step: string): Found | undefined {
  if (isSeq(node)) {
    const item = /^\d+$/.test(step) ? asNode(node.items[Number(step)]) : undefined;
    return item && { key: item, value: item };
  }
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
  return pair && { key: asNode(pair.key), value: asNode(pair.value) };
}

/** `dotted`: a key may take up several steps, the fewest first. */
export function find(from: Found, path: readonly string[], dotted: boolean): Found | undefined {
  if (path.length === 0) return from;
  for (let steps = 1; steps <= (dotted ? path.length : 1); steps++) {
    const next = child(from.value, path.slice(0, steps).join("."));
    const found = next && find(next, path.slice(steps), dotted);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isLeftOut = (node: Node): boolean => node.range?.[0] === node.range?.[1];

export function nodeFor({ key, value }: Found, part: Part | undefined): Node | undefined {
  if (part === "key" || value === undefined || isLeftOut(value)) return key;
  return part === undefined && isCollection(value) && value.flow !== true ? key : value;
}
