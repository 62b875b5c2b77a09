/** The pools of a network as load balancers write them down. */
import type { IpRange } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";

export interface NamedPool {
  readonly name: string;
  /** One for each family it has. */
  readonly ranges: readonly IpRange[];
}

export const poolsByName = ({ pools }: Plan): readonly NamedPool[] =>
  [...new Set(pools.map(({ name }) => name))].map((name) => ({
    name,
    ranges: pools.filter((pool) => pool.name === name).map(({ range }) => range),
  }));

export const hasIpv6Pool = ({ pools }: Plan): boolean => pools.some(({ range }) => range.family === 6);
