/** Which Secrets a run is about. */
import type { NeededSecret } from "../../src/compose/secretNeeds.ts";
import { UserError } from "../../src/model/errors.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { Session } from "../generator.ts";

/** Nothing of the argument is repeated where it could be a value. */
export function chosenFrom(needs: readonly NeededSecret[], { argument }: Session): readonly NeededSecret[] {
  if (argument === undefined) return needs;
  if (!/^[a-z0-9./-]{1,320}$/.test(argument))
    throw new UserError(
      "a value is no argument: everybody on this computer can see the arguments of a program",
      "gen secrets NAME asks for it; or give it in a variable, see gen secrets --list",
    );
  const found = needs.filter(({ name, namespace }) => [name, `${namespace}/${name}`].includes(argument));
  if (found.length > 0) return found;
  const names = needs.map(({ name }) => name);
  const near = suggest(argument, names);
  throw new UserError(
    `this network needs no secret called ${argument}`,
    near === undefined ? `it needs ${names.length === 0 ? "none" : names.join(", ")}` : `did you mean ${near}?`,
  );
}

export const isSame = (a: NeededSecret, b: NeededSecret): boolean => a.name === b.name && a.namespace === b.namespace;
