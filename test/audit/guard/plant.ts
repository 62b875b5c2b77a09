/** What planted secrets are made of. */

const BASE62 = "q7Rt2Xw9Lm4Kz8Pv3Bn6Hc1Yj5Gd0SfAeTiUoQrWxMkNbVlZpCuDyEhJgFsIaO";
export const HEX = "9f3a7c05e1b84d26";

/** Never the same everywhere, always the same each time: made here, so that no tool takes this file for a leak. */
export const made = (length: number, letters = BASE62): string =>
  Array.from(
    { length },
    (_, index) => letters[(index * 7 + Math.floor(index / letters.length) * 3 + 5) % letters.length],
  ).join("");

export const base64 = (length: number): string => `${made(length - 1)}=`;
export const PEM_BODY = made(64);
export const pem = (label: string): string => `-----BEGIN ${label}-----\n${PEM_BODY}\n-----END ${label}-----\n`;

export interface Planted {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** What must not be shown. */
  readonly secret: string;
}

export const plant = (
  id: string,
  what: string,
  file: string,
  secret: string,
  text: (secret: string) => string,
): Planted => ({
  id,
  what,
  file,
  secret,
  text: text(secret),
});

export const KEY = "SECRET-KEY";
export const TOKEN = "SECRET-TOKEN";
export const PASSWORD = "SECRET-PASSWORD";
export const APP = "kubernetes/apps/default/photos/app";
