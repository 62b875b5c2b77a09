/** `gen remove-network NAME`: a network that is gone, unless pods still stand in it. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import { attachmentsOf } from "../../src/model/attachments.ts";
import { both } from "../../src/model/families.ts";
import { repoPath } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Network } from "../../src/model/networks.ts";
import { clusterOf } from "../../src/audit/cluster.ts";
import { selectionsOf } from "../../src/audit/networkSelection.ts";
import { readSubject } from "../../src/audit/subject.ts";
import { listFiles, readFiles } from "../../src/repo/disk.ts";
import { placeFindings } from "../../src/spec/load.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { unplaced } from "../apply/written.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, oneOf, prepareChange } from "../specChange.ts";

interface NetworkInput extends OpenRepository {
  readonly network: Network;
}

const COMMAND = "remove-network";

/** `others`: the generators whose files follow. */
export const removeNetworkGenerator = (others: readonly Generator[]): Generator<NetworkInput> => ({
  name: COMMAND,
  summary: "Takes a network of the house out that no pod stands in any more.",
  argument: "NAME",
  argumentSummary: "one of networks in homelab.yaml",
  flags: CHANGING,
  examples: ["gen remove-network iot"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<NetworkInput> {
  const repository = await openRepository(session);
  const { networks } = repository.plan;
  const names = networks.map(({ name }) => name as string);
  const asks = session.interactive && !isOn(session, "yes") && networks.length > 0;
  if (session.argument === undefined && !asks)
    throw new UserError(
      "remove-network needs a name",
      names.length === 0 ? "networks of homelab.yaml has none" : `it is one of ${names.join(", ")}`,
    );
  const choices = networks.map(({ name, cidrs }) => ({ value: name, name, description: both(cidrs) }));
  const name = oneOf("network", session.argument ?? (await session.asker.choose("Which network?", choices)), names);
  return { ...repository, network: networks.find((one) => one.name === name) as Network };
}

async function prepare(input: NetworkInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, network, plan, loaded } = input;
  const { name, cidrs } = network;
  const users = await standingIn(input);
  if (users.length > 0)
    throw new UserError(
      [`pods still stand in ${name}:`, ...users].join("\n    "),
      "take the annotation out of them first, or the app",
    );
  const path = `networks.${name}`;
  const isLast = plan.networks.length === 1;
  const [first, ...rest] = attachmentsOf(plan);
  const isEnd = first?.network === network && rest.length === 0;
  try {
    return await prepareChange(
      input,
      {
        command: COMMAND,
        again: [name],
        text: unsetInSpec(before, SPEC_FILE, isLast ? "networks" : path, session.catalog) ?? before,
        edits: [{ path, removed: true }],
        lines: [
          `${name} is known no longer, and ${both(cidrs)} is kept free no more`,
          ...(isEnd ? ["no pod stands in another network then: Multus goes too"] : []),
        ],
        nextSteps: isEnd ? [lastOfMultus(plan)] : [],
      },
      others,
      session,
    );
  } catch (error) {
    if (!(error instanceof FindingsError)) throw error;
    throw new FindingsError(placeFindings(error.findings.map(unplaced), loaded.reading));
  }
}

/** The page with these words goes together with Multus. */
const lastOfMultus = ({ cluster: { traits } }: Plan): string =>
  `when the pods of Multus are gone, each node has to lose its file, or no pod starts there: \`kubectl -n kube-system debug node/NODE -it --profile=sysadmin --image=docker.io/library/busybox:1.37 -- rm -f /host${traits.cni.configuration}/00-multus.conf\`, then restart the node`;

async function standingIn({ root, plan, network }: NetworkInput): Promise<readonly string[]> {
  const attachment = attachmentsOf(plan).find((one) => one.network === network);
  if (attachment === undefined) return [];
  const { attach } = attachment;
  const texts = await readFiles(root, await listFiles(root, repoPath("kubernetes")), { binary: "skip" });
  const cluster = clusterOf(readSubject(texts), plan);
  return [...selectionsOf(cluster)].flatMap(({ owner, name, namespace, place }) =>
    name === attach.name && attach.namespaces.some((one) => one === namespace)
      ? [`${owner}: ${place.file}:${place.line}`]
      : [],
  );
}
