/** `policies`: namespaces in which nothing is allowed that nobody names, what is allowed, and whose a host name is. */
import { z } from "zod";
import { labelField, partyField, podPortField, routeNameField } from "../fields/fields.ts";
import { PARTY_WORDS } from "../model/policies.ts";

// What Flux writes on every object is the name of its Kustomization, policies-<namespace>, as a label: 63 characters.
const namespace = () => labelField({ longest: 54, kind: "a namespace", example: "media" });

const denial = z
  .enum(["none", "audit", "enforce"])
  .describe(
    "none: its pods may do what policies of single apps let them, which is everything where there are none\naudit: what nothing allows is told of and let through\nenforce: what nothing allows is refused",
  )
  .meta({ kind: "none, audit or enforce" });

const forms = `NAMESPACE/APP, NAMESPACE/*, NAMESPACE/LABEL=VALUE, an address or a network, or one of ${PARTY_WORDS.join(", ")}`;

const allowed = z
  .strictObject({
    from: partyField({ description: `who begins: ${forms}`, example: "media/jellyfin" }),
    to: partyField({ description: `who answers: ${forms}`, example: "databases/postgres" }),
    ports: z
      .array(podPortField())
      .min(1)
      .optional()
      .describe("ports as the pods have them, which may be others than those of their Service; every port when absent")
      .meta({ kind: "a list of ports", example: [5432] }),
  })
  .describe("one thing that is allowed")
  .meta({ kind: "a map with from and to", layout: "line" });

export const policies = z
  .strictObject({
    defaultDeny: z
      .record(namespace(), denial)
      .prefault({})
      .meta({
        description: "namespaces whose pods may do what is allowed and nothing else, in both directions",
        kind: "a map of namespaces",
        layout: "lines",
        because: "no namespace is closed until you have seen what its apps do",
        example: { media: "enforce" },
      }),
    allow: z
      .array(allowed)
      .prefault([])
      .meta({
        description: "what is allowed beside what routes and components say",
        kind: "a list of maps",
        layout: "lines",
        because: "nothing needs it where no namespace is closed",
        example: [{ from: "media/jellyfin", to: "databases/postgres", ports: [5432] }],
      }),
    names: z
      .record(namespace(), z.array(routeNameField()).min(1))
      .prefault({})
      .meta({
        description:
          "host names that belong to a namespace: the cluster refuses routes of all others that ask for one; *.DOMAIN is every name below it, * every name",
        kind: "a map of namespaces",
        layout: "lines",
        because: "gen add-app and gen add-route write down here what they give a name to",
        example: { media: ["photos.ragas.cc"] },
      }),
  })
  .prefault({})
  .meta({
    description: "who may talk to whom, and whose a host name is",
    because: "policies of the apps are all there are",
    layout: "lines",
  });
