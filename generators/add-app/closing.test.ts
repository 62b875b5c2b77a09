/** When somebody is asked how closed a namespace is, and what is made of the answers. */
import { describe, expect, it } from "vitest";
import { label } from "../../test/fixtures/newApps.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { recordedSession } from "../../test/support/session.ts";
import { emptyState } from "../../src/repo/state.ts";
import type { NewApp } from "../../src/compose/newApp/app.ts";
import type { Denial } from "../../src/model/policies.ts";
import { closingFor, closingSteps, type Around } from "./closing.ts";

const app: NewApp = {
  name: label("web"),
  namespace: label("media"),
  source: { kind: "chart", source: "oci://example.com/web", version: "1.0.0", selector: { app: "web" }, podPort: 80 },
};

const plan = planOf({});
const withClosed = (denial: Denial) => ({
  ...plan,
  policies: { ...plan.policies, closed: new Map([[app.namespace, denial]]) },
});
const around: Around = { app, newNamespace: true, plan, apps: [], state: emptyState, isThere: false };

const asked = async (given: Partial<Around>, answers: Readonly<Record<string, string>> = {}, flags = {}) => {
  const session = recordedSession({ cwd: "/home/me", answers, flags });
  return { closing: await closingFor({ ...around, ...given }, session), questions: session.asked.length };
};

describe("on a terminal", () => {
  it("a new namespace is one question, and open where nobody says otherwise", async () => {
    expect(await asked({}, { "The new namespace media is": "none" })).toEqual({
      closing: { entries: [] },
      questions: 1,
    });
  });

  it("one that is closed is asked what the app begins, in a line of its own", async () => {
    const answers = { "The new namespace media is": "enforce", "What web begins": "internet:443  lan" };
    expect(await asked({}, answers)).toEqual({
      closing: {
        denial: "enforce",
        entries: [
          { from: "media/app=web", to: "internet", ports: ["443"] },
          { from: "media/app=web", to: "lan", ports: [] },
        ],
      },
      questions: 2,
    });
    expect((await asked({ newNamespace: false, plan: withClosed("enforce") })).questions).toBe(1);
  });

  it.each([
    ["whose namespace is there and open", { newNamespace: false }, {}],
    ["that is there already", { isThere: true }, {}],
    ["in a network that enforces nothing", { plan: planOf({ cni: "flannel" }) }, {}],
    ["of which flags say it", { newNamespace: false }, { "default-deny": "none" }],
    ["under --yes", {}, { yes: true }],
  ])("nobody is asked of an app %s", async (_, given, flags) => {
    expect((await asked(given, {}, flags)).questions).toBe(0);
  });
});

it.each([
  ["--default-deny", { "default-deny": "enforce" }],
  ["--allow", { allow: "internet:443" }],
])("%s is refused where nobody enforces it", async (_, flags) => {
  await expect(asked({ plan: planOf({ cni: "flannel" }) }, {}, flags)).rejects.toThrow("enforces no policies");
});

it("says what is true of a namespace, and nothing where it was told", () => {
  const steps = (denial: Denial, entries: readonly { from: string; to: string; ports: readonly string[] }[] = []) =>
    closingSteps({ entries }, app, withClosed(denial));
  expect(steps("enforce")).toEqual([expect.stringContaining("media is closed: `gen allow media/web internet:443`")]);
  expect(steps("audit")).toEqual([expect.stringContaining("media is looked at and nothing is refused yet")]);
  expect(steps("enforce", [{ from: "media/web", to: "lan", ports: [] }])).toEqual([]);
  expect(closingSteps({ entries: [] }, app, plan)).toEqual([]);
});
