/** Apps that are written here as values of app-template have pods as narrow as their images let them be. */
import { expect, it, test } from "vitest";
import { parse } from "yaml";
import { at, asList, asMap } from "../../src/model/unknown.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { composedApp, fileOf, newApps } from "../fixtures/newApps.ts";

/** What values of app-template say of its pods, and leave open. */
function wide(values: unknown): readonly string[] {
  const pods = at(values, "defaultPodOptions");
  const containers = Object.values(asMap(at(values, "controllers"))).flatMap((controller) =>
    Object.values(asMap(at(controller, "containers"))),
  );
  expect(containers.length).toBeGreaterThan(0);
  return [
    ...(at(pods, "automountServiceAccountToken") === false ? [] : ["automountServiceAccountToken"]),
    ...(at(pods, "securityContext", "seccompProfile", "type") === "RuntimeDefault" ? [] : ["seccomp"]),
    ...(at(pods, "securityContext", "runAsNonRoot") === true ? [] : ["runAsNonRoot"]),
    ...containers.flatMap((container) => {
      const context = at(container, "securityContext");
      return [
        ...(at(context, "allowPrivilegeEscalation") === false ? [] : ["allowPrivilegeEscalation"]),
        ...(at(context, "readOnlyRootFilesystem") === true ? [] : ["readOnlyRootFilesystem"]),
        ...(asList(at(context, "capabilities", "drop")).includes("ALL") ? [] : ["drop ALL"]),
        ...(at(container, "resources", "requests", "memory") === undefined ? ["requests"] : []),
      ];
    }),
  ];
}

/** What an image of somebody may need, and is asked for: `--run-as`, `--read-only`. */
const ASKED = ["runAsNonRoot", "readOnlyRootFilesystem"];

test("echo, in every network", () => {
  const found = new Set(
    emittedNetworks.flatMap(({ tree }) =>
      [...tree].flatMap(([path, { content }]) => (path.endsWith("/echo/app/values.yaml") ? [content] : [])),
    ),
  );
  expect(found.size).toBeGreaterThan(0);
  for (const content of found) expect(wide(parse(content))).toEqual([]);
});

it.each(Object.entries(newApps).filter(([, { source }]) => source.kind === "image"))("an app: %s", (_, app) => {
  const open = wide(parse(fileOf(composedApp(app), "app/values.yaml")));
  const { container } = app.source as Extract<typeof app.source, { kind: "image" }>;
  expect(open.filter((one) => !ASKED.includes(one))).toEqual([]);
  expect(open.includes("runAsNonRoot")).toBe(container.runAs === undefined);
  expect(open.includes("readOnlyRootFilesystem")).toBe(!container.readOnly);
});

test("what is left open is found", () => {
  expect(wide({ controllers: { a: { containers: { b: {} } } } })).toHaveLength(7);
});
