import { describe, expect, test } from "vitest";
import type { Plan } from "../../model/plan.ts";
import { emittedCatalog, emittedNetworks } from "../../../test/fixtures/emitted.ts";
import { checkViews } from "../../../test/fixtures/views.ts";
import { handOverPage, handOverTemplates, handOverView, type HandOver } from "./handOver.ts";

const DIRECTIONS = [
  ["flux", "argocd"],
  ["argocd", "flux"],
] as const;

const engine = (id: string) => {
  const found = emittedCatalog.engines.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no engine ${id}`);
  return found;
};

const plan = (name: string) => {
  const found = emittedNetworks.find((network) => network.name === name);
  if (found === undefined) throw new Error(`no network ${name}`);
  return found.plan;
};

/** What is in no file is asked for anew. */
const unencrypted = ({ chosen, ...rest }: Plan): Plan => ({
  ...rest,
  chosen: chosen.filter(({ slot }) => slot !== "secrets"),
});

const byKey = unencrypted(plan("the preset proxmox-cilium-nginx"));
const byToken = plan("private, on Codeberg, the router resolves");
const open = unencrypted(plan("the preset talos-cilium-envoy"));

const between = (was: string, now: string, more: Partial<HandOver> = {}): HandOver => ({
  was: engine(was),
  now: engine(now),
  left: [],
  keepsNamespace: false,
  ...more,
});
const LEFT = [{ path: "kubernetes/apps/media/plex/ks.yaml", because: "it is yours", fix: "write another" }];

describe.each(DIRECTIONS)("from %s to %s", (was, now) => {
  test("its templates read every key of its view, and no other", () => {
    const views = [open, byKey, byToken].flatMap((network) => [
      handOverView(between(was, now), network, emittedCatalog),
      handOverView(between(was, now, { left: LEFT, keepsNamespace: true }), network, emittedCatalog),
    ]);
    expect(checkViews(handOverTemplates(was, now), views)).toEqual({ unread: [], undeclared: [] });
  });

  test("a namespace that something of the user's is in stays", () => {
    const deletes = `kubectl delete namespace ${engine(was).namespace}`;
    expect(handOverPage(between(was, now), open, emittedCatalog)).toContain(deletes);
    const page = handOverPage(between(was, now, { keepsNamespace: true }), open, emittedCatalog);
    expect(page).not.toContain(deletes);
    expect(page).toContain(`The namespace \`${engine(was).namespace}\` stays`);
  });

  test("what nobody could carry over is named", () => {
    expect(handOverPage(between(was, now, { left: LEFT }), open, emittedCatalog)).toContain(
      "- `kubernetes/apps/media/plex/ks.yaml`: it is yours. To do: write another.",
    );
  });
});

test("the key of one engine is given to the other under the name that is asked for", () => {
  const page = handOverPage(between("flux", "argocd"), byKey, emittedCatalog);
  expect(page).toContain(
    `kubectl --namespace flux-system get secret git-access --output 'jsonpath={.data.identity}' | base64 -d >"$folder/GIT_ACCESS_SSHPRIVATEKEY"`,
  );
  const back = handOverPage(between("argocd", "flux"), byKey, emittedCatalog);
  expect(back).toContain('jsonpath={.data.sshPrivateKey}\' | base64 -d >"$folder/GIT_ACCESS_IDENTITY"');
  expect(handOverPage(between("argocd", "flux"), byToken, emittedCatalog)).toContain("GIT_ACCESS_PASSWORD");
  expect(handOverPage(between("flux", "argocd"), open, emittedCatalog)).not.toContain("secrets.sh");
});
