/** The language Calico selects by (projectcalico/calico, libcalico-go/lib/selector: tokenizer and parser). */
import { UnreadableObject, type Labels } from "../world.ts";

export type Matcher = (labels: Labels) => boolean;

const everything: Matcher = () => true;

interface Options {
  /** Before every key: labels of a namespace are found under names of their own. */
  readonly prefix?: string;
  /** What `all()` and `global()` mean here; everything and an error when absent. */
  readonly all?: Matcher;
  readonly global?: Matcher;
}

const TOKEN =
  /[ \t]*(?:(?<sign>&&|\|\||==|!=|[!(){},])|(?<call>has|all|global)\(|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<word>[\w./-]+))/y;

interface Token {
  readonly kind: "sign" | "text" | "word" | "call";
  readonly text: string;
}

export function calicoSelector(source: string, where: string, options: Options = {}): Matcher {
  const tokens = tokensOf(source, where);
  if (tokens.length === 0) return everything;
  const parser = new Parser(tokens, `${where}: ${source}`, options);
  return parser.whole();
}

function tokensOf(source: string, where: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = source.replace(/[ \t]+$/, "").length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(source)?.groups;
    if (found === undefined) throw new UnreadableObject(`${where}: ${source} is no selector`);
    const { sign, call, double, single, word } = found;
    if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if (call !== undefined) tokens.push({ kind: "call", text: call });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "text", text: double ?? single ?? "" });
  }
  return tokens;
}

const OPERATORS: Readonly<Record<string, (value: string, operand: string) => boolean>> = {
  contains: (value, operand) => value.includes(operand),
  startswith: (value, operand) => value.startsWith(operand),
  endswith: (value, operand) => value.endsWith(operand),
};

class Parser {
  readonly #tokens: readonly Token[];
  readonly #where: string;
  readonly #options: Options;
  #at = 0;

  constructor(tokens: readonly Token[], where: string, options: Options) {
    this.#tokens = tokens;
    this.#where = where;
    this.#options = options;
  }

  whole(): Matcher {
    const matcher = this.#either();
    return this.#at === this.#tokens.length ? matcher : this.#refuse();
  }

  #either(): Matcher {
    const all = [this.#both()];
    while (this.#isNext("||")) all.push(this.#both());
    return (labels) => all.some((one) => one(labels));
  }

  #both(): Matcher {
    const all = [this.#one()];
    while (this.#isNext("&&")) all.push(this.#one());
    return (labels) => all.every((one) => one(labels));
  }

  #one(): Matcher {
    if (this.#isNext("!")) {
      const negated = this.#one();
      return (labels) => !negated(labels);
    }
    if (this.#isNext("(")) {
      const inside = this.#either();
      this.#expect(")");
      return inside;
    }
    if (this.#tokens[this.#at]?.kind === "call") return this.#call(this.#take("call"));
    return this.#comparison(`${this.#options.prefix ?? ""}${this.#take("word")}`);
  }

  #call(word: string): Matcher {
    if (word === "has") {
      const key = `${this.#options.prefix ?? ""}${this.#take("word")}`;
      this.#expect(")");
      return (labels) => labels[key] !== undefined;
    }
    this.#expect(")");
    if (word === "all") return this.#options.all ?? everything;
    return (word === "global" ? this.#options.global : undefined) ?? this.#refuse();
  }

  #comparison(key: string): Matcher {
    if (this.#isNext("==")) {
      const value = this.#take("text");
      return (labels) => labels[key] === value;
    }
    if (this.#isNext("!=")) {
      const value = this.#take("text");
      return (labels) => labels[key] !== value;
    }
    const word = this.#take("word");
    if (word === "in") return this.#isIn(key);
    if (word === "notin" || (word === "not" && this.#take("word") === "in")) {
      const isIn = this.#isIn(key);
      return (labels) => !isIn(labels);
    }
    const isSplit = word === "starts" || word === "ends";
    const operator = OPERATORS[isSplit ? `${word}${this.#take("word")}` : word] ?? this.#refuse();
    const operand = this.#take("text");
    return (labels) => labels[key] !== undefined && operator(labels[key], operand);
  }

  #isIn(key: string): Matcher {
    this.#expect("{");
    const values: string[] = [];
    while (!this.#isNext("}")) {
      values.push(this.#take("text"));
      if (!this.#isNext(",") && this.#tokens[this.#at]?.text !== "}") return this.#refuse();
    }
    return (labels) => labels[key] !== undefined && values.includes(labels[key]);
  }

  #isNext(sign: string): boolean {
    const token = this.#tokens[this.#at];
    const isIt = token?.kind === "sign" && token.text === sign;
    if (isIt) this.#at += 1;
    return isIt;
  }

  #expect(sign: string): void {
    if (!this.#isNext(sign)) this.#refuse();
  }

  #take(kind: Token["kind"]): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return this.#refuse();
    this.#at += 1;
    return token.text;
  }

  #refuse(): never {
    throw new UnreadableObject(`${this.#where} is no selector`);
  }
}
