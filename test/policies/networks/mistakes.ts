/** Mistakes in policies, each made in every place there is for it. */
import { isFields, type Fields } from "../read.ts";

export interface Mistake {
  readonly title: string;
  /** The object with the mistake, once for each place; none where there is no place for it. */
  make(object: unknown): readonly unknown[];
}

type Path = readonly (string | number)[];

/** Every mapping and list in an object, with the way to it. */
function* places(value: unknown, path: Path = []): Generator<{ readonly value: unknown; readonly path: Path }> {
  yield { value, path };
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* places(one, [...path, index]);
  else if (isFields(value)) for (const [key, one] of Object.entries(value)) yield* places(one, [...path, key]);
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((one, index) => (index === first ? replaced(one, rest, by) : (one as unknown)));
  const fields = value as Fields;
  return { ...fields, [first]: replaced(fields[first], rest, by) };
}

const wherever =
  (change: (value: unknown, path: Path) => unknown): Mistake["make"] =>
  (object) =>
    [...places(object)].flatMap(({ value, path }) => {
      const by = change(value, path);
      return by === undefined ? [] : [replaced(object, path, by)];
    });

const without = (fields: Fields, key: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([one]) => one !== key));

const isRules = (path: Path): boolean => path.length === 2 && path[0] === "spec" && path[1] === "ingress";
const isLabels = (path: Path): boolean => path.at(-1) === "matchLabels";
const ofPeer = (path: Path): boolean => path.includes("ingress");
const isPort = (path: Path): boolean =>
  ["port", "ports"].includes(String(path.at(typeof path.at(-1) === "number" ? -2 : -1)));

const letsIn = (rules: unknown): boolean =>
  Array.isArray(rules) && rules.some((rule) => isFields(rule) && Object.keys(rule).length > 0);

/** What a Service in front of it might have. */
const ANOTHER_PORT = 80;

export const mistakes: readonly Mistake[] = [
  {
    title: "a rule is gone",
    make: wherever((value, path) =>
      isRules(path) && Array.isArray(value) && value.length > 1 ? value.slice(1) : undefined,
    ),
  },
  {
    title: "nobody is left in the only rule",
    make: (object) =>
      isFields(object) && isFields(object["spec"]) && letsIn(object["spec"]["ingress"])
        ? [{ ...object, spec: { ...object["spec"], ingress: object["apiVersion"] === "cilium.io/v2" ? [{}] : [] } }]
        : [],
  },
  {
    title: "a peer is known by one label less",
    make: wherever((value, path) =>
      isLabels(path) && ofPeer(path) && isFields(value) && Object.keys(value).length > 1
        ? without(value, Object.keys(value).at(-1) ?? "")
        : undefined,
    ),
  },
  {
    title: "a peer is of any namespace",
    make: wherever((value, path) =>
      isFields(value) && ofPeer(path) && "namespaceSelector" in value ? { ...value, namespaceSelector: {} } : undefined,
    ),
  },
  {
    title: "it is about more pods",
    make: wherever((value, path) =>
      isLabels(path) && !ofPeer(path) && isFields(value) ? without(value, Object.keys(value).at(-1) ?? "") : undefined,
    ),
  },
  {
    title: "it is about other pods",
    make: wherever((value, path) =>
      isLabels(path) && !ofPeer(path) && isFields(value) ? { ...value, "of-tests": "somebody-else" } : undefined,
    ),
  },
  {
    title: "a selector is about more pods",
    make: wherever((value, path) =>
      path.at(-1) === "selector" && typeof value === "string" && value.includes(" && ")
        ? value.split(" && ")[0]
        : undefined,
    ),
  },
  {
    title: "a selector is about pods of every namespace",
    make: wherever((value, path) =>
      path.at(-1) === "namespaceSelector" && typeof value === "string" ? "all()" : undefined,
    ),
  },
  {
    title: "everybody is let in and not only who is no pod",
    make: wherever((value) => (isFields(value) && "notSelector" in value ? without(value, "notSelector") : undefined)),
  },
  {
    title: "the port is that of a Service",
    make: wherever((value, path) =>
      isPort(path) && (typeof value === "number" || typeof value === "string") && String(value) !== String(ANOTHER_PORT)
        ? typeof value === "string"
          ? String(ANOTHER_PORT)
          : ANOTHER_PORT
        : undefined,
    ),
  },
  {
    title: "a rule is open on every port",
    make: wherever((value) =>
      isFields(value) && "toPorts" in value && Object.keys(value).length > 1
        ? without(value, "toPorts")
        : isFields(value) && "from" in value && "ports" in value
          ? without(value, "ports")
          : undefined,
    ),
  },
  {
    title: "the protocol is another",
    make: wherever((value, path) => (path.at(-1) === "protocol" ? (value === "TCP" ? "UDP" : "TCP") : undefined)),
  },
  {
    title: "an entity is missing",
    make: wherever((value, path) =>
      path.at(-1) === "fromEntities" && Array.isArray(value) && value.length > 1 && value.includes("remote-node")
        ? value.filter((one) => one !== "remote-node")
        : undefined,
    ),
  },
  {
    title: "the world is let in as well",
    make: wherever((value, path) =>
      path.at(-1) === "fromEntities" && Array.isArray(value) && !value.includes("world")
        ? [...value, "world"]
        : undefined,
    ),
  },
  {
    title: "nobody is kept out: an empty rule of Kubernetes",
    make: (object) =>
      isFields(object) && object["apiVersion"] === "networking.k8s.io/v1" && isFields(object["spec"])
        ? [{ ...object, spec: { ...object["spec"], ingress: [{}] } }]
        : [],
  },
];
