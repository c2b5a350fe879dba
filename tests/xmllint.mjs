// Validates the XML on standard input against a schema: `node tests/xmllint.mjs schema.xsd`.
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";

const { valid, rawOutput } = await validateXML({
  xml: [{ fileName: "answer.xml", contents: readFileSync(0, "utf8") }],
  schema: [readFileSync(process.argv[2], "utf8")],
});
if (!valid) {
  console.error(rawOutput);
  process.exitCode = 1;
}
