#!/usr/bin/env node
// A stand-in for wrangler that needs no account. In its folder, kv.json has the stored data, calls.jsonl has the calls
// so far, and fault.json says which call fails and how.
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";

const VALUED = ["--binding", "--metadata", "--path", "--persist-to"];
const words = [];
const options = {};
for (const args = process.argv.slice(2); args.length > 0; ) {
  const word = args.shift();
  if (VALUED.includes(word)) options[word] = args.shift();
  else if (word.startsWith("--")) options[word] = true;
  else words.push(word);
}
const [command, operand] = [words.slice(0, 3).join(" "), words[3]];
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const isBulk = command.startsWith("kv bulk");
const content = isBulk ? read(operand) : [];
const keys = isBulk ? content.map((pair) => pair.key ?? pair) : operand ? [operand] : [];
const bytes = isBulk ? statSync(operand).size : 0;
appendFileSync(
  "calls.jsonl",
  JSON.stringify({ command, binding: options["--binding"], remote: options["--remote"] ?? false, keys, bytes }) + "\n",
);

const calls = readFileSync("calls.jsonl", "utf8").split("\n").filter((line) => line.includes(`"${command}"`));
const fault = existsSync("fault.json") ? read("fault.json") : {};
const isFaulty = fault.command === command && (fault.nth ?? 1) === calls.length;
if (isFaulty && fault.says) {
  console.error(fault.says);
  process.exit(1);
}

const all = existsSync("kv.json") ? read("kv.json") : {};
const stored = (all[options["--binding"]] ??= {});
// An interrupted call has done half of its work.
const part = isFaulty ? content.slice(0, content.length / 2) : content;
if (command === "kv key list") {
  console.log("Proxy environment variables detected. We'll use your proxy for fetch requests.");
  const listed = Object.entries(stored).map(([name, { metadata }]) => ({ name, metadata }));
  console.log(JSON.stringify(listed, undefined, 2));
} else if (command === "kv bulk put") {
  for (const { key, value, metadata } of part) stored[key] = { value, metadata };
} else if (command === "kv key put") {
  stored[operand] = { value: `${statSync(options["--path"]).size} bytes`, metadata: JSON.parse(options["--metadata"]) };
} else if (command === "kv bulk delete" && options["--force"]) {
  for (const key of part) delete stored[key];
} else {
  throw new Error(`not understood: ${process.argv.slice(2).join(" ")}`);
}
writeFileSync("kv.json", JSON.stringify(all));
if (isFaulty && fault.hangs) {
  writeFileSync("hangs", "");
  setInterval(() => {}, 1000);
} else if (isFaulty) {
  process.kill(process.pid, "SIGKILL");
}
