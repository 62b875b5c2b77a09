#!/usr/bin/env node
import { main } from "./main.ts";

process.exitCode = await main("create-homelab-net", process.argv.slice(2), process);
