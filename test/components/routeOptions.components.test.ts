/** Routes with every option that a provider writes, against the types of their objects. Needs HOMELAB_NET_COMPONENTS. */
import { describe, expect, it } from "vitest";
import { askOf, optionsAsked, ROUTE_OPTIONS, type RouteOption } from "../../src/model/routeOptions.ts";
import { abilitiesIn, dialects, routeIn, wishes, type Dialect } from "../fixtures/routeDialects.ts";
import { validateObjects } from "../support/schemas.ts";

/** What others have no part in. */
const ALONE: readonly RouteOption[] = ["grpc", "passthrough"];

describe.each(Object.keys(dialects) as readonly Dialect[])("%s: every object has the fields of its kind", (dialect) => {
  const able = ROUTE_OPTIONS.filter((option) => abilitiesIn(dialect)[option] === true);
  it.each(able)("%s", (option) => {
    const objects = routeIn(dialect, wishes[option]);
    expect(objects.length).toBeGreaterThan(0);
    expect(validateObjects(objects)).toEqual([]);
  });
  it("all that go together", () => {
    const together = able.filter((option) => !ALONE.includes(option));
    const options = Object.assign({}, ...together.map((option) => wishes[option]));
    expect(optionsAsked(options)).toEqual(together);
    expect(validateObjects(routeIn(dialect, options)), askOf(options)).toEqual([]);
  });
});
