/**
 * What a user can ask for. A generator collects its input (flags, environment, questions), prepares a change set
 * without touching anything, and leaves showing, asking and writing to `finish`. Registered once with plop (src/plop).
 */
import type { Catalog } from "../src/model/component.ts";
import type { Finding } from "../src/model/finding.ts";
import type { Plan } from "../src/model/plan.ts";
import type { Mention, Registration } from "../src/model/registration.ts";
import type { ChangeSet, Tree } from "../src/model/tree.ts";
import type { Outside } from "../src/probes/question.ts";
import type { GeneratorRecord } from "../src/repo/record.ts";
import type { Rule } from "../src/rules/rule.ts";
import type { Asker } from "../src/ui/ask.ts";
import type { Output } from "../src/ui/output.ts";

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  /** Word for its value in help: `CIDR`. Absent: a switch. */
  readonly value?: string;
  readonly summary: string;
  /** An empty text is an answer: there is no such thing. */
  readonly mayBeEmpty?: true;
  /** May stand more than once. */
  readonly repeated?: true;
  /** Values it takes, for help, completion and did-you-mean. */
  readonly choices?: readonly string[];
  /** Its value is a key of homelab.yaml. */
  readonly isKey?: true;
}

/** Values by flag name, as text; switches are "true". */
export type Given = ReadonlyMap<string, readonly string[]>;

/** Everything a generator may use of the world. Nothing else is read. */
export interface Session {
  readonly cwd: string;
  /** Positional argument: the directory, the host name. */
  readonly argument: string | undefined;
  /** Those after the first, where the generator takes several. */
  readonly more?: readonly string[];
  /** From flags, stronger than the environment. */
  readonly flags: Given;
  /** `HOMELAB_NET_*`, by flag name. */
  readonly environment: Given;
  /** Whether questions may be asked. Decided before the first one. */
  readonly interactive: boolean;
  readonly asker: Asker;
  readonly output: Output;
  readonly catalog: Catalog;
  readonly rules: readonly Rule[];
  readonly version: string;
  /** What programs that are started get as their environment; that of this process when absent. */
  readonly inherited?: NodeJS.ProcessEnv;
  /** Reads a file named by a flag, or standard input for `-`. `shown`: what it is called in messages. */
  readonly readInput: (name: string, shown?: string) => Promise<string>;
  readonly facts: MachineFacts;
  /** Who is asked where only reality can tell; programs run in that folder. Commands name what they ask beforehand. */
  readonly outside: (folder: string) => Outside;
}

/** What the machine knows. Only ever proposed in a question. */
export interface MachineFacts {
  lan(): { readonly cidr: string; readonly interfaceName: string } | undefined;
  remote(directory: string): Promise<string | undefined>;
}

export interface Prepared {
  /** The name of the command, for `--json`. */
  readonly command: string;
  readonly changes: ChangeSet;
  /** What a person should see before saying yes. */
  readonly preview: string;
  /** Warnings and notes, with places. */
  readonly findings: readonly Finding[];
  readonly question: string;
  /** Said when nothing is left to do. */
  readonly nothingToDo: string;
  /** There is something to write that no file of the change set shows. */
  readonly pending?: true;
  /** Only shown, as data; `apply` is never called. */
  readonly readOnly?: true;
  /** What only the user can decide. Written after a clear yes, which `agreed` is too; refused without one. */
  readonly decision?: NeedsUser & { readonly agreed: boolean };
  /** What `--json` says beside changes and findings. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Writes; what it returns is told to the user. */
  apply(): Promise<Applied>;
}

/** The run ends with exit code 3 and says this. */
export interface NeedsUser {
  readonly message: string;
  readonly hint: string;
}

export interface Applied {
  readonly done: readonly string[];
  readonly nextSteps: readonly string[];
  /** Written, and something is left for the user. */
  readonly needsUser?: NeedsUser;
  /** The one line that reproduces the run. */
  readonly again?: string;
}

export interface Outcome {
  readonly prepared: Prepared;
  /** Absent after a dry run, a "no", or when there was nothing to do. */
  readonly applied?: Applied;
  readonly needsUser?: NeedsUser;
}

/** What a record is rendered from again. */
export interface Today extends Pick<Session, "catalog" | "version"> {
  readonly plan: Plan;
  /** homelab.yaml with `\n` line ends. */
  readonly specText: string;
}

/** Where an app has to be named beside its own files; paths as `tree` has them. */
export interface Named {
  readonly registrations: readonly Registration[];
  readonly mentions: readonly Mention[];
}

export type Rerendered =
  /** All files of the record as they would be written now; those it no longer has are taken away. */
  | { readonly tree: Tree; readonly named?: Named }
  /** Why its files are left as they are. One clause. */
  | { readonly because: string };

export interface Generator<Input = unknown> {
  readonly name: string;
  readonly summary: string;
  /** Positional argument as help shows it: `[dir]`, `HOST`, `PATH=VALUE…` where several may stand. */
  readonly argument: string;
  readonly argumentSummary: string;
  /** Words the argument can begin with, for completion. Asked at build only. */
  argumentChoices?(): readonly string[];
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  collect(session: Session): Promise<Input>;
  prepare(input: Input, session: Session): Promise<Prepared>;
  /** What a run that is remembered would write today. Inputs are untrusted. Absent: its files are the user's. */
  rerender?(record: GeneratorRecord, today: Today): Rerendered;
}

/** `HOMELAB_NET_NODE_ADDRESSES` for `node-addresses`. */
export const variableOf = (flag: string): string => `HOMELAB_NET_${flag.replaceAll("-", "_").toUpperCase()}`;

export const isOn = (session: Session, flag: string): boolean =>
  session.flags.has(flag) || session.environment.get(flag)?.at(-1) === "true";

/** The strongest value given from outside. */
export const given = (session: Session, flag: string): string | undefined =>
  session.flags.get(flag)?.at(-1) ?? session.environment.get(flag)?.at(-1);

/** Flags of every command that writes. */
export const WRITING: readonly Flag[] = [
  { name: "yes", summary: "take the defaults and write without asking" },
  { name: "dry-run", summary: "show what would be written and stop" },
  { name: "diff", summary: "show the lines that change" },
  { name: "json", summary: "print one JSON object on stdout; never asks" },
];
