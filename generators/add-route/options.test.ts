import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RouteOptions } from "../../src/model/routeOptions.ts";
import { parseOptions, rememberedOptions, spellOptions, type OptionTexts } from "./options.ts";

const header = fc.record({
  name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/),
  value: fc.stringMatching(/^[!-_a-~]([ -_a-~]{0,20}[!-_a-~])?$/),
});
const headers = fc.uniqueArray(header, { minLength: 1, maxLength: 3, selector: ({ name }) => name.toLowerCase() });

const auth = fc.oneof(
  fc.constant({}),
  fc.constant({ forwardAuth: { url: "http://a.b.svc.cluster.local:80/x" } }),
  fc.constant({ forwardAuth: { url: "https://a.example.com" }, signIn: "https://a.example.com/?x=y" }),
  fc.constant({ oidc: { issuer: "https://a.example.com/realms/home", client: "photos" } }),
);

const options: fc.Arbitrary<RouteOptions> = fc
  .tuple(
    auth,
    fc.record(
      {
        path: fc.stringMatching(/^(\/[a-zA-Z0-9_~-]{1,8}){1,3}$/),
        headers,
        setHeaders: headers,
        timeout: fc.nat(86_400),
        allowFrom: fc.uniqueArray(fc.constantFrom("10.0.0.0/8", "192.168.1.7/32", "fd00::/8"), { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([one, other]) => ({ ...one, ...other }));

describe("options of a route", () => {
  it("are what is remembered of them", () => {
    fc.assert(
      fc.property(options, (wished) => {
        expect(parseOptions(spellOptions(wished))).toEqual(wished);
        expect(rememberedOptions(JSON.parse(JSON.stringify(spellOptions(wished))))).toEqual(wished);
      }),
    );
  });
  it.each([
    [{ path: ["/api/"] }, { path: "/api" }],
    [{ path: ["/"] }, {}],
    [{ timeout: ["5m"] }, { timeout: 300 }],
    [{ timeout: ["2h"] }, { timeout: 7200 }],
    [
      { grpc: ["true"], header: ["X-A=b"] },
      { grpc: true, headers: [{ name: "X-A", value: "b" }] },
    ],
    [{ grpc: ["false"] }, {}],
    [{ tls: ["passthrough"] }, { passthrough: true }],
    [{ timeout: ["0"] }, { timeout: 0 }],
    [{ timeout: ["90"] }, { timeout: 90 }],
    [{ "allow-from": ["10.0.0.1, 10.0.0.1/32", "FD00::/8"] }, { allowFrom: ["10.0.0.1/32", "fd00::/8"] }],
    [
      { auth: ["forward=auth/authelia:9091/api"] },
      { forwardAuth: { url: "http://authelia.auth.svc.cluster.local:9091/api" } },
    ],
    [{ header: ["X-A=b=c"] }, { headers: [{ name: "X-A", value: "b=c" }] }],
  ] satisfies readonly (readonly [OptionTexts, RouteOptions])[])("%j", (texts, wished) => {
    expect(parseOptions(texts)).toEqual(wished);
  });
  it.each([
    [{ path: ["api"] }, "is no path that requests begin with"],
    [{ path: ["/a//b"] }, "is no path that requests begin with"],
    [{ path: ["/a/../b"] }, "is no path that requests begin with"],
    [{ path: ["/a b"] }, "is no path that requests begin with"],
    [{ path: ["/a`) || Host(`b"] }, "is no path that requests begin with"],
    [{ timeout: ["soon"] }, "is no time a request may take"],
    [{ timeout: ["25h"] }, "is no time a request may take"],
    [{ timeout: ["-1"] }, "is no time a request may take"],
    [{ "allow-from": ["10.0.0.1/8"] }, "10.0.0.1/8 is no network"],
    [{ "allow-from": ["home"] }, "home is no network"],
    [{ "allow-from": ["10.0.0.0/8,"] }, "nothing is no network"],
    [{ auth: ["authelia"] }, "is neither a service nor an issuer"],
    [{ auth: ["basic=a:b"] }, "is neither a service nor an issuer"],
    [{ auth: ["forward=authelia"] }, "is no service that could be asked"],
    [{ auth: ["forward=auth/authelia:0"] }, "is no service that could be asked"],
    [{ auth: ["forward=http://a.b/?x"] }, "is no service that could be asked"],
    [{ auth: ["oidc=http://auth.example.com"], "auth-client": ["a"] }, "is no issuer"],
    [{ auth: ["oidc=https://auth.example.com"] }, "needs what the issuer knows the app by"],
    [{ auth: ["oidc=https://auth.example.com"], "auth-client": ["a b"] }, "is no client"],
    [{ auth: ["forward=a/b:80"], "auth-client": ["a"] }, "--auth-client is about --auth oidc"],
    [{ "sign-in": ["https://auth.example.com"] }, "--sign-in is about --auth forward"],
    [{ auth: ["forward=a/b:80"], "sign-in": ["auth.example.com"] }, "is no page"],
    [{ grpc: ["true"], path: ["/api"] }, "--grpc and --path do not go together"],
    [{ grpc: ["true"], timeout: ["1s"] }, "--grpc and --timeout do not go together"],
    [{ grpc: ["true"], auth: ["oidc=https://a.b"], "auth-client": ["a"] }, "--grpc and --auth oidc do not go together"],
    [{ tls: ["passthrough"], path: ["/api"] }, "--tls passthrough and --path do not go together"],
    [{ tls: ["passthrough"], auth: ["forward=a/b:80"] }, "--tls passthrough and --auth forward do not go together"],
    [{ tls: ["terminate"] }, "is no way to treat connections"],
    [{ header: ["X-Env"] }, "is not NAME=VALUE"],
    [{ header: ["X-Env="] }, "is not NAME=VALUE"],
    [{ header: ["X Env=a"] }, "is not NAME=VALUE"],
    [{ header: ["X-Env=a`"] }, "is not NAME=VALUE"],
    [{ "set-header": ["X-Env=a\nb"] }, "is not NAME=VALUE"],
    [{ header: ["X-Env=a", "x-env=b"] }, "names x-env twice"],
  ] satisfies readonly (readonly [OptionTexts, string])[])("%j is refused", (texts, message) => {
    expect(() => parseOptions(texts)).toThrow(message);
  });
  it("are none in a record of an older version, and unknown in one that nobody wrote", () => {
    expect(rememberedOptions(undefined)).toEqual({});
    for (const value of ["/api", { path: "/api" }, { path: [1] }, { paht: ["/api"] }, { path: ["api"] }])
      expect(rememberedOptions(value)).toBeUndefined();
  });
});
