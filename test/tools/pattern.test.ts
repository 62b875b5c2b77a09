import { describe, expect, test } from "vitest";
import { fromFormat, quantity } from "../support/schemas/format.ts";
import { fromGo } from "../support/schemas/pattern.ts";

describe("Go regular expressions", () => {
  test.each([
    ["^(?i)(Drop|Accept)?$", ["", "drop", "ACCEPT"], ["reject"]],
    ["^((?i)may|june)(x)$", ["MAYx", "Junex"], ["mayX"]],
    ["^\\PC*$", ["plain text"], ["a\u0007b"]],
    ["^\\pL+$", ["äb"], ["a1"]],
    ["^[a-z]+\\-[\\_\\-]\\z", ["a-_", "b--"], ["a-+"]],
    ["^[]x]+$", ["]x"], ["["]],
    ["^(?P<major>\\d+)\\.\\d$", ["1.2"], ["1,2"]],
    ["^(?:a|b)$", ["a"], ["c"]],
  ])("%s", (pattern, accepted, refused) => {
    const expression = new RegExp(fromGo(pattern), "u");
    expect(accepted.filter((text) => !expression.test(text))).toEqual([]);
    expect(refused.filter((text) => expression.test(text))).toEqual([]);
  });

  test.each(["(?s)a.b", "(?i)[a-z]", "[[:alpha:]]", "a{2,1}", "("])("%s is refused, not ignored", (pattern) => {
    expect(() => fromGo(pattern)).toThrow(/Go regular expression|are not known/);
  });
});

const patternOf = (format: string): RegExp => new RegExp(fromFormat(format, "string")?.pattern ?? "$^", "u");

describe("formats", () => {
  test.each([
    ["ipv4", ["172.16.1.60", "0.0.0.0"], ["256.1.1.1", "1.2.3", "fd00::1"]],
    [
      "ipv6",
      ["fd00::1", "::", "::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::"],
      ["1::2::3", "1:2:3", "12345::", "1.2.3.4"],
    ],
    ["cidr", ["10.42.0.0/16", "fd00::/64"], ["10.42.0.0", "10.42.0.0/33", "fd00::/129"]],
    ["duration", ["5m", "1h30m", "0", "1.5s"], ["5", "1d", "five"]],
    ["date-time", ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.5+01:00"], ["2026-01-02"]],
    ["byte", ["YQ==", "", "YWJj"], ["YQ", "not base64"]],
  ])("%s", (format, accepted, refused) => {
    expect(accepted.filter((text) => !patternOf(format).test(text))).toEqual([]);
    expect(refused.filter((text) => patternOf(format).test(text))).toEqual([]);
  });

  test("what the server does not check has no rule", () => {
    expect(fromFormat("idn-hostname", "string")).toBeUndefined();
    expect(fromFormat("int64", "string")).toBeUndefined();
  });

  test("quantities", () => {
    const expression = new RegExp(quantity.anyOf?.[1]?.pattern ?? "$^", "u");
    expect(["100m", "1.5Gi", "2", "1e3"].filter((text) => !expression.test(text))).toEqual([]);
    expect(["1 Gi", "1GB", "Gi"].filter((text) => expression.test(text))).toEqual([]);
  });
});
