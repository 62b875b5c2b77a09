import type { Node, Plan } from "../model/plan.ts";

export const workloadNodes = ({ nodes }: Plan): readonly Node[] => nodes.filter(({ runsPods }) => runsPods);

/** Two where two nodes can carry one each, so that one may restart: a second replica beside the first one protects nothing. */
export const replicas = (nodes: readonly Node[]): number => Math.min(nodes.length, 2);
