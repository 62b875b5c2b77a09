import { expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import type { Given } from "../../test/fixtures/given.ts";
import { asList, at } from "../model/unknown.ts";
import { alarmRoutes, alarmSecrets } from "./alarmRoutes.ts";
import { CHATS } from "./chatMessages.ts";

const told = (to: string | undefined, heartbeat: boolean) => {
  const given: Given = {
    ...(to !== undefined && { notifications: { alerts: { to } } }),
    observability: { prometheus: { heartbeat } },
  };
  const plan = planOf(given);
  const [unit] = plan.chosen.flatMap(({ component, options }) =>
    component.id === "kube-prometheus-stack" ? component.units(plan, options, plan.chosen[0] as never) : [],
  );
  return { plan, unit, routes: alarmRoutes(plan, { heartbeat }), secrets: alarmSecrets(plan, { heartbeat }) };
};

const hooksOf = (routes: unknown) =>
  asList(at(routes, "receivers")).flatMap((one) => asList(at(one, "webhook_configs")));

test("nobody is told where nobody is named", () => {
  expect(told(undefined, false)).toMatchObject({ routes: null, secrets: [] });
});

test.each([...CHATS.map((to) => [to, true] as const), ["discord", false] as const, [undefined, true] as const])(
  "every address is a key of a Secret that is asked for and mounted: %s, heartbeat %s",
  (to, heartbeat) => {
    const { routes, secrets, unit } = told(to, heartbeat);
    const files = hooksOf(routes).map((hook) => String(at(hook, "url_file")));
    expect(files).toEqual(
      secrets.flatMap(({ name, keys }) => keys.map(({ key }) => `/etc/alertmanager/secrets/${name}/${key}`)),
    );
    expect(unit?.secrets).toEqual(secrets);
    expect(unit?.view["told"]).toEqual(secrets.map(({ name }) => name));
    expect(files).toHaveLength((to === undefined ? 0 : 1) + (heartbeat ? 1 : 0));
  },
);

test("chats get a text in their own form, and a service of one's own everything", () => {
  const payload = (to: string) => at(hooksOf(told(to, false).routes)[0], "payload");
  expect(payload("discord")).toMatchObject({ content: expect.stringContaining(".Annotations.summary") as unknown });
  expect(payload("rocket")).toEqual(payload("slack"));
  expect(payload("generic")).toBeUndefined();
});

test("every receiver that is named is there", () => {
  for (const { routes } of [told("slack", true), told("slack", false), told(undefined, true)]) {
    const there = asList(at(routes, "receivers")).map((one) => at(one, "name"));
    const named = [at(routes, "route"), ...asList(at(routes, "route", "routes"))].map((one) => at(one, "receiver"));
    expect(there).toEqual(expect.arrayContaining(named));
  }
});
