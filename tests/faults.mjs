// The entry point of tests: it wraps the bindings of the built Worker and injects faults. The request header "x-fault"
// or a cron trigger "fault:…" names the faults, separated by commas. The header "x-storage" gives direct access to the
// storage.
import { WorkerEntrypoint } from "cloudflare:workers";
import { fetch as answer } from "../build/index.js";
import portal from "../src/worker.mjs";

const fail = () => Promise.reject(new Error("D1_ERROR: injected fault"));
const locked = () => Promise.reject(new Error("D1_ERROR: database is locked: SQLITE_BUSY, injected fault"));
const hang = () => new Promise(() => {});
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const kvError = () => Promise.reject(new Error("KV injected fault"));

// Returns the object with some methods replaced. All other methods run on the object itself.
function replacing(object, methods) {
  return new Proxy(object, {
    get(target, name) {
      if (Object.hasOwn(methods, name)) return methods[name](target);
      const value = Reflect.get(target, name, target);
      return typeof value === "function" && name !== "constructor" ? value.bind(target) : value;
    },
  });
}

// A database whose every query ends with `end`.
function database(real, end) {
  const statement = (object) =>
    replacing(object, {
      bind: (target) => (...values) => statement(target.bind(...values)),
      all: () => end,
      run: () => end,
      first: () => end,
    });
  return replacing(real, {
    prepare: (target) => (sql) => statement(target.prepare(sql)),
    batch: () => end,
  });
}

// A database that carries out writes after their deadline.
const lateDatabase = (real, context, deadline) =>
  replacing(real, {
    batch: (target) => (statements) => {
      const late = after(1.5 * deadline).then(() => target.batch(statements));
      context.waitUntil(late);
      return late;
    },
  });

const everyCall = (replacement) => (real) =>
  replacing(
    real,
    Object.fromEntries(
      ["get", "getWithMetadata", "list", "put", "delete"].map((method) => [
        method,
        (target) => replacement((...values) => target[method](...values)),
      ]),
    ),
  );
const failingStore = everyCall(() => kvError);
const hangingStore = everyCall(() => hang);
// A KV namespace that is slow, as for a key that is not cached nearby.
const slowStore = everyCall((call) => async (...values) => {
  await after(3000);
  return call(...values);
});

// Everything that was ever put into INBOX, which a location without recent deletes still sees.
const everPut = new Map();
const remembering = (real) =>
  replacing(real, {
    put: (target) => (key, value, options) => {
      everPut.set(key, new TextDecoder().decode(value));
      return target.put(key, value, options);
    },
  });
const staleStore = (real) =>
  replacing(real, {
    list: () => async () => ({
      keys: [...everPut.keys()].map((name) => ({ name })),
      list_complete: true,
    }),
    get: () => async (keys) => new Map(keys.map((key) => [key, everPut.get(key)])),
  });

// The values in ARTICLES and INDEX before the last change of each key, which a location without the change still sees.
const before = new Map();
async function rememberBefore(binding, store, key) {
  if (["ARTICLES", "INDEX"].includes(binding)) before.set(`${binding} ${key}`, await store.get(key));
}
const rememberingBefore = (binding) => (real) =>
  replacing(real, {
    put: (target) => async (key, ...values) => {
      await rememberBefore(binding, target, key);
      return target.put(key, ...values);
    },
  });
const laggingStore = (binding) => (real) => {
  const seen = (key, now, make) => {
    const known = `${binding} ${key}`;
    return before.has(known) ? make(before.get(known)) : now;
  };
  const as = (type) => (value) => {
    if (value === null) return null;
    if (type === "stream") return new Response(value).body;
    return type === "arrayBuffer" ? new TextEncoder().encode(value).buffer : value;
  };
  const get = (target) => async (keys, options) => {
    const now = await target.get(keys, options);
    const value = as(typeof options === "string" ? options : options?.type);
    if (!Array.isArray(keys)) return seen(keys, now, value);
    return new Map(keys.map((key) => [key, seen(key, now.get(key), value)]));
  };
  const getWithMetadata = (target) => async (keys, options) => {
    const now = await target.getWithMetadata(keys, options);
    const make = as(typeof options === "string" ? options : options?.type);
    const old = (value) => ({ value: make(value), metadata: null, cacheStatus: null });
    if (!Array.isArray(keys)) return seen(keys, now, old);
    return new Map(keys.map((key) => [key, seen(key, now.get(key), old)]));
  };
  return replacing(real, { get, getWithMetadata });
};
const hangingOn = (method) => (real) => replacing(real, { [method]: () => hang });
const failingOn = (method) => (real) => replacing(real, { [method]: () => kvError });
const failingSecondDelete = (real) => {
  let deletes = 0;
  return replacing(real, {
    delete: (target) => (key) => (deletes++ === 1 ? kvError() : target.delete(key)),
  });
};

