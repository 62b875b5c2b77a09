/** What an app needs to be known by: given by flags, asked for on a terminal, and otherwise missing all at once. */
import { UserError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import { appDomain } from "../../src/model/zones.ts";
import { columns } from "../../src/ui/wrap.ts";
import { given, isOn, type Session } from "../generator.ts";
import { hostIn } from "../add-route/host.ts";
import { openOfChart, parseChart } from "./chart.ts";
import { FLAGS } from "./flags.ts";
import { parseImage } from "./image.ts";
import { parseAppName, parseNamespace } from "./name.ts";
import { parsePort } from "./port.ts";

/** Texts by flag, `name` for the argument; all that is needed is there. */
export type Answers = ReadonlyMap<string, string>;

interface Question {
  readonly flag: string;
  readonly message: string;
  isOpen(answers: Answers): boolean;
  proposal?(answers: Answers): string | undefined;
  /** Throws UserError for a text that will not do. */
  parse(text: string, answers: Answers): unknown;
}

const NO_ROUTE = "none";
const isContainer = (answers: Answers): boolean => answers.has("image") || answers.has("manifests");
export const hasRoute = (answers: Answers): boolean => (answers.get("route") ?? NO_ROUTE) !== NO_ROUTE;

const chartText = (answers: Answers) => ({
  chart: answers.get("chart") ?? "",
  repository: answers.get("repo"),
  version: answers.get("chart-version"),
});

const questions = (plan: Plan, asks: boolean): readonly Question[] => [
  { flag: "name", message: "Name of the app", isOpen: (answers) => !answers.has("name"), parse: parseAppName },
  {
    flag: "image",
    message: "Image with its version, such as ghcr.io/owner/app:1.2.0",
    isOpen: (answers) => !answers.has("image") && !answers.has("chart"),
    parse: parseImage,
  },
  {
    flag: "chart",
    message: "Chart: oci://…, or its name in a chart repository",
    isOpen: () => false,
    parse: () => undefined,
  },
  {
    flag: "repo",
    message: "URL of the chart repository",
    isOpen: (answers) => answers.has("chart") && openOfChart(chartText(answers)).includes("repo"),
    parse: (repository, answers) => parseChart({ ...chartText(answers), repository, version: "1.0.0" }),
  },
  {
    flag: "chart-version",
    message: "Version of the chart",
    isOpen: (answers) => answers.has("chart") && openOfChart(chartText(answers)).includes("chart-version"),
    parse: (version, answers) => parseChart({ ...chartText(answers), version }),
  },
  {
    flag: "namespace",
    message: "Namespace",
    isOpen: (answers) => !answers.has("namespace"),
    proposal: () => "default",
    parse: parseNamespace,
  },
  {
    flag: "route",
    message: `Host name (${NO_ROUTE} for an app without one)`,
    // Nobody is forced to have one, so without a terminal it is not missed.
    isOpen: (answers) => asks && !answers.has("route"),
    proposal: (answers) => `${answers.get("name")}.${appDomain(plan)}`,
    parse: (text) => (text === NO_ROUTE ? undefined : hostIn(text, plan)),
  },
  {
    flag: "port",
    message: "Port it listens on",
    isOpen: (answers) => !answers.has("port") && (isContainer(answers) || !answers.has("chart") || hasRoute(answers)),
    parse: (text) => parsePort(text, "--port"),
  },
];

export async function answersFor(session: Session, plan: Plan): Promise<Answers> {
  const asks = session.interactive && !isOn(session, "yes");
  const answers = new Map<string, string>(
    FLAGS.flatMap(({ name }) => {
      const text = given(session, name);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
  if (session.argument !== undefined) answers.set("name", session.argument);
  if (asks && !answers.has("image") && !answers.has("chart")) await askKind(session, answers);
  const missing: Question[] = [];
  for (const question of questions(plan, asks)) {
    if (!question.isOpen(answers)) continue;
    if (!asks) missing.push(question);
    else answers.set(question.flag, await ask(question, answers, session));
  }
  if (missing.length > 0) throw missed(missing, session);
  return answers;
}

async function askKind(session: Session, answers: Map<string, string>): Promise<void> {
  if (answers.has("manifests")) return;
  const kind = await session.asker.choose("What is it", [
    { value: "image", name: "an image, in the chart app-template", description: "few values, most apps" },
    { value: "chart", name: "a Helm chart of its own", description: "its values are its authors'" },
    { value: "manifests", name: "an image, as plain objects", description: "no chart between you and the cluster" },
  ]);
  if (kind === "manifests") answers.set("manifests", "true");
  if (kind !== "chart") return;
  const chart = await session.asker.text({
    message: "Chart: oci://…, or its name in a chart repository",
    check: (text) =>
      refusal(() =>
        parseChart({
          chart: text,
          repository: text.includes("://") ? undefined : "https://example.com",
          version: openOfChart({ chart: text, repository: "", version: undefined }).length > 0 ? "1.0.0" : undefined,
        }),
      ),
  });
  answers.set("chart", chart);
}

function ask({ message, proposal, parse }: Question, answers: Answers, { asker }: Session): Promise<string> {
  const offered = proposal?.(answers);
  return asker.text({
    message,
    ...(offered !== undefined && { default: offered }),
    check: (text) => refusal(() => parse(text, answers)),
  });
}

/** At a question the reason and the way out stand on one line. */
function refusal(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.hint].filter((part) => part !== undefined).join("; ");
    throw error;
  }
}

function missed(missing: readonly Question[], session: Session): UserError {
  const rows = missing.map(({ flag }) => {
    if (flag === "name") return ["NAME", "name of the app"];
    const { value = "", summary = "" } = FLAGS.find(({ name }) => name === flag) ?? {};
    const other = flag === "image" ? "; or --chart REF" : "";
    return [`--${flag} ${value}`, `${summary}${other}`];
  });
  const words = missing
    .filter(({ flag }) => flag !== "name")
    .map(({ flag }) => `--${flag} ${FLAGS.find(({ name }) => name === flag)?.value ?? ""}`);
  return new UserError(
    `${rows.length} answer${rows.length === 1 ? " is" : "s are"} missing, and there is no terminal to ask on`,
    `give:\n${columns(rows, "    ")}\n\n  gen add-app ${[session.argument ?? "NAME", ...words].join(" ")}`,
  );
}
