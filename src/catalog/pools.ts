/** The pools of a network as load balancers write them down. */
import type { Ip, IpRange } from "../model/address.ts";
import type { Label } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";

export interface NamedPool {
  readonly name: Label;
  /** One for each family it has. */
  readonly ranges: readonly IpRange[];
  readonly onRequest: boolean;
}

export const poolsByName = ({ pools }: Plan): readonly NamedPool[] =>
  [...new Set(pools.map(({ name }) => name))].map((name) => {
    const own = pools.filter((pool) => pool.name === name);
    return { name, ranges: own.map(({ range }) => range), onRequest: own.some(({ onRequest }) => onRequest) };
  });

export const hasIpv6Pool = ({ pools }: Plan): boolean => pools.some(({ range }) => range.family === 6);

/** Labels that a Service with these addresses has to have; null where it needs none. */
export function serviceLabels(ips: readonly Ip[], plan: Plan): Readonly<Record<string, string>> | null {
  const labels = plan.addressLabels(ips);
  return Object.keys(labels).length === 0 ? null : labels;
}
