/** Where a name leads and who answers for it: the same words for every command that adds one. */
import { chosenIn } from "../../src/model/chosen.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Gateway, Plan } from "../../src/model/plan.ts";

export const speaksTls = (plan: Plan): boolean => chosenIn(plan, "certificates").length > 0;

export function answered(gateways: readonly Gateway[], plan: Plan): string {
  const on = gateways.map(({ object, address }) => `${object} (${address})`).join(", ");
  const [dns] = chosenIn(plan, "split-dns");
  return [
    `on ${on}`,
    speaksTls(plan) ? "https" : "http",
    ...(dns === undefined ? [] : [`answered on your LAN by ${dns.component.title}`]),
    publicity(gateways, plan),
  ].join(", ");
}

/** A name is on the internet when a gateway has a way in from there, and known there when somebody publishes it. */
function publicity(gateways: readonly Gateway[], plan: Plan): string {
  const open = gateways.filter((gateway) => gateway.public !== undefined);
  if (open.length === 0) return "not public";
  const publishers = chosenIn(plan, "publish").filter(({ options }) => {
    const only = (options as { readonly gateways?: readonly string[] }).gateways;
    return only === undefined || open.some(({ name }) => only.includes(name));
  });
  return publishers.length === 0
    ? "public, but nothing publishes its name: make the record yourself"
    : `public, its record made by ${publishers.map(({ component }) => component.title).join(", ")}`;
}

export function digs(host: Hostname, plan: Plan): readonly string[] {
  const [dns] = chosenIn(plan, "split-dns");
  const server = plan.addresses.claims.find(({ path, fromPool }) => fromPool && path.startsWith(`${dns?.path}.`));
  return server === undefined ? [] : [`then: dig @${server.ip} ${host}`];
}
