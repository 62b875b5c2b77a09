#!/usr/bin/env node
import { main } from "./main.ts";

process.exitCode = await main("gen", process.argv.slice(2), process);
