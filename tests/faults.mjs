// The Worker with faults that a test asks for, by the request header "x-fault". Used as the entry
// in tests only: it wraps the bindings and imports the Worker as built.
import { WorkerEntrypoint } from "cloudflare:workers";
import Portal from "../build/index.js";

const fail = () => Promise.reject(new Error("D1_ERROR: injected fault"));
const hang = () => new Promise(() => {});

// The object with some methods replaced; all others run on the object itself.
function replacing(object, methods) {
  return new Proxy(object, {
    get(target, name) {
      if (Object.hasOwn(methods, name)) return methods[name](target);
      const value = Reflect.get(target, name, target);
      return typeof value === "function" && name !== "constructor" ? value.bind(target) : value;
    },
  });
}

// A database whose every query ends so.
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

const failingStore = (real) => {
  const broken = () => () => Promise.reject(new Error("KV injected fault"));
  return replacing(real, { get: broken, getWithMetadata: broken, list: broken, put: broken });
};

const faults = {
  "db-fails": (env) => ({ DB: database(env.DB, fail) }),
  "db-hangs": (env) => ({ DB: database(env.DB, hang) }),
  "catalogue-fails": (env) => ({ CATALOGUE: database(env.CATALOGUE, fail) }),
  "all-databases-fail": (env) => ({
    DB: database(env.DB, fail),
    CATALOGUE: database(env.CATALOGUE, fail),
  }),
  "index-fails": (env) => ({ INDEX: failingStore(env.INDEX) }),
  "index-corrupt": (env) => ({
    INDEX: replacing(env.INDEX, { get: () => () => Promise.resolve("{not json") }),
  }),
  "articles-fail": (env) => ({ ARTICLES: failingStore(env.ARTICLES) }),
};

function withFault(env, name) {
  if (!name) return env;
  const replaced = faults[name](env);
  return new Proxy(env, {
    get: (target, binding) => replaced[binding] ?? Reflect.get(target, binding),
  });
}

export default class extends WorkerEntrypoint {
  fetch(request) {
    const env = withFault(this.env, request.headers.get("x-fault"));
    return new Portal(this.ctx, env).fetch(request);
  }

  scheduled(controller) {
    return new Portal(this.ctx, this.env).scheduled(controller);
  }
}
