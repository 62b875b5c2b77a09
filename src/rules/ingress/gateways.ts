import type { Rule } from "../rule.ts";

export const oneDefault: Rule = {
  id: "GW-DEFAULT",
  severity: "error",
  title: "one gateway is the default",
  because:
    "A route that names no gateway goes to the default one; with none or two of them nobody can tell where it went.",
  source: "the order of this program: `gen add-route` without --gateway",
  *check({ gateways }) {
    const defaults = gateways.filter(({ isDefault }) => isDefault);
    if (defaults.length === 1 || gateways.length === 0) return;
    yield {
      message:
        defaults.length === 0
          ? `none of the gateways ${gateways.map(({ name }) => name).join(", ")} is the default`
          : `${defaults.map(({ name }) => name).join(" and ")} are both the default gateway`,
      paths:
        defaults.length === 0 ? ["ingress.gateways"] : defaults.map(({ name }) => `ingress.gateways.${name}.default`),
      fix: "default: true on exactly one",
    };
  },
};
