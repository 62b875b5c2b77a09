/** Volumes where boards are among the machines, as `create` writes them down. */
import type { Plan } from "../model/plan.ts";

/** A card of 32 GB has the system and the images of every pod on it as well. */
const ON_CARDS = { size: "5GiB" };

export const sizedForBoards = ({ nodes }: Plan): typeof ON_CARDS | undefined =>
  nodes.some(({ runsPods, traits }) => runsPods && traits.board !== undefined) ? ON_CARDS : undefined;
