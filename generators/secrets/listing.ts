/** What there is to fill in, for people and for `--json`. No value is part of it. */
import type { NeededSecret } from "../../src/compose/secretNeeds.ts";
import { wrap } from "../../src/ui/wrap.ts";

export const secretText = ({ name, namespace, because, keys }: NeededSecret, state: string): string =>
  [
    `  ${name} in namespace ${namespace}: ${state}`,
    wrap(because, "    "),
    ...keys.flatMap(({ key, variable, what, from }) => [
      `    ${key} [${variable}]`,
      wrap(`${what}; ${from}`, "      "),
    ]),
    "",
  ].join("\n");

export const secretData = ({ name, namespace, because, keys }: NeededSecret, state: string) => ({
  name,
  namespace,
  state,
  because,
  keys: keys.map(({ key, variable, what, from }) => ({ key, variable, what, from })),
});
