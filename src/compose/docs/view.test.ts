import { expect, test } from "vitest";
import { emitted, emittedCatalog, emittedNetworks } from "../../../test/fixtures/emitted.ts";
import { reference } from "../../../test/fixtures/reference.ts";
import { templateSources } from "../../../test/fixtures/realCatalog.ts";
import { checkViews } from "../../../test/fixtures/views.ts";
import type { Plan } from "../../model/plan.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { pageView, together } from "./view.ts";

const EXTRAS = { specText: "", version: "0.0.0" };
const { plan, units } = emitted(reference);

/** The reference with a way in from the internet, and with a secret to fill in. */
const open: Plan = { ...plan, gateways: plan.gateways.map((gateway) => ({ ...gateway, public: "tunnel" })) };
const withSecrets: readonly OrderedUnit[] = units.map((unit) => ({
  ...unit,
  secrets: [
    { name: "token", keys: [{ key: "key", what: "a token", from: "somewhere" }], because: "it opens the door" },
  ],
}));

const pages = Object.keys(templateSources)
  .filter(
    (path) =>
      /^repository\/(README|docs\/|notes\/).*\.md\.hbs$/.test(path) && !/\/(components|memory)\.md\.hbs$/.test(path),
  )
  .map((path) => path.slice(0, -".hbs".length));

test("pages read every key of their view, and no other", () => {
  const views = [
    ...emittedNetworks.map((network) => pageView(network.plan, network.units, emittedCatalog, EXTRAS)),
    pageView(open, withSecrets, emittedCatalog, EXTRAS),
  ].map((view) => ({ ...view, pages: [{ path: "docs/dns.md", title: "DNS" }], known: ["unbound"] }));
  expect(checkViews(pages, views)).toEqual({ unread: [], undeclared: [] });
});

test("a way in leads to its gateway in both pictures, and nothing is said to be closed", () => {
  const view = pageView(open, units, emittedCatalog, EXTRAS);
  expect(view["closed"]).toBe(false);
  expect(view["networkPicture"]).toContain('  internet -->|"tunnel"| service_172_16_1_61');
  expect(view["requestPicture"]).toContain("  way_internal --> gateway_internal");
});

test("secrets to fill in are on the page about everyday life", () => {
  const view = pageView(plan, withSecrets, emittedCatalog, EXTRAS);
  expect(emittedCatalog.templates.render("repository/docs/operations.md", view)).toContain(
    "- `token` in namespace `kube-system`: it opens the door",
  );
});

test("without gateways nothing is said of requests", () => {
  const view = pageView({ ...plan, gateways: [] }, [], emittedCatalog, EXTRAS);
  for (const page of pages.filter((id) => !/README|dns-resolvers/.test(id)))
    expect(emittedCatalog.templates.render(page, view)).not.toMatch(/\b(?:curl|openssl|dig)\b/);
});

test("two parts of the view have no name in common", () => {
  expect(() => together([{ refused: [] }, { refused: true }])).toThrow(
    "two parts of the view of the pages are called refused",
  );
});
