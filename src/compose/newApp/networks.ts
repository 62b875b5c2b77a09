/** A container that has an interface in other networks of the house. */
import { NETWORKS, networksAnnotation } from "../../model/attachments.ts";
import type { Container } from "./app.ts";

export const networkAnnotations = ({ networks }: Container): Readonly<Record<string, string>> | undefined =>
  networks === undefined ? undefined : { [NETWORKS]: networksAnnotation(networks) };

/** Elsewhere the pod would wait for a card that is not there. */
export const nodeAffinity = ({ nodes }: Container) =>
  nodes === undefined
    ? undefined
    : {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: nodes }] },
            ],
          },
        },
      };

/** One pod at a time holds a volume, and one an address of its own. */
export const onePodAtATime = ({ volumes, networks = [] }: Container): boolean =>
  volumes.length > 0 || networks.some(({ address }) => address !== undefined);
