// Serves the built Worker in the real runtime with its stores in a folder, without the proxy that
// `wrangler dev` puts in front: that one would be all that is measured.
//
//     node runtime.mjs FOLDER [NAME:VALUE…]
//
// Settings are those of wrangler.toml, but for the ones given. When all is ready one line of JSON says
// where the portal and its control answer.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import { unstable_readConfig as readConfig, unstable_splitSqlQuery as splitSql } from "wrangler";

const root = path.resolve(import.meta.dirname, "../..");
const [folder, ...settings] = process.argv.slice(2);
const config = readConfig({ config: path.join(root, "wrangler.toml") });
const isNew = !existsSync(folder);

const vars = { ...config.vars };
for (const setting of settings) {
  const [name, ...value] = setting.split(":");
  vars[name] = value.join(":");
}
const bindings = Object.entries(vars).map(([name, value]) => [name, { type: "text", value }]);
const stores = [
  ...config.kv_namespaces.map(({ binding }) => [binding, { type: "kv", id: binding }]),
  ...config.d1_databases.map(({ binding }) => [binding, { type: "d1", id: binding }]),
];

const module = (type, name) => {
  const contents = readFileSync(path.join(root, name));
  return [name, { type, contents: type === "esm" ? contents.toString() : new Uint8Array(contents) }];
};
const socket = (entrypoint) => ({ host: "127.0.0.1", port: 0, entrypoint });

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  log: new Log(LogLevel.ERROR),
  // What the Worker logs as an error; the sync's reports are none.
  handleStructuredLogs: ({ level, message }) => level === "error" && console.error(message),
  resourcePersistencePath: path.resolve(folder),
  workers: [
    {
      config: {
        name: "portal",
        compatibilityDate: config.compatibility_date,
        manifest: {
          mainModule: "benches/portal/counting.mjs",
          modulesRoot: root,
          modules: Object.fromEntries([
            module("esm", "benches/portal/counting.mjs"),
            module("esm", "build/index.js"),
            module("wasm", "build/index_bg.wasm"),
          ]),
        },
        env: Object.fromEntries([...bindings, ...stores]),
        exports: {},
      },
      dev: { unsafeDirectSockets: [socket("default"), socket("Control")] },
    },
  ],
});
await miniflare.ready;

if (isNew) {
  for (const { binding, migrations_dir: directory } of config.d1_databases) {
    const database = await miniflare.getD1Database(binding);
    for (const file of migrationsIn(path.join(root, directory))) {
      const statements = splitSql(readFileSync(file, "utf8"));
      await database.batch(statements.map((sql) => database.prepare(sql)));
    }
  }
}

console.log(
  JSON.stringify({
    portal: (await miniflare.unsafeGetDirectURL("portal")).origin,
    control: (await miniflare.unsafeGetDirectURL("portal", "Control")).origin,
  }),
);

function migrationsIn(directory) {
  return readdirSync(directory).sort().map((name) => path.join(directory, name));
}
