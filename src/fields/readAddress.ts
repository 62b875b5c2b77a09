/** Addresses as people write them, of either family. */
import {
  contains,
  covers,
  firstIp,
  fromNumber,
  lastIp,
  parseCidr,
  parseIp,
  parseRange,
  rangeOf,
  toNumber,
  type Cidr,
  type Ip,
  type IpRange,
} from "../model/address.ts";
import { quote } from "./quote.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

// RFC 4291 §2.5.5.2: an IPv4 address in the form of IPv6. No packet carries it.
const MAPPED = parseCidr("::ffff:0:0/96") as Cidr;

const asIpv4 = (ip: Ip): Ip => fromNumber(toNumber(ip) - MAPPED.first, 4);

export function readIp(text: string): Outcome<Ip> {
  const ip = parseIp(text);
  if (ip !== undefined && contains(MAPPED, ip))
    return refuse(`${quote(text)} is an IPv4 address in the form of IPv6`, { instead: asIpv4(ip) });
  if (ip !== undefined) return accept(ip);
  const [bare = "", zone] = text.split("%");
  const zoned = parseIp(bare);
  if (zone !== undefined && zoned !== undefined)
    return refuse(`${quote(text)} names an interface, which every machine calls something else`, { instead: zoned });
  const [base = "", length] = text.split("/");
  const address = parseIp(base);
  if (length !== undefined && address !== undefined)
    return refuse(`${quote(text)} has a prefix length, and one address stands here`, { instead: address });
  const plain = text.replace(/(^|\.)0+(?=\d)/g, "$1");
  if (plain !== text && parseIp(plain) !== undefined)
    return refuse(`${quote(text)} has leading zeros, which some programs read as octal`, { instead: plain });
  return refuse(`${quote(text)} is not an IP address`);
}

/** A network without host bits. */
export function readCidr(text: string): Outcome<Cidr> {
  const cidr = parseCidr(text);
  if (cidr !== undefined && covers(MAPPED, cidr))
    return refuse(`${quote(text)} is an IPv4 network in the form of IPv6`, {
      instead: `${asIpv4(firstIp(cidr))}/${cidr.prefix - MAPPED.prefix}`,
    });
  if (cidr?.hostBits)
    return refuse(`${quote(text)} is an address inside a network; the network is ${cidr.text}`, { instead: cidr.text });
  if (cidr !== undefined) {
    const { hostBits: _, ...network } = cidr;
    return accept(network);
  }
  const [base = "", mask] = text.split("/");
  const prefix = mask === undefined ? undefined : prefixOfMask(mask);
  if (parseIp(base) !== undefined && prefix !== undefined)
    return refuse(`${quote(text)} has a netmask, and a prefix length stands here`, { instead: `${base}/${prefix}` });
  if (parseIp(base) !== undefined && mask === undefined)
    return refuse(`${quote(text)} has no prefix length`, {
      fix: `the size of the network behind it, such as ${base}/${base.includes(":") ? 64 : 24}`,
    });
  return refuse(`${quote(text)} is not a network such as 172.16.1.0/24`);
}

function prefixOfMask(mask: string): number | undefined {
  const parts = mask.split(".").map(Number);
  const bits = parts.map((part) => part.toString(2).padStart(8, "0")).join("");
  return parseIp(mask) !== undefined && parts.length === 4 && /^1*0*$/.test(bits)
    ? bits.lastIndexOf("1") + 1
    : undefined;
}

/** What a DHCP server hands out, which knows nothing of IPv6: that one has servers and ways of its own. */
export function readDhcp(text: string): Outcome<IpRange> {
  const range = readRange(text);
  return "value" in range && range.value.family === 6
    ? refuse(`${quote(text)} is IPv6, and a range of IPv4 addresses stands here`)
    : range;
}

/** `a-b`, a network, or one address. */
export function readRange(text: string): Outcome<IpRange> {
  const range = parseRange(text);
  if (range !== undefined && covers(MAPPED, range))
    return refuse(`${quote(text)} is a range of IPv4 addresses in the form of IPv6`, {
      instead: rangeOf(asIpv4(firstIp(range)), asIpv4(lastIp(range)))?.text ?? "",
    });
  if (range !== undefined) return accept(range);
  if (text.includes("/")) {
    const cidr = readCidr(text);
    return "refusal" in cidr ? cidr : accept({ ...cidr.value });
  }
  const [from = "", to = "", ...rest] = text.split("-").map((part) => part.trim());
  const [first, last] = [parseIp(from), parseIp(to)];
  if (rest.length === 0 && first !== undefined && last !== undefined) {
    const turned = rangeOf(last, first);
    return turned
      ? refuse(`${quote(text)} ends before it begins`, { instead: turned.text })
      : refuse(`${quote(text)} begins and ends in two address families`);
  }
  const whole = /^\d{1,3}$/.test(to) ? `${from}-${from.split(".").slice(0, 3).join(".")}.${to}` : "";
  if (rest.length === 0 && parseRange(whole) !== undefined)
    return refuse(`${quote(text)} leaves out the start of its last address`, { instead: whole });
  return refuse(`${quote(text)} is not a range such as 172.16.1.60-172.16.1.69`);
}
