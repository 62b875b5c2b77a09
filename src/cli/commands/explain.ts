/** `gen explain PATH` says where a value comes from and what hangs on it; `gen explain RULE` says all about a rule. */
import { isOn, type Session } from "../../../generators/generator.ts";
import { openRepository, SPEC_FILE } from "../../../generators/repository.ts";
import { UserError } from "../../model/errors.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../../rules/rule.ts";
import { matches, specKeys } from "../../spec/keys.ts";
import { valueAt } from "../../spec/shape.ts";
import { wrap } from "../../ui/wrap.ts";

export async function explain(session: Session): Promise<string> {
  const { argument, rules } = session;
  if (argument === undefined)
    throw new UserError(
      "explain needs a key of homelab.yaml or the id of a rule",
      "such as gen explain cluster.pods, or gen explain LB-POOL-DHCP",
    );
  const rule = rules.find(({ id }) => id === argument.toUpperCase());
  const facts = rule === undefined ? await aboutKey(argument, session) : aboutRule(rule);
  if (isOn(session, "json")) return JSON.stringify({ ok: true, command: "explain", ...facts }, null, 2);
  return Object.entries(facts)
    .map(
      ([label, fact]) =>
        `${label.padEnd(12)}${wrap(typeof fact === "string" ? fact : some(fact), " ".repeat(12)).trimStart()}`,
    )
    .join("\n");
}

type Facts = Readonly<Record<string, string | readonly string[]>>;

const SHOWN = 8;

const some = (list: readonly string[]): string =>
  list.length <= SHOWN + 1 ? list.join(", ") : `${list.slice(0, SHOWN).join(", ")} and ${list.length - SHOWN} more`;

const aboutRule = ({ id, severity, title, because, source }: Rule): Facts => ({
  rule: id,
  severity,
  says: title,
  because,
  source,
  ...(severity !== "error" && { silence: `silence: { ${id}: your reason }` }),
});

async function aboutKey(path: string, session: Session): Promise<Facts> {
  const { loaded, plan, text } = await openRepository(session);
  const keys = specKeys(session.catalog);
  const key = keys.find((candidate) => matches(candidate.path, path.split(".")));
  const place = loaded.reading.place(path, "value");
  const written = valueAt(loaded.reading.value, path.split("."));
  const fallback = plan.defaults.get(path);
  if (key === undefined && written === undefined)
    throw unknownKey(
      path,
      keys.map((candidate) => candidate.path),
      session,
    );
  const value = written ?? fallback?.value;
  const { dependantsOf } = await import("../../compose/dependants.ts");
  const {
    keys: naming,
    addresses,
    files,
  } = dependantsOf({ path, value, key, text, spec: loaded.reading.value, plan }, session);
  return {
    key: path,
    value: shown(value),
    from:
      written !== undefined && place !== undefined
        ? `${SPEC_FILE}:${place.line}:${place.column}`
        : fallback === undefined
          ? "not set"
          : `a default: ${fallback.because}`,
    ...(key !== undefined && { is: key.description, takes: key.type }),
    ...(naming.length > 0 && { "named by": naming }),
    ...(addresses.length > 0 && { holds: addresses }),
    ...(files.length > 0 && { "used in": files }),
  };
}

const shown = (value: unknown): string =>
  value === undefined ? "none" : typeof value === "object" ? JSON.stringify(value) : String(value);

function unknownKey(path: string, keys: readonly string[], { rules }: Session): UserError {
  const near = suggest(path, [...keys, ...rules.map(({ id }) => id)]);
  return new UserError(
    `${path} is neither a key of homelab.yaml nor a rule`,
    near === undefined
      ? "gen list rules names the rules; the schema in .homelab-net/schema.json the keys"
      : `did you mean ${near}?`,
  );
}
