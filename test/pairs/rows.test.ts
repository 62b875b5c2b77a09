/** Each row of the array, rendered: what the rules accept has to be a network that works. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { clusterOf } from "../../src/audit/cluster.ts";
import { auditCluster, auditFiles } from "../../src/audit/index.ts";
import { readSubject } from "../../src/audit/subject.ts";
import { remembered } from "../fates/construction/check.ts";
import { checks } from "../fates/construction/index.ts";
import { policyFindings } from "../policies/networks/network.ts";
import { ofArgo, ofFlux, type Files } from "../contract/engines/installations.ts";
import { differences } from "../contract/engines/parity.ts";
import { tooEarly } from "../contract/engines/simulate.ts";
import { underBoth } from "../contract/engines/underBoth.ts";
import { keptSecrets } from "../../src/model/keptSecrets.ts";
import { emitted, emittedCatalog, type Emitted } from "../fixtures/emitted.ts";
import { readArray, shown } from "./arrayFile.ts";
import { refusals, textOf } from "./judge.ts";
import type { Row } from "./parameter.ts";
import { parametersOf, closedKeys, placeOf } from "./parameters.ts";
import { completed } from "./rows.ts";

const parameters = parametersOf(emittedCatalog);
const { rows } = readArray(readFileSync(join(import.meta.dirname, "array.yaml"), "utf8"));

// Two owners of an address, a reference to what is not there, a LoadBalancer that no pool covers, a route without a
// listener, an order that goes round, versions that do not fit: each is an audit with a broken case of its own. What no
// spec can bring about is a check of test/fates, broken there by hand.
function wrongIn({ plan, tree, prefix }: Emitted): readonly string[] {
  const files = new Map([...tree].map(([path, { content }]) => [path.slice(prefix.length), content]));
  const subject = readSubject(files, files.keys(), remembered);
  const found = [...auditFiles(subject), ...auditCluster(clusterOf(subject, plan))];
  return [
    // A note says what files cannot tell; of a version nobody has tried, a rule has warned.
    ...found
      .filter(({ id, severity }) => severity !== "note" && id !== "VERSIONS-UNTRIED")
      .map(({ id, message }) => `${id}: ${message}`),
    ...checks.flatMap(({ id, check, about }) =>
      (about?.(files) === false ? [] : check(files)).map((problem) => `${id}: ${problem}`),
    ),
    ...policyFindings(plan, files),
  ];
}

const rendered = (row: Row): Emitted => emitted(textOf(row, parameters));

describe.each(rows.map((row) => ({ name: shown(row), row })))("$name", ({ row }) => {
  // Rendered once for both, and let go: all of them together are more than a worker may hold.
  let network: Emitted;
  beforeAll(() => {
    network = rendered(row);
    return () => {
      network = undefined as never;
    };
  });

  it("works", () => {
    expect(wrongIn(network)).toEqual([]);
  });

  it("is installed the same and in order by both engines", () => {
    const { flux, argo } = underBoth(network);
    const [ofOne, ofOther] = [filesOf(flux), filesOf(argo)];
    // Secrets that stand in the repository are opened by another part under each.
    if (keptSecrets(flux.plan) === undefined) expect(differences(ofOne, ofOther)).toEqual([]);
    expect(tooEarly(ofFlux(ofOne), ofOne, flux)).toEqual([]);
    expect(tooEarly(ofArgo(ofOther), ofOther, argo)).toEqual([]);
  });
});

const filesOf = ({ tree }: Emitted): Files => new Map([...tree].map(([path, { content }]) => [path, content]));

describe("networks at random", () => {
  const anything = fc
    .tuple(...parameters.map(({ values }) => fc.nat({ max: values.length - 1 })))
    .map((places) =>
      completed(
        Object.fromEntries(parameters.map(({ name, values }, index) => [name, values[places[index] ?? 0]?.name ?? ""])),
        parameters,
      ),
    );

  it("are refused by a rule, or work", () => {
    fc.assert(
      fc.property(anything, (row) => {
        const refused = refusals(row, parameters, emittedCatalog);
        if (refused.length > 0) expect(refused.filter((id) => id.startsWith("SPEC-"))).toEqual([]);
        else expect(wrongIn(rendered(row))).toEqual([]);
      }),
      { numRuns: 25, seed: 20 },
    );
  });
});

describe("the parameters", () => {
  it("have every position of every key with few", () => {
    const positions = new Map(parameters.map(({ name, values }) => [name, values.map((value) => value.name)]));
    for (const [path, key] of closedKeys(emittedCatalog))
      expect(positions.get(placeOf(path)), path).toEqual(
        expect.arrayContaining((key.values ?? ["true", "false"]).map(String)),
      );
  });
});