const everyStore = (replace) =>
  Object.fromEntries(["ARTICLES", "FILES", "INDEX", "INBOX"].map((name) => [name, replace]));

// Counts the calls of a binding's methods. The response header "x-store-calls" has the number.
const counting = (real, context) =>
  new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...values) => {
        context.storeCalls += 1;
        return value.apply(target, values);
      };
    },
  });

// Faults by name: the bindings that each replaces, and the replacement.
const faults = {
  "db-fails": { DB: (real) => database(real, fail) },
  "db-locked": { DB: (real) => database(real, locked) },
  "db-hangs": { DB: (real) => database(real, hang) },
  "db-late": { DB: lateDatabase },
  "catalogue-fails": { CATALOGUE: (real) => database(real, fail) },
  "catalogue-locked": { CATALOGUE: (real) => database(real, locked) },
  "catalogue-hangs": { CATALOGUE: (real) => database(real, hang) },
  "index-fails": { INDEX: failingStore },
  "index-put-fails": { INDEX: failingOn("put") },
  "index-corrupt": {
    INDEX: (real) => replacing(real, { get: () => () => Promise.resolve(new TextEncoder().encode("{not json")) }),
  },
  "index-lags": { INDEX: laggingStore("INDEX") },
  "articles-fail": { ARTICLES: failingStore },
  "articles-lag": { ARTICLES: laggingStore("ARTICLES") },
  "files-fail": { FILES: failingStore },
  "inbox-fails": { INBOX: failingStore },
  "kv-slow": everyStore(slowStore),
  "kv-hangs": everyStore(hangingStore),
  "limit-fails": { FORMS: (real) => replacing(real, { limit: () => kvError }) },
  "inbox-put-fails": { INBOX: failingOn("put") },
  "inbox-list-fails": { INBOX: failingOn("list") },
  "inbox-list-hangs": { INBOX: hangingOn("list") },
  "inbox-get-fails": { INBOX: failingOn("get") },
  "inbox-delete-fails": { INBOX: failingOn("delete") },
  "inbox-second-delete-fails": { INBOX: failingSecondDelete },
  "inbox-stale": { INBOX: staleStore },
  "module-stops": {},
  "counts-store-calls": { ...everyStore(counting), DB: counting, CATALOGUE: counting },
};

// "clock=1800000000" sets the clock to that second while this request or trigger is handled. All requests in that time
// see it.
const realNow = Date.now;
const valueOf = (names, kind) =>
  names.split(",").find((name) => name.startsWith(`${kind}=`))?.slice(kind.length + 1);
async function atItsTime(names, handle) {
  const second = valueOf(names, "clock");
  if (!second) return handle();
  Date.now = () => 1000 * Number(second);
  try {
    return await handle();
  } finally {
    Date.now = realNow;
  }
}

// "stops-before=INDEX.put" and "stops-after=CATALOGUE.batch:4" stop the request at the first or the given call of a
// method and write that to the log, so that a test can kill the runtime at this moment. From then on no deadline
// expires.
let isStopped = false;
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = (callback, milliseconds, ...values) =>
  realTimeout(() => isStopped || callback(...values), milliseconds);
function stopping(real, place, isAfter) {
  const [, method, number = 1] = place.split(/[.:]/);
  let calls = 0;
  return replacing(real, {
    [method]: (target) => async (...values) => {
      calls += 1;
      if (calls !== Number(number)) return target[method](...values);
      if (isAfter) await target[method](...values);
      isStopped = true;
      console.log(`stopped ${isAfter ? "after" : "before"} ${place}`);
      return after(600_000);
    },
  });
}

// "module-stops" ends the instance of the Wasm module before the request, as a panic does: what is passed as a request
// throws where Rust expects no exception.
async function stopModule(env, context) {
  answer(undefined, env, context);
  await after(0);
}

// A stand-in for Cloudflare's e-mail binding, which writes messages to the log.
const mailbox = {
  async send({ from, to, subject, text }) {
    console.log(`e-mail ${JSON.stringify({ from, to, subject, text })}`);
    return { messageId: "1" };
  },
};

