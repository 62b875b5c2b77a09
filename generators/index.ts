/** Every generator, in the order help shows them. One line each. */
import type { Catalog } from "../src/model/component.ts";
import { addDomainGenerator } from "./add-domain/addDomain.ts";
import { addHostGenerator } from "./add-host/addHost.ts";
import { addNetworkGenerator } from "./add-network/addNetwork.ts";
import { addNodeGenerator } from "./add-node/addNode.ts";
import { addAppGenerator } from "./add-app/addApp.ts";
import { addRecordGenerator } from "./add-record/addRecord.ts";
import { addRouteGenerator } from "./add-route/addRoute.ts";
import { allowGenerator } from "./allow/allow.ts";
import { applyGenerator } from "./apply/apply.ts";
import { createGenerator } from "./create/create.ts";
import { diffGenerator } from "./diff/diff.ts";
import { disallowGenerator } from "./disallow/disallow.ts";
import type { Generator } from "./generator.ts";
import { removeDomainGenerator } from "./remove-domain/removeDomain.ts";
import { removeHostGenerator } from "./remove-host/removeHost.ts";
import { removeNetworkGenerator } from "./remove-network/removeNetwork.ts";
import { removeNodeGenerator } from "./remove-node/removeNode.ts";
import { removeRecordGenerator } from "./remove-record/removeRecord.ts";
import { secretsGenerator } from "./secrets/secrets.ts";
import { setGenerator } from "./set/set.ts";

export function generators(catalog: Catalog): readonly Generator[] {
  const writers: readonly Generator[] = [
    createGenerator(catalog),
    addAppGenerator,
    addRouteGenerator,
    addRecordGenerator,
  ];
  return [
    ...writers,
    removeRecordGenerator(writers),
    addNodeGenerator(catalog, writers),
    removeNodeGenerator(writers),
    addHostGenerator(writers),
    removeHostGenerator(writers),
    addNetworkGenerator(catalog, writers),
    removeNetworkGenerator(writers),
    addDomainGenerator(writers),
    removeDomainGenerator(writers),
    allowGenerator(writers),
    disallowGenerator(writers),
    secretsGenerator,
    setGenerator(catalog, writers),
    applyGenerator(writers),
    diffGenerator(writers),
  ];
}
