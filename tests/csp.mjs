// Evaluates the content security policies on standard input, one in each line, and prints all findings: `node
// tests/csp.mjs`.
import { readFileSync } from "node:fs";
import csp from "csp_evaluator/dist/csp.js";
import evaluator from "csp_evaluator/dist/evaluator.js";
import finding from "csp_evaluator/dist/finding.js";
import parser from "csp_evaluator/dist/parser.js";

const policies = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const policy of policies) {
  const parsed = new parser.CspParser(policy).csp;
  for (const found of new evaluator.CspEvaluator(parsed, csp.Version.CSP3).evaluate()) {
    console.log(`${finding.Severity[found.severity]} ${found.directive}: ${found.description}\n  in ${policy}`);
    process.exitCode = 1;
  }
}
console.log(`${policies.length} policies`);
