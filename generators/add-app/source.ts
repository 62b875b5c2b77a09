/** From answers to what runs: a container of ours, or a chart. */
import { UserError } from "../../src/model/errors.ts";
import type { Label } from "../../src/model/names.ts";
import type { ChartSource, Container, NewApp } from "../../src/compose/newApp/app.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Session } from "../generator.ts";
import type { Answers } from "./answers.ts";
import { parseChart } from "./chart.ts";
import { checkedTimezone, parseEnvironment } from "./environment.ts";
import { OF_CHARTS, OF_CONTAINERS } from "./flags.ts";
import { parseImage } from "./image.ts";
import { parseNetworks } from "./networks.ts";
import { parsePort } from "./port.ts";
import { parseSecrets, parseSelector, parseStorageClass, parseUser } from "./small.ts";
import { parseVolumes } from "./volumes.ts";

interface Named {
  readonly name: Label;
  readonly namespace: Label;
}

export function sourceOf(answers: Answers, named: Named, plan: Plan, session: Session): NewApp["source"] {
  const isChart = answers.has("chart");
  if (isChart && answers.has("image"))
    throw new UserError("--image and --chart are two apps", "an image, or a chart that names its image itself");
  if (isChart && answers.has("manifests"))
    throw new UserError("--manifests writes objects for an image, and a chart has its own", "leave one of them out");
  const foreign = (isChart ? OF_CONTAINERS : OF_CHARTS).find((flag) => answers.has(flag));
  if (foreign !== undefined)
    throw new UserError(
      isChart
        ? `--${foreign} is for images; what a chart makes of it only its values say`
        : `--${foreign} is for charts, and this is an image`,
      isChart ? "write it into its values.yaml afterwards" : "leave it out, or give --chart",
    );
  return isChart
    ? chartSource(answers, named, session)
    : { kind: answers.has("manifests") ? "manifests" : "image", container: container(answers, named, plan, session) };
}

/** Every value of a flag that may stand more than once. */
const all = ({ flags, environment }: Session, flag: string): readonly string[] =>
  flags.get(flag) ?? environment.get(flag) ?? [];

function chartSource(answers: Answers, { name }: Named, session: Session): ChartSource {
  const podPort = answers.get("pod-port");
  return {
    kind: "chart",
    ...parseChart({
      chart: answers.get("chart") ?? "",
      repository: answers.get("repo"),
      version: answers.get("chart-version"),
    }),
    selector: parseSelector(all(session, "selector")) ?? { "app.kubernetes.io/instance": name },
    podPort: podPort === undefined ? undefined : parsePort(podPort, "--pod-port"),
  };
}

function container(answers: Answers, named: Named, plan: Plan, session: Session): Container {
  const [timezone, runAs, storageClass] = ["timezone", "run-as", "storage-class"].map((flag) => answers.get(flag));
  const volumes = parseVolumes(all(session, "volume"));
  if (storageClass !== undefined && volumes.length === 0)
    throw new UserError(`--storage-class ${storageClass} is of volumes, and there is none`, "--volume PATH=SIZE");
  const environment = parseEnvironment(all(session, "env"), named);
  if (timezone !== undefined && environment["TZ"] !== undefined)
    throw new UserError("--timezone and --env TZ say the same thing", "leave one of them out");
  return {
    image: parseImage(answers.get("image") ?? ""),
    port: parsePort(answers.get("port") ?? "", "--port"),
    environment: { ...(timezone !== undefined && { TZ: checkedTimezone(timezone) }), ...environment },
    secrets: parseSecrets(all(session, "secret")),
    volumes,
    ...(storageClass !== undefined && { storageClass: parseStorageClass(storageClass) }),
    ...(runAs !== undefined && { runAs: parseUser(runAs) }),
    readOnly: answers.has("read-only"),
    ...parseNetworks(all(session, "network"), named.namespace, plan),
  };
}
