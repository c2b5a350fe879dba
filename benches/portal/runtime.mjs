// Serves a Worker in the real runtime with stores in a folder, without the proxy of `wrangler dev`, which would
// dominate the measurement.
//
//     node runtime.mjs '{"folder", "main", "modules": {NAME: FILE}, "settings": ["NAME:VALUE"], "entrypoints": []}'
//
// Modules and files are named by their paths in the repository. Bindings and settings are those of wrangler.toml,
// except for the given settings. When everything is ready, prints one line of JSON with the address of each entrypoint.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import { unstable_readConfig as readConfig, unstable_splitSqlQuery as splitSql } from "wrangler";

const root = path.resolve(import.meta.dirname, "../..");
const { folder, main, modules, settings, entrypoints } = JSON.parse(process.argv[2]);
const config = readConfig({ config: path.join(root, "wrangler.toml") });
const isNew = !existsSync(folder);

const vars = { ...config.vars };
for (const setting of settings) {
  const [name, ...value] = setting.split(":");
  vars[name] = value.join(":");
}
const bindings = [
  ...Object.entries(vars).map(([name, value]) => [name, { type: "text", value }]),
  ...config.kv_namespaces.map(({ binding }) => [binding, { type: "kv", id: binding }]),
  ...config.d1_databases.map(({ binding }) => [binding, { type: "d1", id: binding }]),
  ...config.ratelimits.map(({ name, namespace_id: namespace, simple }) => [
    name,
    { type: "rate-limit", namespace, simple },
  ]),
];

const TYPES = { ".js": "esm", ".mjs": "esm", ".json": "json", ".wasm": "wasm" };
const module = ([name, file]) => {
  const contents = readFileSync(path.resolve(root, file));
  const type = TYPES[path.extname(name)];
  return [name, { type, contents: type === "wasm" ? new Uint8Array(contents) : contents.toString() }];
};
const socket = (entrypoint) => ({ host: "127.0.0.1", port: 0, entrypoint });

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  log: new Log(LogLevel.ERROR),
  // Print what the Worker logs as an error, but not the reports of the sync.
  handleStructuredLogs: ({ level, message }) => level === "error" && console.error(message),
  resourcePersistencePath: path.resolve(folder),
  workers: [
    {
      config: {
        name: "worker",
        compatibilityDate: config.compatibility_date,
        manifest: {
          mainModule: main,
          modulesRoot: root,
          modules: Object.fromEntries(Object.entries(modules).map(module)),
        },
        env: Object.fromEntries(bindings),
        exports: {},
      },
      dev: { unsafeDirectSockets: entrypoints.map(socket) },
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

const addresses = {};
for (const entrypoint of entrypoints) {
  addresses[entrypoint] = (await miniflare.unsafeGetDirectURL("worker", entrypoint)).origin;
}
console.log(JSON.stringify(addresses));

function migrationsIn(directory) {
  return readdirSync(directory).sort().map((name) => path.join(directory, name));
}
