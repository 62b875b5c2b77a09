/** What a route asks for beside its name, in words for the summary. */
import type { Hostname } from "../../src/model/names.ts";
import { authLines } from "./auth.ts";
import { askOf, isWhole, type Header, type RouteOptions } from "../../src/model/routeOptions.ts";

/** `photos.ragas.cc`, `photos.ragas.cc/api (x-env=beta)`: the name with which of its requests are meant. */
export function askText(host: Hostname, options: RouteOptions): string {
  const [path = "/", ...headers] = askOf(options).split(" ");
  return `${host}${isWhole(path) ? "" : path}${headers.length === 0 ? "" : ` (${headers.join(" ")})`}`;
}

const listed = (headers: readonly Header[]): string => headers.map(({ name, value }) => `${name}: ${value}`).join(", ");

/** A line each for what it asks for beside its requests. */
export const optionLines = (options: RouteOptions): readonly string[] => {
  const { setHeaders, timeout, allowFrom, grpc, passthrough } = options;
  return [
    ...(allowFrom === undefined ? [] : [`only from ${allowFrom.join(", ")}`]),
    ...authLines(options),
    ...(passthrough === true ? ["its connections are handed on unopened"] : []),
    ...(grpc === true ? ["the app speaks gRPC"] : []),
    ...(setHeaders === undefined ? [] : [`the app is sent ${listed(setHeaders)}`]),
    ...(timeout === undefined
      ? []
      : [timeout === 0 ? "requests take as long as they take" : `requests end after ${timeout} s`]),
  ];
};
