// Makes the portal's font of Source Sans 3: the letters that Vietnamese offices write with, in weights from 400 to
// 700, as WOFF2 and under another name, because its licence reserves the name "Source" for the whole font.
//
//     node styles/subset-font.mjs FILE.woff2
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import fontverter from "fontverter";
import subsetFont from "subset-font";

const source = createRequire(import.meta.url).resolve("source-sans/VF/SourceSans3VF-Upright.ttf");

const range = (first, last) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
const LETTERS = [
  range(0x20, 0x7e), // ASCII
  range(0xa0, 0xff), // Latin-1
  "ĂăĐđĨĩŨũƠơƯư", // Vietnamese, with the next line
  range(0x1ea0, 0x1ef9),
  "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323", // its marks, where they are typed by themselves
  "ĔĕĬĭŎŏŬŭČčĆćŃńŚśɃƀƁɓʼ", // Ê Đê, Gia Rai, Ba Na, Cơ Ho, Chăm
  "„“”‚‘’–—‑…•·›‹«»′″†×−±≈≠≤≥½¼¾°²³‰€₫№§→←↑↓", // punctuation and signs
].join("");
// Figures are of one width in this font without a feature. Ligatures and other shapes are left out.
const FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"];
const UNUSED_TABLES = ["BASE", "DSIG", "MVAR", "STAT", "meta"];

const subset = await subsetFont(readFileSync(source), LETTERS, {
  targetFormat: "truetype",
  keepFeatures: FEATURES,
  variationAxes: { wght: { min: 400, max: 700, default: 400 } },
  noHinting: true,
  dropTables: UNUSED_TABLES,
});
rename(subset);
writeFileSync(process.argv[2], await fontverter.convert(subset, "woff2", "truetype"));

// Puts a name of the same length in the place of the reserved one, but for the copyright notice (name 0).
// learn.microsoft.com/typography/opentype/spec/name
function rename(font) {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const table = tables.find((record) => font.toString("latin1", record, record + 4) === "name");
  const start = font.readUInt32BE(table + 8);
  const strings = start + font.readUInt16BE(start + 4);
  for (let i = 0; i < font.readUInt16BE(start + 2); i++) {
    const record = start + 6 + 12 * i;
    if (font.readUInt16BE(record + 6) === 0) continue;
    const from = strings + font.readUInt16BE(record + 10);
    const value = font.subarray(from, from + font.readUInt16BE(record + 8));
    for (const encoding of ["latin1", "utf16be"]) {
      const [reserved, own] = ["Source", "Portal"].map((name) => encoded(name, encoding));
      for (let at; (at = value.indexOf(reserved)) !== -1; ) own.copy(value, at);
    }
  }
}

function encoded(text, encoding) {
  return encoding === "utf16be" ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, encoding);
}