// A stand-in for Workers Cache, which writes purges to the log.
const edgeCache = (success) => ({
  async purge(what) {
    console.log(`purge ${success ? "done" : "refused"} ${JSON.stringify(what)}`);
    return { success, errors: success ? [] : [{ code: 1015, message: "injected fault" }] };
  },
});
const contexts = {
  "edge-cache": { cache: edgeCache(true) },
  "edge-cache-fails": { cache: edgeCache(false) },
};

function withFaults(env, names, context) {
  const replaced = {
    INBOX: remembering(env.INBOX),
    INDEX: rememberingBefore("INDEX")(env.INDEX),
    DAILY_EMAIL: mailbox,
  };
  for (const kind of ["stops-before", "stops-after"]) {
    const place = valueOf(names, kind);
    const [binding] = place?.split(".") ?? [];
    if (place) replaced[binding] = stopping(replaced[binding] ?? env[binding], place, kind === "stops-after");
  }
  for (const name of names.split(",").filter((name) => name && !name.includes("="))) {
    if (!faults[name] && !contexts[name]) throw new Error(`no such fault: ${name}`);
    Object.assign(context, contexts[name]);
    for (const [binding, replace] of Object.entries(faults[name] ?? {})) {
      replaced[binding] = replace(
        replaced[binding] ?? env[binding],
        context,
        Number(env.DATABASE_DEADLINE_MS),
      );
    }
  }
  return new Proxy(env, {
    get: (target, binding) => replaced[binding] ?? Reflect.get(target, binding),
  });
}

// A stand-in for the service of Turnstile. Tokens that begin with "good" pass once, or again with the same idempotency
// key.
const usedWith = new Map();
async function siteverify(request) {
  const form = new URLSearchParams(await request.text());
  const token = form.get("response");
  if (token === "away") throw new Error("injected fault");
  if (token === "silent") return hang();
  const key = form.get("idempotency_key");
  const isFresh = (usedWith.get(token) ?? key) === key;
  usedWith.set(token, key);
  const success = token.startsWith("good") && isFresh && form.get("secret") === "test-secret";
  return Response.json({ success });
}
const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  const isCheck = request.url === "https://challenges.cloudflare.com/turnstile/v0/siteverify";
  return isCheck ? siteverify(request) : realFetch(request);
};

// Runs an action on the storage, named by the header "x-storage": "sql DB" with statements as the body, "put ARTICLES
// key" with the value as the body, "delete ARTICLES key", or "keys INBOX".
async function storage(env, request, [action, binding, key]) {
  const store = env[binding];
  if (action === "put" || action === "delete") {
    const name = decodeURIComponent(key);
    await rememberBefore(binding, store, name);
    await (action === "put" ? store.put(name, await request.arrayBuffer()) : store.delete(name));
  }
  if (action === "keys") return Response.json((await store.list()).keys.map(({ name }) => name));
  if (action !== "sql") return new Response();
  const statements = (await request.text()).match(/(?:--[^\n]*|'[^']*'|[^;'])+/g);
  const isEmpty = (sql) => sql.replace(/--[^\n]*/g, "").trim() === "";
  try {
    const prepared = statements.filter((sql) => !isEmpty(sql)).map((sql) => store.prepare(sql));
    const answers = await store.batch(prepared);
    return Response.json(answers.map(({ results }) => results));
  } catch (error) {
    return new Response(error.message, { status: 400 });
  }
}

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const action = request.headers.get("x-storage");
    if (action) return storage(this.env, request, action.split(" "));
    const names = request.headers.get("x-fault") ?? "";
    this.ctx.storeCalls = 0;
    if (names.split(",").includes("module-stops")) await stopModule(this.env, this.ctx);
    const env = withFaults(this.env, names, this.ctx);
    const response = await atItsTime(names, () => portal.fetch(request, env, this.ctx));
    if (!names.includes("counts-store-calls")) return response;
    const headers = new Headers(response.headers);
    headers.set("x-store-calls", this.ctx.storeCalls);
    return new Response(response.body, { status: response.status, headers });
  }

  scheduled(controller) {
    const [, names = ""] = controller.cron.split("fault:");
    const env = withFaults(this.env, names, this.ctx);
    return atItsTime(names, () => portal.scheduled(controller, env, this.ctx));
  }
}
